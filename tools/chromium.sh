#!/bin/sh
# Have Chromium and a Chinese font for the browser test, from Debian's packages where that can be done.
# Never fails: without Chromium the test is skipped with the reason, which CI counts as a failure.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 chromium（浏览器测试用）……"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk >/dev/null 2>&1 && exit 0
fi
echo "没有 chromium，浏览器测试将跳过；Debian 上可执行：apt-get install -y chromium fonts-noto-cjk" >&2
exit 0
