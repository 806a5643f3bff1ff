"""`policyengine check` with house rules, configurations, directories, examples and the forms of CI."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.support.command import call, run

TESTS = Path(__file__).parents[1]
LINT = TESTS / "policies" / "lint"
BAD = (LINT / "bad" / "role-unused.yaml").read_text("utf-8")
GOOD = (LINT / "good" / "role-unused.yaml").read_text("utf-8")
CASE = """\
case: one
policy: policy.yaml
as_of: 2025-01-05T00:00:00+08:00
events:
  - {id: e1, type: detected, at: 2025-01-01T00:00:00+08:00}
"""
FOUND = "policy.yaml:10:3: warning PE721: nothing uses the role `office` that the policy declares\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current directory, which has one policy with one finding."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.yaml").write_text(BAD, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_finding_is_a_warning_with_its_line(folder: Path) -> None:
    done = run("check", "policy.yaml", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(FOUND)
    assert done.stdout.endswith("1 warning\n")
    assert run("check", "policy.yaml", "--fail-on", "warning", cwd=folder).returncode == 1
    chinese = run("check", "policy.yaml", "--lang", "zh", cwd=folder).stdout
    assert "警告 PE721：没有任何地方使用本规则声明的角色 `office`" in chinese


@pytest.mark.parametrize(
    ("options", "code"),
    [
        pytest.param(("--no-lint",), 0, id="without"),
        pytest.param(("--ignore", "role-unused"), 0, id="ignored by name"),
        pytest.param(("--ignore", "PE721"), 0, id="ignored by code"),
        pytest.param(("--select", "one-option"), 0, id="another is selected"),
        pytest.param(("--select", "role-unused"), 1, id="selected"),
        pytest.param(("--select", "PE721", "--select", "one-option"), 1, id="selected among others"),
    ],
)
def test_rules_are_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], code: int
) -> None:
    assert call(capsys, "check", folder / "policy.yaml", "--fail-on", "warning", *options).returncode == code


def test_a_rule_that_is_off_is_run_when_it_is_selected(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, "policy.yaml", (LINT / "bad" / "strength-without-wording.yaml").read_text("utf-8"))
    assert call(capsys, "check", "policy.yaml").stdout == "nothing wrong\n"
    assert "PE728" in call(capsys, "check", "policy.yaml", "--select", "strength-without-wording").stdout


def test_an_unknown_rule_is_refused(folder: Path) -> None:
    done = run("check", "policy.yaml", "--ignore", "role-unsed", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no house rule `role-unsed`; did you mean `role-unused`?" in done.stderr


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("policyengine.toml", '[lint]\nrole-unused = "off"\n', id="beside"),
        pytest.param("pyproject.toml", '[tool.policyengine.lint]\nrole-unused = "off"\n', id="of the project"),
        pytest.param(
            "policyengine.toml",
            '[[lint.accept]]\nrule = "role-unused"\nsubject = "office"\nreason = "later"\n',
            id="accepted",
        ),
    ],
)
def test_a_configuration_is_found_upward(folder: Path, name: str, text: str) -> None:
    write(folder, name, text)
    write(folder, "deep/er/policy.yaml", BAD)
    done = run("check", "policy.yaml", "deep/er/policy.yaml", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "nothing wrong\n")
    assert run("check", "policy.yaml", cwd=folder / "deep" / "er").stdout == "nothing wrong\n"


def test_the_nearest_configuration_counts(folder: Path) -> None:
    write(folder, "policyengine.toml", '[lint]\nrole-unused = "off"\n')
    write(folder, "sub/policyengine.toml", '[lint]\nrole-unused = "error"\n')
    write(folder, "sub/policy.yaml", BAD)
    done = run("check", "policy.yaml", "sub/policy.yaml", cwd=folder)
    assert done.returncode == 1
    assert "sub/policy.yaml:10:3: error PE721" in done.stdout
    assert done.stdout.endswith("1 error\n")


def test_a_configuration_that_is_named(folder: Path) -> None:
    write(folder, "policyengine.toml", '[lint]\nrole-unused = "error"\n')
    write(folder, "other.toml", '[lint]\nrole-unused = "off"\n')
    assert run("check", "policy.yaml", "--config", "other.toml", cwd=folder).stdout == "nothing wrong\n"
    missing = run("check", "policy.yaml", "--config", "none.toml", cwd=folder)
    assert missing.returncode == 3
    assert "none.toml:1:1: error PE101" in missing.stdout


def test_a_fault_of_the_configuration_is_told_once(folder: Path) -> None:
    write(folder, "policyengine.toml", '[lint]\nrole-unsed = "off"\n')
    write(folder, "two.yaml", GOOD)
    done = run("check", "policy.yaml", "two.yaml", cwd=folder)
    assert done.returncode == 1
    assert done.stdout.count("policyengine.toml:2:1: error PE792: there is no house rule `role-unsed`") == 1


def test_an_entry_that_accepts_nothing_is_told(folder: Path) -> None:
    write(folder, "policyengine.toml", '[[lint.accept]]\nrule = "one-option"\nreason = "so"\n')
    done = run("check", "policy.yaml", cwd=folder)
    assert "policyengine.toml:1:3: warning PE794" in done.stdout
    assert "PE794" not in run("check", "policy.yaml", "--no-lint", cwd=folder).stdout


def test_a_directory_is_checked_with_all_that_is_ours(folder: Path) -> None:
    write(folder, "cases/case.yaml", CASE.replace("policy.yaml", "../policy.yaml"))
    write(folder, "cases/broken.yaml", "case: [\n")
    write(folder, "other.yaml", "on: push\n")
    write(folder, "notes.yml", "- a list\n")
    write(folder, ".hidden/policy.yaml", "policy: 1\n")
    write(folder, "latin.yaml", "title: x\n")
    (folder / "latin.yaml").write_bytes(b"title: \xe9\n")
    done = run("check", ".", "--format", "json", cwd=folder)
    assert done.returncode == 1
    found = {each["span"]["file"]: each["code"] for each in json.loads(done.stdout)["diagnostics"]}
    assert found == {"cases/broken.yaml": "PE104", "policy.yaml": "PE721"}


def test_a_directory_is_checked_without_what_is_excluded(folder: Path) -> None:
    write(folder, "policyengine.toml", 'exclude = ["bad", "*.draft.yaml"]\n[lint]\nrole-unused = "off"\n')
    for name in ("bad/deep/policy.yaml", "policy.draft.yaml"):
        write(folder, name, "policy: 1\n")
    assert run("check", ".", cwd=folder).stdout == "nothing wrong\n"
    assert run("check", "policy.draft.yaml", cwd=folder).returncode == 1
    assert run("check", "policy.draft.yaml", "--skip-others", "--quiet", cwd=folder).returncode == 0


def test_a_directory_without_a_file_of_ours_is_a_mistake(folder: Path) -> None:
    (folder / "empty").mkdir()
    done = run("check", "empty", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no file to check in `empty`" in done.stderr


def test_examples_are_checked_under_their_policies(folder: Path) -> None:
    write(folder, "example.yaml", CASE + "expect:\n  - {provision: respond-in-tiem, status: overdue}\n")
    item = "{case: a, as_of: 2025-01-05T00:00:00+08:00, facts: {nonsense: 1}, expect: []}"
    write(folder, "several.yaml", f"policy: policy.yaml\nexamples:\n  - {item}\n")
    done = run("check", "example.yaml", "several.yaml", "--no-lint", cwd=folder)
    assert done.returncode == 1
    assert "example.yaml:7:17: error" in done.stdout
    assert "did you mean `respond-in-time`" in done.stdout
    assert "several.yaml:3:" in done.stdout


def test_quiet_says_nothing_where_nothing_is_wrong(folder: Path) -> None:
    assert run("check", "policy.yaml", "--quiet", "--no-lint", cwd=folder).stdout == ""
    assert run("check", "policy.yaml", "--quiet", cwd=folder).stdout.startswith(FOUND)


def test_forms_of_ci(folder: Path) -> None:
    write(folder, "good.yaml", GOOD)
    marked = run("check", "policy.yaml", "good.yaml", "--format", "github", cwd=folder).stdout
    assert marked.startswith("::warning file=policy.yaml,line=10,endLine=10,col=3,endColumn=9,title=PE721")
    sarif = run("check", "policy.yaml", "good.yaml", "--format", "sarif", "--out", "a.sarif", cwd=folder)
    assert (sarif.returncode, sarif.stdout) == (0, "")
    (one,) = json.loads((folder / "a.sarif").read_text("utf-8"))["runs"]
    assert [each["ruleId"] for each in one["results"]] == ["PE721"]
    assert one["tool"]["driver"]["rules"][0]["shortDescription"]["text"].startswith("role-unused")
    for options, failures in (((), "0"), (("--fail-on", "warning"), "1")):
        junit = run("check", "policy.yaml", "good.yaml", "--format", "junit", *options, cwd=folder).stdout
        whole = ElementTree.fromstring(junit)  # noqa: S314  our own output
        assert (whole.get("tests"), whole.get("failures")) == ("2", failures)


def test_forms_of_ci_where_a_file_is_missing(folder: Path) -> None:
    done = run("check", "none.yaml", "--format", "sarif", cwd=folder)
    assert done.returncode == 3
    (one,) = json.loads(done.stdout)["runs"]
    assert one["invocations"] == [{"executionSuccessful": False}]
    assert run("check", "none.yaml", "--format", "sarif", "--out", "no/such/a.sarif", cwd=folder).returncode == 2


def test_our_own_repository_is_clean() -> None:
    done = run("check", ".", "--fail-on", "warning", cwd=TESTS.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "nothing wrong\n", "")
