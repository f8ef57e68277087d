"""The parameters of a request, however its client writes them.

Most clients percent-encode a form. LibreOffice 7.4 sends the text as it is, in UTF-8 and without any escape, so that
`&`, `+` and `%` in it are just what they look like.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import regex

NAMES = (
    "text|data|language|username|apiKey|dicts|dict|motherTongue|preferredVariants|enabledRules|disabledRules|"
    "enabledCategories|disabledCategories|enabledOnly|level|mode|word|offset|limit"
)
BETWEEN_PARAMETERS = regex.compile(rf"&(?=(?:{NAMES})=)", regex.ASCII)
Parameters = Mapping[str, str]


class ParameterError(Exception):
    """A parameter is missing, or not as it should be; the message is Chinese and quotes nothing."""


def read_parameters(query: bytes, body: bytes) -> Parameters:
    """Read the parameters of the address and of the body; where both have one, that of the body counts.

    Raises:
        ParameterError: they are not UTF-8.
    """
    try:
        return _read(query) | _read(body)
    except UnicodeDecodeError:
        raise ParameterError("参数应是 UTF-8 编码的表单（application/x-www-form-urlencoded）") from None


def _read(form: bytes) -> dict[str, str]:
    if form.isascii():
        return dict(parse_qsl(form.decode("ascii"), keep_blank_values=True, errors="strict"))
    # Whoever leaves the Chinese as it is has escaped nothing else either.
    parts = (part.partition("=") for part in BETWEEN_PARAMETERS.split(form.decode()))
    return {name: value for name, _, value in parts}


def listed(parameters: Parameters, name: str) -> frozenset[str]:
    """Read a list with commas between; empty if the parameter is not there."""
    return frozenset(part.strip() for part in parameters.get(name, "").split(",")) - {""}


def switched_on(parameters: Parameters, name: str) -> bool:
    """Tell whether a parameter says yes, in one of the ways in which LanguageTool lets it be said."""
    return parameters.get(name, "").lower() in {"true", "yes"}


def counted(parameters: Parameters, name: str, default: int, most: int) -> int:
    """Read a number.

    Raises:
        ParameterError: it is none, or too large.
    """
    written = parameters.get(name, str(default))
    if not (written.isascii() and written.isdigit() and len(written) <= 9 and int(written) <= most):
        raise ParameterError(f"{name} 应是不大于 {most} 的整数")
    return int(written)
