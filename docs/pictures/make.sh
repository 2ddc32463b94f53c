#!/usr/bin/env bash
# Makes the pictures of the README again, from what the product really draws:
#
#   docs/pictures/make.sh
#
# Needs chromium, pngquant, script (util-linux) and the fonts Lato, JetBrains Mono and Noto Color Emoji; on Debian:
#   apt-get install chromium pngquant bsdutils fonts-lato fonts-jetbrains-mono fonts-noto-color-emoji
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
day=2026-11-20 # a fixed morning, so that the same code makes the same picture

node build.mjs
maker=node_modules/.cache/rounds-pictures # inside node_modules, so that it finds its packages
mkdir -p $maker && cp -r src/model/presets $maker/
npx esbuild docs/pictures/make.ts --bundle --platform=node --format=esm --packages=external --log-level=error \
  --outfile=$maker/make.mjs

# A terminal of its own: there the demo draws its colors and its progress bar.
script -qec "stty cols 92 && cd $work && node $PWD/dist/cli.js demo --day $day" /dev/null >"$work/demo.txt" </dev/null
node $maker/make.mjs "sqlite:$work/rounds-demo.db" "$day" "$work/demo.txt" "$work"

shoot() { # page, width, height
  chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=2 \
    --user-data-dir="$work/chromium" --window-size="$2,$3" --screenshot="$work/$1.png" "file://$work/$1.html" 2>/dev/null
  pngquant 64 --nofs --force --strip --output "docs/pictures/$1.png" "$work/$1.png"
}
shoot slack 1320 900
shoot alert 1320 490
shoot terminal 860 1565

icon() { # name, size: the app's icons in Teams, the outline white on nothing
  chromium --headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --default-background-color=00000000 \
    --user-data-dir="$work/chromium" --window-size="$2,$2" \
    --screenshot="$PWD/adapters/teams/appPackage/$1.png" "file://$PWD/adapters/teams/appPackage/$1.svg" 2>/dev/null
}
icon color 192
icon outline 32
