"""For editors who write in LibreOffice or any other program that knows LanguageTool: its interface, version 2.

Errors are lines of text and never quote the draft. Parameters are read by hand: LanguageTool's clients send forms
that no form parser takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import PlainTextResponse, Response

from app.api import metrics
from app.api.door import KeyNameOf
from app.api.links import link, then
from app.api.problems import problem_response
from app.api.service import Proofreader, ProofreaderOf
from app.api.site_lexicon import LexiconOf
from app.engine import Engine
from app.language_tool.allowed_words import add_word, allowed_words, delete_word
from app.language_tool.answer import (
    Added,
    CheckAnswer,
    Configuration,
    Deleted,
    Info,
    Language,
    Limits,
    Software,
    Warnings,
    Words,
)
from app.language_tool.matches import CODE, NAME, SHORT_CODE, language_of, listed_rules, matches_of
from app.language_tool.parameters import ParameterError, Parameters, counted, read_parameters
from app.language_tool.request import CheckRequest, require_our_language
from app.site.layer import SiteLayer
from detectors.kernel.finding import Rule

VERSION = version("shenjiao")
BYTES_OF_A_CHARACTER = 9
"""Of a Chinese one in a form: %E5%AE%A1."""
WORDS_AT_ONCE = 10
MOST_WORDS = 500
FORM = "application/x-www-form-urlencoded"
LINE = {"content": {"text/plain": {"schema": {"type": "string"}}}}

router = APIRouter(
    prefix="/v2",
    tags=["LanguageTool"],
    responses={status: {"description": "一行文字：Error: ……", **LINE} for status in (400, 413, 500)},
)


async def _parameters(request: Request) -> Parameters:
    return read_parameters(request.scope["query_string"], await request.body())


ParametersOf = Annotated[Parameters, Depends(_parameters)]


def _form(fields: Mapping[str, str]) -> dict[str, Any]:
    """Describe the form of a route."""
    properties = {name: {"type": "string", "description": text} for name, text in fields.items()}
    return {"requestBody": {"content": {FORM: {"schema": {"type": "object", "properties": properties}}}}}


def _query(fields: Mapping[str, str]) -> dict[str, Any]:
    """Describe the parameters of a route in its address."""
    string = {"type": "string"}
    return {
        "parameters": [
            {"name": name, "in": "query", "description": text, "schema": string}
            for name, text in fields.items()
        ]
    }


CHECK = {
    "text": "纯文本；与 data 二者必有其一。",
    "data": '带标记的文本：{"annotation": [{"text": "…"}, {"markup": "<p>", "interpretAs": "\\n"}]}。',
    "language": "zh-CN 或 auto，必填。",
    "level": "default；picky 连同把握不大的也列出。",
    "enabledRules": "规则编号，逗号分隔。",
    "disabledRules": "规则编号，逗号分隔。",
    "enabledCategories": "类别，逗号分隔，如 PRIVACY。",
    "disabledCategories": "类别，逗号分隔。",
    "enabledOnly": "true 时只查 enabledRules、enabledCategories 列出的。",
}
LANGUAGE = {"language": CHECK["language"]}
WORD = {"word": "词语。"}
PAGE = {"offset": "跳过前面多少个。", "limit": f"至多多少个，默认 {WORDS_AT_ONCE}，不超过 {MOST_WORDS}。"}


@router.head("/check", summary="同 GET，只返回头", openapi_extra=_query(CHECK))
@router.get("/check", summary="检查文本（参数在地址中）", openapi_extra=_query(CHECK))
@router.post("/check", summary="检查文本", openapi_extra=_form(CHECK))
async def check(request: Request, parameters: ParametersOf, proofreader: ProofreaderOf) -> CheckAnswer:
    """Check a text."""
    asked = CheckRequest.read(parameters)
    layer = proofreader.layer
    engine = proofreader.engine
    rules_url = f"{request.base_url}v1/rules"

    def work() -> CheckAnswer:
        checked = engine.check(
            asked.draft.text,
            categories=asked.selection.categories(),
            rules=asked.selection.codes(_rules(engine, layer)),
            hints=asked.picky,
            layer=layer,
        )
        report = asked.selection.of(checked)
        metrics.count(report)
        return CheckAnswer(
            software=_software(proofreader),
            warnings=Warnings(),
            language=language_of(asked.language, asked.draft.text),
            matches=matches_of(asked.draft, report, rules_url),
        )

    return await proofreader.run(asked.draft.text, work)


@router.get("/languages", summary="列出检查的语言")
async def languages() -> list[Language]:
    """List the languages."""
    return [Language(name=NAME, code=SHORT_CODE, long_code=CODE)]


@router.get("/info", summary="软件名称和版本")
async def info(proofreader: ProofreaderOf) -> Info:
    """Name the software."""
    return Info(software=_software(proofreader))


@router.get("/configinfo", summary="一种语言的限制和规则", openapi_extra=_query(LANGUAGE))
async def configuration(
    request: Request, parameters: ParametersOf, proofreader: ProofreaderOf
) -> Configuration:
    """List limits and rules."""
    require_our_language(parameters)
    return Configuration(
        software=_software(proofreader),
        parameter=Limits(max_text_length=_longest_text(request)),
        rules=tuple(listed_rules(proofreader.engine.rules.values())),
    )


@router.get("/maxtextlength", summary="一次最多多少字", response_class=PlainTextResponse)
async def longest_text(request: Request) -> str:
    """Tell how long a text may be."""
    return str(_longest_text(request))


@router.get("/healthcheck", summary="能否应答", response_class=PlainTextResponse)
async def health(proofreader: ProofreaderOf) -> str:
    """Tell that the service answers."""
    assert proofreader.engine.rules
    return "OK"


@router.get(
    "/words",
    operation_id="listWords",
    summary="本站允许的词语",
    openapi_extra=_query(PAGE),
    responses=then(200, delete=link("deleteWord", body={"word": "$response.body#/words/0"})),
)
def list_words(parameters: ParametersOf, lexicon: LexiconOf) -> Words:
    """List the words that the site allows."""
    offset = counted(parameters, "offset", 0, 10**9)
    limit = counted(parameters, "limit", WORDS_AT_ONCE, MOST_WORDS)
    return Words(words=tuple(allowed_words(lexicon)[offset : offset + limit]))


@router.post(
    "/words/add",
    summary="允许一个词语",
    openapi_extra=_form(WORD),
    responses=then(200, delete=link("deleteWord", body={"word": "$request.body#/word"})),
)
def allow_word(parameters: ParametersOf, lexicon: LexiconOf, key_name: KeyNameOf) -> Added:
    """Add a word to what the site allows."""
    return Added(added=add_word(lexicon, _word(parameters), key_name))


@router.post("/words/delete", operation_id="deleteWord", summary="收回允许的词语", openapi_extra=_form(WORD))
def take_back_word(parameters: ParametersOf, lexicon: LexiconOf, key_name: KeyNameOf) -> Deleted:
    """Delete a word that was added here."""
    return Deleted(deleted=delete_word(lexicon, _word(parameters), key_name))


def _word(parameters: Parameters) -> str:
    word = parameters.get("word", "").strip()
    if not word:
        raise ParameterError("缺少参数 word")
    return word


def _longest_text(request: Request) -> int:
    limit: int = request.app.state.language_tool_limit
    return limit // BYTES_OF_A_CHARACTER


def _rules(engine: Engine, layer: SiteLayer) -> Iterator[Rule]:
    """Give all rules: the shipped ones and the site's own."""
    yield from engine.rules.values()
    kept = (layer.entries.get(number) for number in layer.entries)
    yield from (one.rule() for one in kept if one and one.entry.kind.finds)


def _software(proofreader: Proofreader) -> Software:
    return Software(name="Shenjiao", version=VERSION, build_date=proofreader.engine.lexicon_version)


async def _on_parameter_error(_: Request, error: Exception) -> Response:
    return problem_response(400, str(error))


def install(app: FastAPI) -> None:
    """Answer wrong parameters."""
    app.add_exception_handler(ParameterError, _on_parameter_error)
