#!/bin/sh
# Chromium for the browser tests: the system's if it is there, Debian's if we may install it, else Playwright's own.
set -e
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk </dev/null >/dev/null && exit 0
fi
exec .venv/bin/playwright install chromium
