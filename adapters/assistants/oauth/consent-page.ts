/** What a consent is about; it comes back as it was given. */
export type Sealed = {
  readonly client: string
  readonly challenge: string
  readonly redirect: string
  readonly state: string
}

/** Asks for the code that the person gets from the bot, which proves who they are. */
export function consentPage(client: string, redirect: string, sealed: string, problem?: string): string {
  const host = URL.canParse(redirect) ? new URL(redirect).host || redirect : redirect
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Connect to Rounds</title>
<style>${STYLE}</style>
<main>
<h1>Connect ${escaped(client)} to Rounds</h1>
<p>It will see the accounts, scores and alerts that you may see, and do what you may do. It sends you back to <b>${escaped(host)}</b>.</p>
<p>In Slack or Teams, write <code>/health connect</code> to the bot, and type the code here.</p>
${problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`}
<form method="post" action="/oauth/consent">
<input type="hidden" name="sealed" value="${escaped(sealed)}">
<label>Code <input name="code" autocomplete="off" autofocus required maxlength="20"></label>
<button>Connect</button>
</form>
<p><small>Close this page if you did not ask for this. <code>/health connect</code> lists your connections and ends them.</small></p>
</main>
</html>
`
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f6f6f4;color:#1d1c1d}main{max-width:30rem;margin:10vh auto;background:#fff;padding:1.5rem 2rem;border-radius:8px}
h1{font-size:1.25rem}input{font:inherit;padding:.4rem;width:12rem;text-transform:uppercase}button{font:inherit;padding:.4rem 1rem}[role=alert]{color:#a01c1c}
@media (prefers-color-scheme:dark){body{background:#1a1a1a;color:#eee}main{background:#262626}[role=alert]{color:#ff9a9a}}`

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
}
