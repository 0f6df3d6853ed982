#!/bin/sh
# Finds or installs a Chromium for the browser tests: the system's own first, then Debian's package, then Playwright's.
set -eu
python="$1"
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then
        echo "Browser for the tests: $(command -v "$name")"
        exit 0
    fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq >/dev/null 2>&1 || true
    if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1; then
        echo "Browser for the tests: Debian's chromium, just installed"
        exit 0
    fi
fi
echo "No system Chromium: asking Playwright for its own"
"$python" -m playwright install --with-deps chromium
