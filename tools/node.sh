#!/bin/sh
# Have Node and npm for the check of the pages' scripts, from Debian's packages where that can be done.
# Never fails: without Node the check is skipped with the reason, which CI counts as a failure.
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 nodejs、npm（检查网页脚本用）……"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        nodejs npm >/dev/null 2>&1 && exit 0
fi
echo "没有 node，网页脚本的检查将跳过；Debian 上可执行：apt-get install -y nodejs npm" >&2
exit 0
