#!/bin/sh
# Have pandoc for the tests that read documents of other programs, from Debian's packages; in CI only, since it is large.
# Never fails: without pandoc those tests are skipped with the reason, which CI counts as a failure.
command -v pandoc >/dev/null 2>&1 && exit 0
[ -n "${CI:-}" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 pandoc（制作样本用）……"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        pandoc >/dev/null 2>&1 && exit 0
fi
echo "没有 pandoc，用它制作样本的测试将跳过；Debian 上可执行：apt-get install -y pandoc" >&2
exit 0
