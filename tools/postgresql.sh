#!/bin/sh
# Have PostgreSQL for the tests of the store, from Debian's packages where that can be done.
# Never fails: without PostgreSQL its tests are skipped with the reason, which CI counts as a failure.
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
command -v initdb >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "安装 PostgreSQL（词库存储的测试用）……"
    # Only the programs: the tests start a server of their own.
    mkdir -p /etc/postgresql-common && [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        postgresql >/dev/null 2>&1 && exit 0
fi
echo "没有 PostgreSQL，它的测试将跳过；Debian 上可执行：apt-get install -y postgresql" >&2
exit 0
