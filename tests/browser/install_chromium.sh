#!/bin/sh
# Chromium for the browser tests: the system's if it is there, Debian's if we may install it, else Playwright's own.
set -e
# A voice and braille for letters, where Debian has them; their tests are skipped with the reason where it has not.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && ! command -v lou_translate >/dev/null 2>&1; then
    { apt-get update -qq && apt-get install -y -qq espeak-ng liblouis-bin liblouis-data </dev/null >/dev/null; } || true
fi
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk </dev/null >/dev/null && exit 0
fi
exec .venv/bin/playwright install chromium
