"""Errors as RFC 9457 problems: the true status, and a message an editor can act on.

No message holds anything of the request but field names: what was submitted may be confidential.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from email.message import Message
from http import HTTPStatus
from typing import Any

import regex
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

LANGUAGE_TOOL = "/v2/"
"""Under these addresses errors are one line of text, as LanguageTool's clients expect it."""
JSON = "application/json"
MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "请求无法解析",
    401: "须有密钥",
    403: "没有权限",
    404: "没有这个地址",
    405: "不支持这种请求方法",
    408: "请求没有按时到齐",
    409: "与现有内容冲突",
    412: "已被别人改过",
    413: "内容过长",
    415: "不支持这种类型的内容",
    422: "请求内容有误",
    428: "须写明所见的版本",
    429: "请求过于频繁",
    500: "服务内部出错",
    503: "服务尚未就绪",
}
DETAILS = {
    400: "请求体应是 UTF-8 编码的 JSON。",
    401: "请在 Authorization 头中写明密钥：Bearer sj_…；密钥由管理员制作。",
    404: "请核对地址；接口说明见 /openapi.json。",
    405: "请改用 Allow 头中列出的方法。",
    408: "请求体没有在规定的时间内到齐；请检查网络，或请管理员调高 SHENJIAO_BODY_SECONDS。",
    412: "请重新取得最新内容，再作改动。",
    415: "请求体应是 JSON，并在 Content-Type 中写明 application/json；检查文稿（/v1/proofread）也可以提交表单，"
    "写明 application/x-www-form-urlencoded。",
    500: "文稿没有保存，也没有写入日志；请稍后重试，仍不行请联系管理员。",
}
FIELD_FAULTS = {
    "missing": "缺少此项",
    "extra_forbidden": "不认识的字段",
    "string_type": "应是字符串",
    "string_unicode": "含有不成对的代理字符（U+D800—U+DFFF），请检查文本的编码",
    "bool_type": "应是 true 或 false",
    "bool_parsing": "应是 true 或 false",
    "enum": "不在可选的值之内",
    "date_type": "应是 2024-01-31 形式的日期",
    "date_parsing": "应是 2024-01-31 形式的日期",
    "date_from_datetime_parsing": "应是 2024-01-31 形式的日期",
    "date_from_datetime_inexact": "应是 2024-01-31 形式的日期",
    "list_type": "应是列表",
    "too_short": "不能为空",
    "too_long": "太多或太长",
    "string_too_long": "太长",
    "string_too_short": "不能为空",
    "int_parsing": "应是整数",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "string_pattern_mismatch": "写法应合这个正则表达式",
    "json_invalid": "不是合格的 JSON",
    "model_attributes_type": "应是 JSON 对象",
    "keep_without_custom": "keep_head、keep_tail 只与 style=custom 同用",
    "int_type": "应是整数",
    "text_or_html": "text 与 html 应恰有一项",
    "source_or_articles": "source 与 articles 应恰有一项",
    "dict_type": "应是 JSON 对象",
}
QUOTED = regex.compile(r"'([^']+)'", regex.ASCII)
FIELD_NAME = regex.compile(r"[A-Za-z_]{1,40}|\d{1,6}", regex.ASCII)
UNNAMED_FIELD = "（名称不合规范的字段）"


class FieldFault(BaseModel):
    """What is wrong with one field of the request."""

    field: str
    detail: str


class Problem(BaseModel):
    """An RFC 9457 problem."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldFault] | None = None


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Declare problem answers of a route for the OpenAPI document."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


class ProblemResponse(JSONResponse):
    """A problem, in the form that clients of the address understand."""

    media_type = MEDIA_TYPE

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        """Take what shall be told."""
        super().__init__(problem.model_dump(exclude_none=True), problem.status, headers)
        line = f"Error: {problem.detail or problem.title}"
        self._line = PlainTextResponse(line, problem.status, headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["path"].startswith(LANGUAGE_TOOL):
            await self._line(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def problem_response(
    status: int,
    detail: str | None = None,
    errors: Sequence[FieldFault] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Make a problem answer; title and detail follow from the status if not given."""
    problem = Problem(
        title=TITLES.get(status, HTTPStatus(status).phrase),
        status=status,
        detail=detail or DETAILS.get(status, ""),
        errors=list(errors) if errors else None,
    )
    return ProblemResponse(problem, headers)


async def _on_http_error(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # The libraries' own details are English; ours are not ASCII.
    detail = None if error.detail.isascii() else error.detail
    # Without its headers a 405 would lack Allow.
    return problem_response(error.status_code, detail, headers=dict(error.headers or {}))


def _field_name(location: Sequence[int | str]) -> str:
    """Name a field as it stands in the request, unless the name could itself be a piece of a draft."""
    parts = [str(part) for part in location]
    if not all(FIELD_NAME.fullmatch(part) for part in parts):
        return UNNAMED_FIELD
    return ".".join(parts) or "body"


def _fault_in_words(fault: Mapping[str, Any]) -> str:
    """Say what is wrong with a field; of what it may be, only what the schema says, never what was sent."""
    told = FIELD_FAULTS.get(fault["type"], "不合要求")
    context = fault.get("ctx", {})
    if fault["type"] == "enum":
        return f"{told}：" + "、".join(QUOTED.findall(str(context.get("expected", ""))))
    if fault["type"] == "string_pattern_mismatch":
        return f"{told}：{context.get('pattern', '')}"
    return told


def _is_of_another_type(request: Request, error: RequestValidationError) -> bool:
    """Tell whether a body was not read because nothing said that it is JSON."""
    declared = Message()
    declared["content-type"] = request.headers.get("content-type", "")
    subtype = declared.get_content_subtype()
    return (
        subtype != "json"
        and not subtype.endswith("+json")
        and any(
            fault["type"] == "model_attributes_type" and fault["loc"] == ("body",) for fault in error.errors()
        )
    )


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if _is_of_another_type(request, error):
        return problem_response(415)
    faults = [
        FieldFault(
            field=_field_name(fault["loc"][1:]),
            detail=_fault_in_words(fault),
        )
        for fault in error.errors()
    ]
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return problem_response(400)
    named = "；".join(f"{fault.field}：{fault.detail}" for fault in faults)
    return problem_response(422, named, faults)


def _describe(app: FastAPI) -> None:
    """Put the schema of a problem into the OpenAPI document, where the routes refer to it."""
    undescribed = app.openapi

    def openapi() -> dict[str, Any]:
        document = undescribed()
        schemas = document["components"]["schemas"]
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs"), Problem=problem)
        for operation in (one for path in document["paths"].values() for one in path.values()):
            if JSON in operation.get("requestBody", {}).get("content", {}):
                operation["responses"].setdefault("415", documented(415)[415])
        return document

    app.openapi = openapi  # type: ignore[method-assign]


def install(app: FastAPI) -> None:
    """Answer every error of an application with a problem."""
    _describe(app)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
