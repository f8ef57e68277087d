"""Debian's WordPress with the plug-in, before a MariaDB of its own: in a folder of its own, on loopback only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[3]
PLUGIN = PROJECT / "plugins" / "wordpress" / "shenjiao"
WORDPRESS = PROJECT / ".venv" / "wordpress" / "usr" / "share" / "wordpress"
MISSING = "没有 PHP、MariaDB 或 WordPress；Debian 上可执行：./tools/wordpress.sh（需要 root）"
PATIENCE = 90.0
"""Seconds until a server that does not answer counts as broken."""
EDITOR, PASSWORD = "zhao", "a password for tests"
CONFIGURATION = """<?php
define('DB_NAME', 'site'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%(socket)s'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '%(address)s'); define('WP_SITEURL', '%(address)s'); define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true); define('WP_ACCESSIBLE_HOSTS', '127.0.0.1');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', false); define('WP_DEBUG_LOG', '%(log)s');
foreach (array('AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE') as $name) {
    define($name . '_KEY', 'x'); define($name . '_SALT', 'x');
}
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"""
INSTALL = """
define('WP_INSTALLING', true); require 'wp-load.php'; require 'wp-admin/includes/upgrade.php';
wp_install('某市人民政府', '%s', 'zhao@example.com', true, '', '%s');
require_once 'wp-admin/includes/plugin.php';
update_option('show_avatars', 0);  // They lie at another host.
$failed = activate_plugin('shenjiao/shenjiao.php');
echo json_encode(is_wp_error($failed) ? $failed->get_error_message() : null);
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A running site."""

    folder: Path
    address: str

    def php(self, code: str) -> Any:
        """Run a program in the site, as cron or a command would; gives what it returns."""
        return self._run(f"require 'wp-load.php'; echo json_encode((static function () {{ {code} }})());")

    def install(self) -> None:
        """Make the tables, an editor who may do all, and activate the plug-in."""
        failed = self._run(INSTALL % (EDITOR, PASSWORD))
        assert failed is None, failed

    def choose(self, **settings: str) -> None:
        """Change settings of the plug-in."""
        self.php(f"update_option('shenjiao', array_merge(Shenjiao\\Settings\\all(), {_as_php(settings)}));")

    def post(self, **fields: Any) -> int:
        """Insert a post by program; a draft, unless told otherwise."""
        fields = {"post_title": "关于防汛工作的通知", "post_status": "draft", **fields}
        number = self.php(f"return wp_insert_post(wp_slash({_as_php(fields)}), true);")
        assert isinstance(number, int), number
        return number

    def field(self, post: int, name: str) -> str:
        """Read a column of a post."""
        return str(self.php(f"return get_post({post})->{name};"))

    def seen_by_a_visitor(self, post: int) -> str | None:
        """Open a post as a visitor; None where there is none."""
        try:
            with urllib.request.urlopen(f"{self.address}/?p={post}") as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as problem:
            problem.close()
            return None

    def complaints(self) -> str:
        """Read what PHP complained of in the files of the plug-in."""
        log = self.folder / "debug.log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return "\n".join(line for line in lines if "plugins/shenjiao/" in line)

    def _run(self, code: str) -> Any:
        host = self.address.removeprefix("http://")
        code = f"$_SERVER['HTTP_HOST'] = '{host}'; $_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1'; {code}"
        command = ["php", "-d", "display_errors=stderr", "-r", code]
        ran = subprocess.run(command, cwd=self.folder / "site", capture_output=True, check=False, text=True)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return json.loads(ran.stdout or "null")


def _as_php(value: dict[str, Any]) -> str:
    # The quotes of a nowdoc end nowhere in JSON, whatever is in it.
    return f"json_decode(<<<'JSON'\n{json.dumps(value)}\nJSON\n, true)"


@contextmanager
def running() -> Iterator[Site]:
    """Start a site, or skip the test where one cannot be."""
    if not (WORDPRESS / "wp-load.php").exists() or not shutil.which("php") or not shutil.which("mariadbd"):
        if "CI" in os.environ:
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="shenjiao-wordpress-"))
    try:
        with _database(folder) as database, _server(folder, database) as site:
            site.install()
            yield site
    finally:
        shutil.rmtree(folder)


@contextmanager
def _database(folder: Path) -> Iterator[Path]:
    data, listening = folder / "data", folder / "mariadb"
    # MariaDB refuses to run as root unless told to; the folder is nobody else's.
    user = ["--user=root"] if os.geteuid() == 0 else []
    data.mkdir()
    # A separate folder for every run: nothing of it need survive a power cut.
    options = ["--innodb-flush-log-at-trx-commit=0", f"--pid-file={folder}/pid", *user]
    # Without grants it needs no tables of its own; its socket lies in a folder that only this user can open.
    options += ["--skip-grant-tables", "--skip-networking", f"--socket={listening}"]
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={data}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    create = (
        f"mysqli_report(MYSQLI_REPORT_OFF); $d = @mysqli_connect('', 'root', '', '', 0, '{listening}');"
        "exit($d && mysqli_query($d, 'CREATE DATABASE IF NOT EXISTS site CHARACTER SET utf8mb4') ? 0 : 1);"
    )
    try:
        _wait(server, lambda: subprocess.run(["php", "-r", create], check=False).returncode == 0)
        yield listening
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _server(folder: Path, database: Path) -> Iterator[Site]:
    root = folder / "site"
    # Links of the packages lead beside WordPress; copied, they are the files themselves.
    unwanted = shutil.ignore_patterns("languages")
    shutil.copytree(WORDPRESS, root, ignore_dangling_symlinks=True, ignore=unwanted)
    shutil.copytree(PLUGIN, root / "wp-content" / "plugins" / "shenjiao")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{probe.getsockname()[1]}"
    names = {"socket": database, "address": f"http://{host}", "log": folder / "debug.log"}
    (root / "wp-config.php").write_text(CONFIGURATION % names, encoding="utf-8")
    server = subprocess.Popen(
        ["php", "-S", host, "-t", str(root)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Its workers are ended with it, as a group of their own.
        env={**os.environ, "PHP_CLI_SERVER_WORKERS": "4"},
        start_new_session=True,
    )
    try:
        _wait(server, lambda: _listens(host))
        yield Site(folder, f"http://{host}")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _listens(host: str) -> bool:
    name, _, port = host.partition(":")
    with socket.socket() as probe:
        return probe.connect_ex((name, int(port))) == 0


def _wait(server: subprocess.Popen[bytes], is_ready: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not is_ready():
        assert server.poll() is None, "the server stopped"
        assert time.monotonic() < give_up, "the server does not answer"
        time.sleep(0.1)
