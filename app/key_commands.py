"""The commands that look after the keys: `shenjiao keys`."""

from __future__ import annotations

import click

from app.keys.key import BY_COMMAND, HIGHEST_RATE, USUAL_RATE, KeyDraft, Role, number_of
from app.opening import fail, open_database, refusals
from app.store.key_store import KeyStore
from app.store.writing import UnknownError

NEVER = "—"


@click.group("keys", help="密钥：谁可以使用接口，可以做什么。")
def keys() -> None:
    """Look after the keys."""


@keys.command("create", help="制作密钥。密钥写到标准输出，只显示这一次；两秒之内生效，不必重启服务。")
@click.option("--name", required=True, help="名称，如“门户网站”；在用的密钥不能同名。")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="check 检查，review 审核，admin 管理；后者包括前者的全部权限。",
)
@click.option(
    "--rate",
    type=click.IntRange(1, HIGHEST_RATE),
    default=USUAL_RATE,
    help=f"每分钟至多多少次请求，默认 {USUAL_RATE}。",
)
def create_key(name: str, role: str, rate: int) -> None:
    """Make a key; what a program shall read of it stands alone on standard output."""
    with refusals():
        key, secret = KeyStore(open_database()).create(KeyDraft(name, Role(role), rate), BY_COMMAND)
    click.echo(
        f"已制作 {key.id}（{key.name}，{key.role.label}）。请妥善保存下面的密钥，它不会再显示：", err=True
    )
    click.echo(secret)


@keys.command(
    "list", help="列出密钥，连同已撤销的：编号、名称、角色、每分钟次数、制作时间、最近使用、撤销时间。"
)
def list_keys() -> None:
    """List the keys, one a line."""
    with refusals():
        for key in KeyStore(open_database()).listed():
            columns = (
                key.id,
                key.name,
                key.role.value,
                str(key.rate),
                key.created_at,
                key.last_used_on or NEVER,
                key.revoked_at or NEVER,
            )
            click.echo("\t".join(columns))


@keys.command("revoke", help="撤销密钥。两秒之内失效，不能恢复。")
@click.argument("key_id", metavar="编号")
def revoke_key(key_id: str) -> None:
    """Revoke a key."""
    with refusals():
        try:
            # No key has the number nought.
            key = KeyStore(open_database()).revoke(number_of(key_id) or 0, BY_COMMAND)
            click.echo(f"已撤销 {key.id}（{key.name}）。")
        except UnknownError:
            fail("没有这个编号的密钥；编号如 K0001，见 shenjiao keys list。")
