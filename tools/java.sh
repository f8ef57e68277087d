#!/bin/sh
# Have a Java compiler for the test of the Java example in docs/integration.md, from Debian's packages; in CI only.
# Never fails: without it that test is skipped with the reason, which CI counts as a failure.
command -v javac >/dev/null 2>&1 && exit 0
[ -n "${CI:-}" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 default-jdk-headless（试用文档中的 Java 例子用）……"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        default-jdk-headless >/dev/null 2>&1 && exit 0
fi
echo "没有 JDK，Java 例子的测试将跳过；Debian 上可执行：apt-get install -y default-jdk-headless" >&2
exit 0
