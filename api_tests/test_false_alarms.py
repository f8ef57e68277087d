"""False alarms: counted by rule and reason, with nothing of the draft."""

from __future__ import annotations

from fastapi.testclient import TestClient

ROUTE = "/v1/false-alarms"


def counted(client: TestClient, rule: str, reason: str) -> float:
    name = f'shenjiao_false_alarms_total{{reason="{reason}",rule="{rule}"}} '
    lines = client.get("/metrics").text.splitlines()
    return sum(float(line.removeprefix(name)) for line in lines if line.startswith(name))


def test_a_false_alarm_is_counted_by_rule_and_reason(client: TestClient) -> None:
    before = counted(client, "FM001", "quotation")
    response = client.post(ROUTE, json={"rule": "FM001", "reason": "quotation"})

    assert response.status_code == 200
    assert counted(client, "FM001", "quotation") == before + 1


def test_an_unknown_rule_is_no_label(client: TestClient) -> None:
    response = client.post(ROUTE, json={"rule": "张三身份证", "reason": "other"})

    assert response.status_code == 404
    assert "张三" not in client.get("/metrics").text


def test_a_reason_in_ones_own_words_is_refused_and_not_repeated(client: TestClient) -> None:
    response = client.post(ROUTE, json={"rule": "FM001", "reason": "文稿里写的是张三"})

    assert response.status_code == 422
    assert "张三" not in response.text
