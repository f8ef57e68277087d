"""What the operating system refuses, in the language of whoever reads the message."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[int, str] = MappingProxyType(
    {
        errno.ENOENT: "没有这个文件或目录",
        errno.EACCES: "没有访问权限",
        errno.EPERM: "没有访问权限",
        errno.EISDIR: "这是目录，不是文件",
        errno.ENOTDIR: "路径中有一段不是目录",
        errno.EEXIST: "已有同名的文件",
        errno.ENOSPC: "磁盘已满",
        errno.EDQUOT: "磁盘配额已用完",
        errno.EFBIG: "文件超过了系统允许的大小",
        errno.EROFS: "磁盘只读",
        errno.EIO: "磁盘读写出错",
        errno.ENAMETOOLONG: "文件名太长",
        errno.ELOOP: "链接互相指向",
        errno.EMFILE: "同时打开的文件太多",
        errno.ENFILE: "同时打开的文件太多",
        errno.ENOMEM: "内存不足",
        errno.ETIMEDOUT: "等候超时",
    }
)


def reason_of(error: OSError) -> str:
    """Say in Chinese why the system refused; of what is rare, by its number, which administrators look up."""
    if error.errno is None:
        return type(error).__name__
    return REASONS.get(error.errno, f"系统错误 {error.errno}")
