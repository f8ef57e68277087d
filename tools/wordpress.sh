#!/bin/sh
# Have PHP, MariaDB and Debian's WordPress for the tests of the plug-in. WordPress is unpacked into .venv/wordpress, not
# installed: its package would bring a web server along. Never fails: without them the tests are skipped with the reason,
# which CI counts as a failure.
cd "$(dirname "$0")/.." || exit 0
[ -e .venv/wordpress/usr/share/wordpress/wp-load.php ] && command -v php >/dev/null 2>&1 &&
    command -v mariadbd >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
    echo "准备 PHP、MariaDB、WordPress（插件的测试用）……"
    if [ "$(id -u)" = 0 ]; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            php-cli php-mysql php-xml php-mbstring mariadb-server-core >/dev/null 2>&1
    fi
    folder=$(mktemp -d) && mkdir -p .venv/wordpress &&
        (cd "$folder" && apt-get download -qq wordpress wordpress-theme-twentytwentythree php-getid3 \
            libjs-cropper libjs-underscore libjs-prototype libjs-scriptaculous >/dev/null 2>&1) &&
        for package in "$folder"/*.deb; do dpkg -x "$package" .venv/wordpress || break; done
    rm -rf "$folder"
    [ -e .venv/wordpress/usr/share/wordpress/wp-load.php ] && command -v php >/dev/null 2>&1 &&
        command -v mariadbd >/dev/null 2>&1 && exit 0
fi
echo "没有 PHP、MariaDB 或 WordPress，插件的测试将跳过；Debian 上可执行：./tools/wordpress.sh（需要 root）" >&2
exit 0
