/** On a screen in light or dark, and on paper; bars and lines differ in shape, not in color alone. */
export const STYLE = `:root{color-scheme:light dark;--ink:#1d1c1d;--quiet:#5c5b5e;--line:#d9d8d6;--paper:#fff;--bad:#c25b52;--score:#1f5f8b}
@media(prefers-color-scheme:dark){:root{--ink:#ececec;--quiet:#a9a8ab;--line:#444346;--paper:#1b1b1d;--bad:#d9776e;--score:#6db1de}}
*{box-sizing:border-box}body{font:16px/1.5 Lato,system-ui,-apple-system,"Segoe UI",sans-serif;max-width:46rem;margin:2rem auto;padding:0 1.25rem;color:var(--ink);background:var(--paper)}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}.lead{font-size:1.15rem;margin:0 0 .5rem}.quiet{color:var(--quiet);font-size:.875rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}caption{text-align:left}td,th{text-align:left;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top;font-weight:400}
thead th{color:var(--quiet);font-size:.875rem}tbody th{font-weight:600}.number{text-align:right;padding-right:0;padding-left:.75rem;white-space:nowrap}tbody td.quiet{font-size:.875rem}
figure{margin:.5rem 0 1rem}svg{display:block;width:100%;height:auto}svg text{font-size:12.5px;fill:var(--ink)}svg .quiet{fill:var(--quiet);font-size:12px}svg .strong{font-weight:700}
.bad{fill:var(--bad)}.score{fill:var(--score)}.other{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}.interval{stroke:var(--ink);stroke-width:1.5;fill:none}.grid{stroke:var(--line)}.chance{stroke:var(--ink);stroke-dasharray:4 3}
@page{margin:16mm}@media print{:root{color-scheme:light;--ink:#000;--quiet:#444;--line:#bbb;--paper:#fff;--bad:#c25b52;--score:#1f5f8b}body{font-size:10.5pt;max-width:none;margin:0;padding:0}h2{break-after:avoid;margin-top:1.2rem}tr,figure{break-inside:avoid}*{print-color-adjust:exact}}`
