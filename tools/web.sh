#!/bin/sh
# Run a script of web/package.json, with exactly the packages that the lock names: tools/web.sh build
set -eu
cd "$(dirname "$0")/../web"
if ! command -v npm >/dev/null 2>&1; then
    echo "没有 node 和 npm，未执行 npm run $1。" >&2
    # The committed scripts serve without Node: only CI, and whoever builds, must have it.
    [ "$1" = check ] && [ -z "${CI:-}" ]
    exit
fi
cmp -s package-lock.json node_modules/.installed || {
    npm ci --silent
    cp package-lock.json node_modules/.installed
}
npm run --silent "$1"
