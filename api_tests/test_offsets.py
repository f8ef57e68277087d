"""Offsets in three units: whatever the caller counts in, a span slices to its text."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.engine import Engine
from app.fingerprint import shown_text
from app.offsets import OffsetUnit
from app.schemas import findings_of

ENGINE = Engine.load()
FAULTS = [
    "某政发[2024]3号",
    "身份证号11010519491231002X",
    "１１０１０５１９４９１２３１００２Ｘ",
    "××市人民政府",
    "139 5757 0587",
]
FILLING = st.text(
    st.sampled_from("中。 aé１\u200b\ufeff\u0301\u3000\n\t😀𠮷👨\u200d👩\U000e0100"), max_size=6
)


def cut(text: str, start: int, end: int, unit: OffsetUnit) -> str:
    """Slice as a program does that counts in a unit."""
    if unit is OffsetUnit.CODEPOINT:
        return text[start:end]
    if unit is OffsetUnit.UTF8:
        return text.encode()[start:end].decode()
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("unit", OffsetUnit)
@given(st.lists(st.tuples(FILLING, st.sampled_from(FAULTS)), min_size=1, max_size=4))
def test_every_span_slices_to_its_text_in_every_unit(unit: OffsetUnit, parts: list[tuple[str, str]]) -> None:
    text = "".join(f"{filling}（{fault}）" for filling, fault in parts)

    report = ENGINE.check(text)

    assert report.findings
    for finding, shown in zip(report.findings, findings_of(report, unit), strict=True):
        assert cut(text, shown.start, shown.end, unit) == finding.span.of(text)
        assert shown.text == shown_text(report, finding)


def test_the_api_echoes_the_unit_and_counts_in_it(client: TestClient) -> None:
    text = "😀某政发[2024]3号"
    starts = {}

    for unit in OffsetUnit:
        answer = client.post("/v1/proofread", json={"text": text, "offset_unit": unit}).json()
        assert answer["offset_unit"] == unit
        starts[unit] = answer["findings"][0]["start"]

    assert starts == {OffsetUnit.CODEPOINT: 4, OffsetUnit.UTF16: 5, OffsetUnit.UTF8: 13}
