#!/bin/sh
# Finds a Chromium for the browser tests, or installs Debian's where that may be done; else says how.
set -eu

if [ -n "${TRIPLARY_CHROMIUM:-}" ] && [ -x "$TRIPLARY_CHROMIUM" ]; then exit 0; fi
if command -v chromium >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk
  command -v chromium >/dev/null 2>&1 && exit 0
fi
echo "The browser tests need Chromium. Run: sudo apt-get install -y chromium" >&2
exit 1
