"""Programs that people already use, and the examples of the documentation, against the service as it runs."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

import pytest

from api_tests.service import SHENJIAO, running
from api_tests.test_docs import blocks
from app.check_command import check

CLIENTS = Path(__file__).parent / "clients"
OWN_VENV = Path(__file__).parents[1] / ".venv" / "clients" / "bin" / "python"
DEBIAN_PYTHON = Path("/usr/bin/python3")
NAMED = "http://127.0.0.1:8000"
"""The address in the documentation."""
DRAFT = (
    "某村𠮷林组：R&D经费增长5%20元，截止目前已完成。\n第二段没有问题。\n赵小明，身份证号11010519491231002X。"
)
PATIENCE = 120
"""Seconds that a program may take on a busy machine."""
REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool">
<prop oor:name="IsEnabled" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BaseURL" oor:op="fuse"><value>{address}</value></prop>
</item>
</oor:items>
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that runs for the programs."""
    folder = tmp_path_factory.mktemp("clients")
    database = f"sqlite:///{folder / 'site.db'}"
    with (folder / "log").open("wb") as log, running(log, SHENJIAO_DATABASE_URL=database) as (address, _):
        yield address


def missing(what: str) -> None:
    """Skip a test for want of a program; in CI that is a failure."""
    if "CI" in os.environ:
        pytest.fail(what)
    pytest.skip(what)


def has_uno() -> bool:
    asked = subprocess.run([DEBIAN_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return asked.returncode == 0


@contextmanager
def office_listening(folder: Path, address: str) -> Iterator[str]:
    """LibreOffice with a fresh profile in which the service is set as its LanguageTool; gives its pipe."""
    program = shutil.which("soffice")
    if program is None or not DEBIAN_PYTHON.exists() or not has_uno():
        missing("没有 LibreOffice；Debian 上可执行：apt-get install -y libreoffice-writer-nogui python3-uno")
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(REGISTRY.format(address=escape(f"{address}/v2")), encoding="utf-8")
    pipe = f"shenjiao-{uuid4().hex}"
    command = [
        str(program),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        f"--accept=pipe,name={pipe};urp",
    ]
    office = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield pipe
    finally:
        # The starter waits for the program proper: both are one group of their own.
        os.killpg(office.pid, 9)
        office.wait()


def asked(*command: str | Path) -> Any:
    done = subprocess.run(
        list(map(str, command)), input=DRAFT.encode(), capture_output=True, check=False, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_libreoffice_checks_a_document_with_its_languagetool_client(address: str, tmp_path: Path) -> None:
    with office_listening(tmp_path, address) as pipe:
        found = asked(DEBIAN_PYTHON, CLIENTS / "libreoffice.py", pipe)

    typo, leak = found
    units = typo["paragraph"].encode("utf-16-le")
    marked = units[2 * typo["offset"] : 2 * (typo["offset"] + typo["length"])].decode("utf-16-le")
    assert marked == "截止目前"
    assert typo["replacements"] == ["截至目前"]
    assert "依据：《现代汉语词典" in typo["message"] + typo["short_message"]
    assert leak["paragraph"].startswith("赵小明")
    assert leak["replacements"] == ["11*************02X"]


def test_language_tool_python_checks_and_corrects(address: str) -> None:
    if not OWN_VENV.exists():
        missing("没有 language-tool-python 的虚拟环境；请执行 make unit，或 make .venv/.clients")

    learnt = asked(OWN_VENV, CLIENTS / "with_language_tool_python.py", address)

    assert [(match["text"], match["rule"], match["category"]) for match in learnt["matches"]] == [
        ("截止目前", "TY0001", "TYPO"),
        ("11010519491231002X", "PI001", "PRIVACY"),
    ]
    assert learnt["corrected"] == DRAFT.replace("截止目前", "截至目前").replace(
        "11010519491231002X", "11*************02X"
    )
    assert learnt["without typos"] == ["PI001"]


def examples(page: str, kind: str) -> list[str]:
    """The examples of a page, in its order."""
    return [block.body for block in blocks(f"docs/{page}", kind)]


def ran(*command: str | Path, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=os.environ | {"LC_ALL": "C.UTF-8"} | environment,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_the_curl_examples_find_the_error(address: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        missing("没有 curl；Debian 上可执行：apt-get install -y curl")
    every = [example for example in examples("integration.md", "bash") if "/v1/proofread" in example]

    answers = [json.loads(ran("bash", "-c", one.replace(NAMED, address), folder=tmp_path)) for one in every]

    assert [answer["findings"][0]["rule"] for answer in answers] == ["TY0001"] * 3


def test_the_curl_example_of_a_scan_is_taken_up_and_can_be_looked_at(address: str, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        missing("没有 curl；Debian 上可执行：apt-get install -y curl")
    (example,) = [one for one in examples("integration.md", "bash") if "/v1/scans" in one]

    said = ran("bash", "-c", example.replace(NAMED, address), folder=tmp_path)

    assert said.startswith("HTTP/1.1 202 ")
    assert "location: /v1/scans/1\r\n" in said
    assert '{"findings":[],"after":null}\ufeff状态,单位,' in said


def test_the_javascript_example_holds_back_what_is_wrong(address: str, tmp_path: Path) -> None:
    if shutil.which("node") is None:
        missing("没有 node；Debian 上可执行：apt-get install -y nodejs")
    (example,) = examples("integration.md", "javascript")
    (tmp_path / "example.mjs").write_text(example, encoding="utf-8")

    said = ran("node", "example.mjs", folder=tmp_path, SHENJIAO=address).splitlines()

    assert said[0].startswith("须改 [0, 4) “截止”")
    assert said[-1] == "不能发布"
    assert len([line for line in example.splitlines() if line.strip()]) <= 20


def test_the_java_example_compiles_for_java_8_and_holds_back_what_is_wrong(
    address: str, tmp_path: Path
) -> None:
    if shutil.which("javac") is None:
        missing("没有 JDK；Debian 上可执行：apt-get install -y default-jdk-headless")
    (example,) = examples("integration.md", "java")
    (tmp_path / "Proofread.java").write_text(example, encoding="utf-8")

    ran("javac", "-encoding", "UTF-8", "--release", "8", "Proofread.java", folder=tmp_path)
    said = ran("java", "-Dfile.encoding=UTF-8", "-cp", ".", "Proofread", address, folder=tmp_path)

    assert said == "不能发布\n"


def test_the_command_for_ci_writes_a_report_and_fails(tmp_path: Path) -> None:
    (example,) = examples("ci.md", "bash")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "notice.md").write_text(DRAFT, encoding="utf-8")

    done = subprocess.run(
        ["bash", "-c", example.replace("shenjiao check", f"{SHENJIAO} check")],
        cwd=tmp_path,
        check=False,
        timeout=PATIENCE,
    )

    assert done.returncode == 1
    (run,) = json.loads((tmp_path / "shenjiao.sarif").read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["TY0001", "PI001"]


def test_the_commands_for_code_hosts_are_such_as_the_program_takes() -> None:
    lines = [
        line for page in examples("ci.md", "yaml") for line in page.splitlines() if "shenjiao check" in line
    ]

    assert len(lines) == 3
    for line in lines:
        arguments = shlex.split(line.partition("shenjiao check")[2].partition(">")[0])
        check.make_context("check", arguments)
