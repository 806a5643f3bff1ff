"""`policyengine test --mutate`: its exit codes, its formats, the examples it writes, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from policyengine.cli.help import Misuse
from policyengine.cli.test_mutation import MutationAsked, mutation_options, run_mutation
from policyengine.errors import LoadError
from tests.support.command import run
from tests.support.mutants import PLAIN, shop, trial

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shop(tmp_path, policy=PLAIN)
    return tmp_path


def mutate(
    folder: Path, *, output: str = "json", minimum: float | None = None, asked: MutationAsked | None = None
) -> tuple[str, int]:
    on = trial(folder)
    return run_mutation(
        on.examples, on.policies, output=output, lang="en", minimum=minimum, asked=asked or MutationAsked()
    )


def test_the_whole_command(folder: Path) -> None:
    done = run("test", "told-late.yaml", "--mutate", "--min-score", "99", "--format", "json", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    (found,) = json.loads(done.stdout)["mutation"]["policies"]
    assert (found["id"], found["below"]) == ("shop", True)
    assert {each["span"]["file"] for each in found["mutants"]} == {"shop.yaml"}


@pytest.mark.parametrize(("minimum", "code"), [(None, 0), (10.0, 0), (99.0, 1)])
def test_exit_codes(folder: Path, minimum: float | None, code: int) -> None:
    text, found = mutate(folder, output="text", minimum=minimum)
    assert found == code
    assert text.startswith("Mutants of Rules of the shop (shop)\n")


def test_markdown(folder: Path) -> None:
    assert mutate(folder, output="markdown")[0].startswith("# Mutants of Rules of the shop")


def test_examples_are_written_and_nothing_is_replaced(folder: Path) -> None:
    asked = MutationAsked(witness="more")
    assert mutate(folder, asked=asked)[1] == 0
    written = sorted((folder / "more").iterdir())
    assert written
    assert all("policy: ../shop.yaml" in each.read_text(encoding="utf-8") for each in written)
    with pytest.raises(Misuse, match="is there already"):
        mutate(folder, asked=asked)


def test_written_examples_are_met(folder: Path) -> None:
    mutate(folder, asked=MutationAsked(witness="more"))
    done = run("test", "more", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")


def test_accepted_survivors_have_their_reason(folder: Path) -> None:
    text = "accepted:\n  - {policy: shop, mutant: 'repair:remove', reason: to be repealed}\n"
    (folder / "accepted.txt").write_text(text, encoding="utf-8")
    text, _ = mutate(folder, output="text", asked=MutationAsked(accepted="accepted.txt"))
    assert "reason: to be repealed" in text


@pytest.mark.parametrize("text", ["accepted: 3", "accepted: [{policy: shop}]"])
def test_a_faulty_file_of_reasons(folder: Path, text: str) -> None:
    (folder / "accepted.txt").write_text(text, encoding="utf-8")
    with pytest.raises(LoadError):
        mutate(folder, asked=MutationAsked(accepted="accepted.txt"))


@pytest.mark.parametrize("jobs", ["0", "000", "-1", "two", "1.5", "", "²", "1000", "9" * 5000])
def test_numbers_of_processes(folder: Path, jobs: str) -> None:
    with pytest.raises(Misuse, match="whole number"):
        mutate(folder, asked=MutationAsked(jobs=jobs))


@pytest.mark.parametrize(("file", "line"), [("draft.yml", 17), ("told-late.yaml", None), ("gone.yml", None)])
def test_a_draft_is_told_by_its_own_lines(folder: Path, file: str, line: int | None) -> None:
    """A policy that stands in for the one that the examples name is mutated; of another file no line is told."""
    (folder / "draft.yml").write_text(f"# moved down\n{PLAIN}", encoding="utf-8")
    (found,) = json.loads(mutate(folder, asked=MutationAsked(files={"shop": file}))[0])["policies"]
    spans = {each["id"]: each["span"] for each in found["mutants"]}
    assert (spans["tell-soon:remove"] or {}).get("line") == line


def test_only_the_policies_that_stand_in_are_mutated(folder: Path) -> None:
    assert json.loads(mutate(folder, asked=MutationAsked(files={"other": "shop.yaml"}))[0])["policies"] == []


def test_options_are_explained_in_both_languages() -> None:
    found = mutation_options()
    assert [each.name for each in found] == ["witness", "accepted", "jobs"]
    assert all(each.says.en.isascii() and each.says.zh != each.says.en for each in found)
