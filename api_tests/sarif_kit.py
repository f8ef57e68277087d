"""What SARIF 2.1.0 (OASIS, errata 01) says of the objects that we write.

The schema of the standard comes in no package, so the constraints that concern us stand here: which properties an
object may have, which it must have, and their types, patterns and lists of values.
"""

from __future__ import annotations

from typing import Any

LEVEL = {"enum": ["none", "note", "warning", "error"]}
STRING = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}
FROM_ONE = {"type": "integer", "minimum": 1}
URI = {"type": "string", "format": "uri-reference"}
BAG = {"type": "object", "properties": {"tags": {"type": "array", "uniqueItems": True, "items": STRING}}}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


def _list(items: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


MESSAGE = _object("text", text=STRING, markdown=STRING)
ARTIFACT = _object("", uri=URI, uriBaseId=STRING)
REGION = _object(
    "",
    startLine=FROM_ONE,
    startColumn=FROM_ONE,
    endLine=FROM_ONE,
    endColumn=FROM_ONE,
    charOffset=COUNT,
    charLength=COUNT,
    snippet=_object("", text=STRING),
)
LOCATION = _object(
    "",
    physicalLocation=_object("artifactLocation", artifactLocation=ARTIFACT, region=REGION),
    logicalLocations=_list(
        _object("", name=STRING, fullyQualifiedName=STRING, kind=STRING), uniqueItems=True
    ),
    message=MESSAGE,
)
REPLACEMENT = _object("deletedRegion", deletedRegion=REGION, insertedContent=_object("", text=STRING))
FIX = _object(
    "artifactChanges",
    description=MESSAGE,
    artifactChanges=_list(
        _object(
            "artifactLocation replacements",
            artifactLocation=ARTIFACT,
            replacements=_list(REPLACEMENT, minItems=1),
        ),
        minItems=1,
        uniqueItems=True,
    ),
)
SUPPRESSION = _object(
    "kind",
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=STRING,
)
RESULT = _object(
    "message",
    ruleId=STRING,
    ruleIndex={"type": "integer", "minimum": -1},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=LEVEL,
    message=MESSAGE,
    locations=_list(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": STRING},
    fixes=_list(FIX, uniqueItems=True),
    suppressions=_list(SUPPRESSION, uniqueItems=True),
    properties=BAG,
)
RULE = _object(
    "id",
    id=STRING,
    name=STRING,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    helpUri={"type": "string", "format": "uri"},
    defaultConfiguration=_object("", level=LEVEL, enabled={"type": "boolean"}),
    properties=BAG,
)
LANGUAGE = {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"}
DRIVER = _object("name", name=STRING, version=STRING, language=LANGUAGE, rules=_list(RULE, uniqueItems=True))
NOTIFICATION = _object("message", level=LEVEL, message=MESSAGE, locations=_list(LOCATION, uniqueItems=True))
INVOCATION = _object(
    "executionSuccessful",
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications=_list(NOTIFICATION),
)
RUN = _object(
    "tool",
    tool=_object("driver", driver=DRIVER),
    language=LANGUAGE,
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_list(INVOCATION),
    results=_list(RESULT),
    properties=BAG,
)
SARIF = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        "version runs",
        **{"$schema": {"type": "string", "format": "uri"}},
        version={"const": "2.1.0"},
        runs=_list(RUN),
    ),
}
