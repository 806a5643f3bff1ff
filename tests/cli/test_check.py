"""`policyengine check`, `policies`, `schema` and `sources verify` as real processes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policyengine.loading.library import home
from policyengine.loading.sources import digest
from policyengine.report import diagnostics_schema
from tests.support.command import EXAMPLE, call, run

if TYPE_CHECKING:
    from pathlib import Path

POLICY = home() / "changzhi-energy-bureau.yaml"


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def with_faults(folder: Path) -> Path:
    text = POLICY.read_text(encoding="utf-8")
    return written(folder, "faulty.yaml", text.replace("bearer: bureau_head", "bearer: bureau_haed"))


def test_everything_packaged_is_clean(tmp_path: Path) -> None:
    files = [*sorted(home().rglob("*.yaml")), EXAMPLE]
    done = run("check", "changzhi", *files, "--fail-on", "warning", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing wrong\n", "")


def test_a_policy_with_a_fault(tmp_path: Path) -> None:
    path = with_faults(tmp_path)
    done = run("check", path, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{path}:" in done.stdout
    assert ": error PE203: unknown role `bureau_haed`\n" in done.stdout
    assert "help: did you mean `bureau_head`" in done.stdout
    assert "1 error" in done.stdout.splitlines()[-1]


def test_faults_as_json(tmp_path: Path) -> None:
    case = written(tmp_path, "case.yaml", "case: one\npolicy: faulty.yaml\nfacts: {nonsense: 1}\n")
    done = run("check", with_faults(tmp_path), case, "--format", "json", cwd=tmp_path)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    jsonschema.validate(found, diagnostics_schema())
    assert [each["code"] for each in found["diagnostics"]] == ["PE203"]  # once, although the case meets it again


def test_a_case_is_checked_under_its_policy(tmp_path: Path) -> None:
    case = written(tmp_path, "case.yaml", "case: one\npolicy: changzhi\nfacts:\n  event_severity: enormous\n")
    done = run("check", case, "--lang", "zh", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{case}:4:" in done.stdout
    assert "错误 PE207：`enormous` 不是 `event_severity` 的取值" in done.stdout


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        pytest.param("other.yaml", "title: {zh: 其他, en: other}\n", "PE120", id="no kind of ours"),
        pytest.param("list.yaml", "- case\n", "PE120", id="a list"),
        pytest.param("empty.yaml", "", "PE108", id="empty"),
        pytest.param("empty.jsonl", "\n", "PE108", id="no line"),
        pytest.param("broken.yaml", "policy: [\n", "PE104", id="broken"),
        pytest.param("vocabulary.yaml", "vocabulary: words\n", "PE114", id="vocabulary"),
        pytest.param("calendar.yaml", "calendar: days\n", "PE114", id="calendar"),
        pytest.param("lines.jsonl", '{"case": "a"}\n{"case": 1}\n', "PE1", id="lines"),
    ],
)
def test_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, code: str) -> None:
    done = call(capsys, "check", written(tmp_path, name, text))
    assert (done.returncode, done.stderr) == (1, "")
    assert f"error {code}" in done.stdout


@pytest.mark.parametrize("name", ["missing.yaml", "nowhere", "/dev/null"])
def test_what_is_not_there_is_more_than_a_finding(tmp_path: Path, name: str) -> None:
    done = run("check", name, with_faults(tmp_path), cwd=tmp_path)
    assert done.returncode == 3
    assert "error PE203: " in done.stdout  # the other file is checked all the same


def test_warnings_count_when_asked(tmp_path: Path) -> None:
    text = POLICY.read_text(encoding="utf-8")
    reading = "\n  spare:\n    question: {zh: 问, en: q}\n    options: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}}\n"
    text = text.replace("\nreadings:", "\nreadings:" + reading + "    default: a\n    why: {zh: 因, en: w}", 1)
    path = written(tmp_path, "warned.yaml", text)
    assert run("check", path, cwd=tmp_path).returncode == 0
    done = run("check", path, "--fail-on", "warning", cwd=tmp_path)
    assert done.returncode == 1
    assert "warning PE218: " in done.stdout
    assert done.stdout.endswith("1 warning\n")


def test_packaged_policies(tmp_path: Path) -> None:
    done = run("policies", cwd=tmp_path)
    assert done.returncode == 0
    assert "\nchangzhi-energy-bureau: Changzhi Energy Bureau, response to public sentiment; " in f"\n{done.stdout}"
    listed = json.loads(run("policies", "--format", "json", cwd=tmp_path).stdout)["policies"]
    assert [each["id"] for each in listed] == [line.partition(":")[0] for line in done.stdout.splitlines()]


def test_schemas_are_printed_written_and_compared(tmp_path: Path) -> None:
    missing = run("schema", "--check", cwd=tmp_path)
    assert missing.returncode == 1
    assert "schemas/policy.schema.json: missing\n" in missing.stdout
    assert missing.stderr == "run: policyengine schema --write schemas\n"
    assert run("schema", "--write", "schemas", cwd=tmp_path).returncode == 0
    clean = run("schema", "--check", cwd=tmp_path)
    assert (clean.returncode, clean.stderr) == (0, "")
    names = sorted(path.name for path in (tmp_path / "schemas").iterdir())
    assert names == sorted(f"{name}.schema.json" for name in NAMES)
    printed = run("schema", "case", cwd=tmp_path)
    assert printed.stdout == (tmp_path / "schemas" / "case.schema.json").read_text(encoding="utf-8")
    (tmp_path / "schemas" / "case.schema.json").write_text("{}")
    (tmp_path / "schemas" / "old.schema.json").write_text("{}")
    drift = run("schema", "--check", "--lang", "zh", cwd=tmp_path)
    assert drift.returncode == 1
    assert drift.stdout == "schemas/case.schema.json：与应写出的不同\nschemas/old.schema.json：不再写出\n"


NAMES = (
    *("policy", "vocabulary", "case", "example", "calendar", "columns", "waivers"),
    *("assessment", "assessments", "readings", "worklist", "explanation", "diagnostics"),
    *("comparison", "strictness", "strictness-range", "proof", "diff"),
    *("audit", "baseline", "test", "coverage", "mutation", "fuzz"),
)


def test_schemas_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "schemas").touch()
    done = run("schema", "--write", "schemas", cwd=tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("cannot write the output: schemas: ")


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """Return a policy that rests on two sentences."""
    head, _, _ = POLICY.read_text(encoding="utf-8").partition("\nreadings:")
    clauses = "".join(
        f'    "CZH:{n}": {{number: "{n}", digest: {digest(text)}, says: {{zh: 句, en: s}}, disposition: purpose}}\n'
        for n, text in ((3, "第一句。"), (5, "第二句。"))
    )
    head = "\n".join(line for line in head.splitlines() if "clause:" not in line and line != "roles:")
    source = f"source:\n  title: {{zh: 文, en: t}}\n  extent: {{copies: 2}}\n  clauses:\n{clauses}"
    return written(tmp_path, "two.yaml", f"{head}\nprovisions: []\n{source}")


def test_the_text_of_a_policy(tmp_path: Path, policy: Path) -> None:
    same = written(tmp_path, "same.txt", "第一句。 第二句。\n\n第一句。\n第二句。\n")
    done = run("sources", "verify", policy, "--text", same, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "2 sentences x 2 copies, all accounted for\n"), done.stderr
    done = run("sources", "verify", policy, "--text", same, "--lang", "zh", cwd=tmp_path)
    assert done.stdout == "2 句 x 2 份，全部对应\n"


def test_another_text(tmp_path: Path, policy: Path) -> None:
    other = written(tmp_path, "other.txt", "第一句。第二句。第一句。第贰句。")
    done = run("sources", "verify", policy, "--text", other, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"{other}:1:13: error PE511: the sentence of `CZH:5` differs from the one that was read\n" in done.stdout
    assert f"    1 | 第一句。第二句。第一句。第贰句。\n      | {'':24}^^^^^^^^\n" in done.stdout
    assert json.loads(run("sources", "verify", policy, "--text", other, "--format", "json", cwd=tmp_path).stdout)[
        "errors"
    ]


def without_texts(policy: Path, *clauses: str) -> Path:
    """Make the text of *clauses* of a policy one that is not at hand."""
    lines = policy.read_text(encoding="utf-8").splitlines()
    mended = [
        re.sub("digest: [0-9a-f]{16}", "at_hand: false", line) if any(f'"{each}"' in line for each in clauses) else line
        for line in lines
    ]
    policy.write_text("\n".join(mended) + "\n", encoding="utf-8")
    return policy


def test_a_text_that_is_not_at_hand_in_part(tmp_path: Path, policy: Path) -> None:
    without_texts(policy, "CZH:5")
    text = written(tmp_path, "same.txt", "第一句。\n第一句。\n")
    done = run("sources", "verify", policy, "--text", text, cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "1 sentences x 2 copies, all accounted for",
            "changzhi-energy-bureau: the text of these clauses is not at hand and was not verified: CZH:5",
        ],
    )
    done = run("sources", "verify", policy, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the option `--text` is missing" in done.stderr


@pytest.mark.parametrize("given", [pytest.param(False, id="no text"), pytest.param(True, id="a text")])
def test_nothing_to_verify_against(tmp_path: Path, policy: Path, given: bool) -> None:
    without_texts(policy, "CZH:3", "CZH:5")
    text = ("--text", written(tmp_path, "some.txt", "第一句。")) if given else ()
    done = run("sources", "verify", policy, *text, cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "changzhi-energy-bureau: the text of these clauses is not at hand and was not verified: CZH:3, CZH:5",
            "changzhi-energy-bureau: no clause has a digest, so there is nothing to verify against",
        ],
    )
    done = run("sources", "verify", policy, *text, "--lang", "zh", cwd=tmp_path)
    assert done.stdout.splitlines() == [
        "changzhi-energy-bureau：以下条款的原文不在手，未经核对：CZH:3, CZH:5",
        "changzhi-energy-bureau：没有一条有摘要值，无从核对",
    ]
    done = run("sources", "verify", policy, *text, "--format", "json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)["diagnostics"]) == (0, [])
    assert "nothing to verify against" in done.stderr


def test_no_text(tmp_path: Path, policy: Path) -> None:
    for arguments in ((policy, "--text", "missing.txt"), ("nowhere", "--text", policy)):
        done = run("sources", "verify", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        assert "error PE" in done.stderr
