#!/bin/sh
# Have LibreOffice, for documents and for workbooks, and the bridge from Python to it, for the tests that open what the
# service writes for Word, that read what LibreOffice writes, and that check a document with its LanguageTool client,
# from Debian's packages; in CI only, since it is large.
# Never fails: without LibreOffice those tests are skipped with the reason, which CI counts as a failure.
command -v soffice >/dev/null 2>&1 && /usr/bin/python3 -c 'import uno' 2>/dev/null &&
    [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" ] && exit 0
[ -n "${CI:-}" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 libreoffice-writer-nogui、libreoffice-calc-nogui、python3-uno（试开、制作文档，试用 LibreOffice 的校对用）……"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libreoffice-writer-nogui libreoffice-calc-nogui python3-uno >/dev/null 2>&1 && exit 0
fi
echo "没有 LibreOffice，用到它的测试将跳过；Debian 上可执行：apt-get install -y libreoffice-writer-nogui libreoffice-calc-nogui python3-uno" >&2
exit 0
