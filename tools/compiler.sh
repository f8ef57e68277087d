#!/bin/sh
# Have a C compiler for the compiled modules (tools/compiled_modules.py), from Debian's packages; in CI only.
# Never fails: without it their sources are run, and the tests of the compiled ones are skipped, which CI counts as a failure.
command -v cc >/dev/null 2>&1 && exit 0
[ -n "${CI:-}" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 gcc（编译加速模块用）……"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        gcc libc6-dev >/dev/null 2>&1 && exit 0
fi
echo "没有 C 编译器，加速模块不编译；Debian 上可执行：apt-get install -y gcc libc6-dev" >&2
exit 0
