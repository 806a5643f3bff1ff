"""`policyengine audit` as a process: what it finds in every form of log, what it writes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partialmethod
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import jsonschema
import pytest

from policyengine.checks.audit.findings import Findings
from policyengine.checks.audit.schema import baseline_schema
from policyengine.cli.audit_formats import FORMATS
from policyengine.cli.help import Misuse
from policyengine.cli.long_out import deliver_pieces
from policyengine.cli.scratch import scratch
from policyengine.errors import MissingExtraError
from tests.support import planted_log
from tests.support.command import COMMAND, call, environment, run, started
from tests.support.planted_log import AS_OF, PLANTED, WRITERS

if TYPE_CHECKING:
    from tests.support.golden import Golden

ASKED = ("--policy", "rules/planted.yaml", "--as-of", AS_OF)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with the planted log in every form, and the policy that it is held to."""
    folder = tmp_path_factory.mktemp("planted")
    planted_log.write_policy(folder / "rules")
    for write in WRITERS.values():
        write(folder)
    return folder


LOGS = {"yaml": "cases", "jsonl": "log.jsonl", "csv": "log.csv", "parquet": "log.parquet"}


Audited = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def audited(
    planted: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return what runs the audit of a log of the planted ones within this process."""

    def ran(*more: str | Path, log: str = "log.csv", asked: Sequence[str] = ASKED) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(planted)
        return call(capsys, "audit", log, *asked, *more)

    return ran


Told = list[tuple[str, str, str]]


def in_json(text: str) -> Told:
    """Return case, kind and subject of each finding; of a fault its code."""
    found = json.loads(text)["findings"]
    about = [each["diagnostic"]["code"] if each["diagnostic"] else each["subject"]["id"] for each in found]
    return [(each["case"], each["kind"], subject) for each, subject in zip(found, about, strict=True)]


def in_csv(text: str) -> Told:
    """Return the same of a table."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return [(each["case"], each["kind"], each["code"] or each["subject"]) for each in rows]


def in_sarif(text: str) -> Told:
    """Return the same of a SARIF log."""
    (ran,) = json.loads(text)["runs"]
    found = [(each["properties"]["case"], each["ruleId"].split("/")) for each in ran["results"]]
    return [(case, rule[0], rule[-1]) for case, rule in found]


def cases_told(text: str) -> list[str]:
    """Return the cases that a text for readers names as those of findings, in order."""
    return sorted(re.findall(r"(?:Case |case |<td class=\"case\">)(c-\d{3})", text))


READ = {"json": in_json, "csv": in_csv, "sarif": in_sarif}


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("output", READ)
def test_exactly_what_was_planted(audited: Audited, log: str, output: str) -> None:
    done = audited("--format", output, "--quiet", log=LOGS[log])
    assert (done.returncode, done.stderr) == (3, "")
    assert READ[output](done.stdout) == list(PLANTED)


@pytest.mark.parametrize("log", LOGS)
@pytest.mark.parametrize("output", ["text", "markdown", "github", "html", "junit"])
def test_exactly_what_was_planted_for_those_who_read(audited: Audited, log: str, output: str) -> None:
    done = audited("--format", output, "--quiet", log=LOGS[log])
    assert (done.returncode, done.stderr) == (3, "")
    assert cases_told(done.stdout) == sorted(case for case, _, _ in PLANTED)


def test_junit_counts_what_passed_and_what_failed(audited: Audited) -> None:
    whole = ElementTree.fromstring(audited("--format", "junit", "--quiet").stdout)  # noqa: S314  our own text
    counts = {name: int(whole.attrib[name]) for name in ("tests", "failures", "errors")}
    assert counts == {"tests": 200, "failures": 5, "errors": 2}  # c-042 is breached twice
    graver = audited("--format", "junit", "--quiet", "--fail-on", "undetermined").stdout
    assert int(ElementTree.fromstring(graver).attrib["failures"]) == 7  # noqa: S314  likewise


@pytest.mark.parametrize(
    ("log", "line"), [("cases", 3), ("log.jsonl", 29), ("log.csv", 30)], ids=["yaml", "jsonl", "csv"]
)
def test_a_finding_is_on_the_line_of_the_log_and_of_the_policy(audited: Audited, log: str, line: int) -> None:
    (first, *_) = json.loads(audited("--format", "json", "--quiet", log=log).stdout)["findings"]
    place, norm = first["span"], first["policy_span"]
    assert "c-007" in Path(place["file"]).read_text().split("\n")[0 if log == "cases" else place["line"] - 1]
    assert (place["line"], norm["file"]) == (line, "rules/planted.yaml")
    assert Path(norm["file"]).read_text().split("\n")[norm["line"] - 1] == "  - id: answer"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_whole_text(audited: Audited, golden: Golden, lang: str) -> None:
    golden.check(f"audit-planted.{lang}.txt", audited("--lang", lang).stdout)


def clean(folder: Path) -> str:
    """Return a log without what keeps it from being read."""
    lines = (folder / "log.csv").read_text().splitlines(keepends=True)
    path = folder / "clean.csv"
    path.write_text("".join(line for line in lines if not line.startswith(("c-140", "c-151"))))
    return path.name


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ((), 1),
        (("--fail-on", "violation"), 1),
        (("--fail-on", "undetermined"), 1),
        (("--fail-on", "never"), 0),
        (("--write-baseline", "known.json"), 0),
        (("--baseline", "known.json"), 0),
        (("--baseline", "known.json", "--fail-on", "undetermined"), 0),
        (("--since", "2026-05-01"), 0),
        (("--since", "2026-05-01", "--fail-on", "undetermined"), 1),
        (("--until", "2026-01-02"), 1),
        (("--until", "2026-01-01"), 0),
    ],
)
def test_exit_codes(planted: Path, audited: Audited, more: tuple[str, ...], code: int) -> None:
    log = clean(planted)
    audited("--write-baseline", "known.json", log=log)
    assert audited(*more, log=log).returncode == code


def test_what_cannot_be_read_ends_with_3_whatever_else_is_asked(audited: Audited) -> None:
    for more in ((), ("--fail-on", "never"), ("--write-baseline", "some.json"), ("--baseline", "some.json")):
        assert audited(*more).returncode == 3


def test_a_baseline_lets_known_findings_pass_and_tells_those_that_are_gone(planted: Path, audited: Audited) -> None:
    log = clean(planted)
    assert audited("--write-baseline", "base.json", log=log).returncode == 0
    found = json.loads((planted / "base.json").read_text())
    jsonschema.validate(found, baseline_schema())
    assert len(found["findings"]) == 10
    later = (planted / log).read_text().replace("c-007,e1,start", "c-007,e1,stop")
    (planted / log).write_text(later.replace("c-008,e2,tell", "c-008,e2,forgive"))
    done = audited("--baseline", "base.json", "--format", "csv", "--fail-on", "advisory", log=log)
    new = [each for each in csv.DictReader(io.StringIO(done.stdout)) if each["state"] == "new"]
    assert done.stderr == "findings of the baseline that are gone, and can be taken out of it (1): c-007 answer\n"
    assert (done.returncode, [each["case"] for each in new]) == (1, ["c-008"])
    assert audited("--baseline", "base.json", "--quiet", log=log).stderr == ""


WAIVERS = """\
waivers:
  - case: c-007
    provision: answer
    kinds: violation
    granted: 2026-12-01
    expires: 2026-12-31
    authority: the director
    reason: the file was in court
  - case: c-019
    kinds: violation
    granted: 2026-01-01
    expires: 2026-06-30
    authority: the director
    reason: the line was cut
"""


def test_waivers_and_what_is_said_of_those_that_do_not_hold(planted: Path, audited: Audited) -> None:
    (planted / "waivers.yaml").write_text(WAIVERS)
    done = audited("--waivers", "waivers.yaml", "--format", "csv", log=clean(planted))
    rows = list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"))))
    assert [each["waived_by"] for each in rows if each["case"] == "c-007"] == ["the director"]
    assert [(each["kind"], each["file"], each["line"]) for each in rows if each["code"]] == [
        ("waiver", "waivers.yaml", "9")
    ]
    assert "waivers.yaml:9:5: warning PE683: the waiver expired on 2026-06-30" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--fail-on", "gap"), 2, "--fail-on"),
        (("--since", "2026-13-01"), 2, "--since is a day such as 2025-10-08, not `2026-13-01`"),
        (("--until", "20261201"), 2, "--until is a day"),
        (("--since", "2026-05-01", "--until", "2026-04-30"), 2, "--since is later than --until"),
        (("--since", "2026-05-01", "--write-baseline", "w.json"), 2, "--write-baseline excludes"),
        (("--reading", "nothing=more"), 2, "nothing"),
        (("--reading", "a=b", "--readings", "all"), 2, "exclude each other"),
        (("--out", "none/out.txt"), 2, "cannot write `none/out.txt`"),
        (("--out", "cases"), 2, "cannot write `cases`: it is a directory"),
        (("--out", "a\0b"), 2, "cannot write"),
        (("--summary", "none/out.md"), 2, "cannot write `none/out.md`"),
        (("--write-baseline", "none/out.json"), 2, "cannot write `none/out.json`"),
        (("--policy", "none.yaml"), 3, "PE101"),
        (("--columns", "none.yaml"), 3, "PE101"),
        (("--waivers", "log.csv"), 3, "log.csv"),
        (("--baseline", "log.csv"), 3, "PE685"),
        (("--baseline", "none.json"), 3, "PE101"),
    ],
)
def test_what_is_wrong_before_anything_is_read(audited: Audited, more: tuple[str, ...], code: int, said: str) -> None:
    done = audited(*more)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_a_reading_that_no_policy_of_the_log_has(planted: Path, audited: Audited) -> None:
    text = (planted / "log.csv").read_text().splitlines()
    rows = [f"{line},policy" if number == 0 else f"{line},rules/planted.yaml" for number, line in enumerate(text)]
    (planted / "own.csv").write_text("\n".join(each for each in rows if "c-140" not in each and "c-151" not in each))
    asked = ("--as-of", AS_OF)
    assert audited(log="own.csv", asked=asked).returncode == 1
    done = audited("--reading", "nothing=more", log="own.csv", asked=asked)
    assert (done.returncode, done.stdout) == (2, "")


def test_two_policies_of_one_name(planted: Path, audited: Audited) -> None:
    text = (planted / "rules" / "planted.yaml").read_text()
    (planted / "rules" / "other.yaml").write_text(text.replace("hours: 24", "hours: 48"))
    done = audited("--policy", "rules/other.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "two different policies are called `planted`" in done.stderr


def test_more_findings_than_a_baseline_holds(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policyengine.checks.audit.baseline.MOST_KNOWN", 2)
    done = audited("--write-baseline", "many.json")
    assert (done.returncode, done.stdout, Path("many.json").exists()) == (2, "", False)
    assert "too many for a baseline" in done.stderr


@pytest.mark.parametrize(
    ("missing", "more", "extra"),
    [
        ("policyengine.cli.audit.read_logs", (), "parquet"),
        ("policyengine.report.audit.html.audit_html", ("--format", "html"), "html"),
    ],
    ids=["a log in Parquet", "a page in HTML"],
)
def test_what_is_not_installed(
    audited: Audited, monkeypatch: pytest.MonkeyPatch, missing: str, more: tuple[str, ...], extra: str
) -> None:
    def fail(*_: object) -> str:
        raise MissingExtraError(extra)

    def later(*_: object, **__: object) -> Iterator[str]:
        return (fail() for _ in range(1))  # a reader does nothing before the first case is asked for

    monkeypatch.setattr(missing, fail if more else later)
    done = audited(*more)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"pip install 'regulatory-duties[{extra}]'" in done.stderr


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(("--out", "log.csv"), id="the log itself"),
        pytest.param(("--write-baseline", "./log.csv"), id="the log by another name"),
        pytest.param(("--out", "new.json", "--write-baseline", "new.json"), id="one file for two things"),
    ],
)
def test_no_log_is_written_over(audited: Audited, planted: Path, more: tuple[str, ...]) -> None:
    log = planted / "log.csv"
    before = log.read_bytes()
    done = audited(*more)
    assert (done.returncode, done.stdout) == (2, "")
    assert "name another file" in done.stderr
    assert log.read_bytes() == before
    assert not (planted / "new.json").exists()


def test_pieces_are_whole_or_not_there(tmp_path: Path) -> None:
    whole = [str(number) * 1000 for number in range(10)] * 20
    deliver_pieces(whole, str(tmp_path / "long.txt"), "en")
    deliver_pieces(["and more"], str(tmp_path / "long.txt"), "en", add=True)
    assert (tmp_path / "long.txt").read_text() == "".join(whole) + "and more"
    deliver_pieces([], str(tmp_path / "empty.txt"), "en")
    assert (tmp_path / "empty.txt").read_text() == ""
    with pytest.raises(Misuse, match="cannot write"):
        deliver_pieces(whole, "a\0b", "en")


def test_a_directory_for_what_is_too_much_in_a_thread_of_its_own() -> None:
    found: list[bool] = []

    def use() -> None:
        with scratch() as folder:
            found.append(folder.is_dir())
        found.append(folder.exists())

    thread = Thread(target=use)
    thread.start()
    thread.join()
    assert found == [True, False]


def test_nobody_guesses_a_clock(audited: Audited) -> None:
    done = audited("--format", "json", asked=ASKED[:2])
    (fault,) = json.loads(done.stdout)["findings"]
    assert (done.returncode, fault["diagnostic"]["code"], fault["span"]["file"]) == (3, "PE603", "log.csv")


def test_an_empty_directory_is_no_clean_log(planted: Path, audited: Audited) -> None:
    (planted / "empty").mkdir(exist_ok=True)
    assert audited(log="empty").returncode == 3


def test_the_answer_in_a_file_and_a_summary_beside_it(planted: Path, audited: Audited) -> None:
    done = audited("--format", "sarif", "--out", "found.sarif", "--summary", "summary.md")
    assert (done.returncode, done.stdout) == (3, "")
    assert "log.csv:570:10: error PE205: unknown event type `strat`" in done.stderr
    assert len(in_sarif((planted / "found.sarif").read_text())) == 12
    assert (planted / "summary.md").read_text().startswith("## Audit of case logs\n")
    assert not list(planted.glob(".*"))


def test_the_summary_of_a_job_on_github(planted: Path) -> None:
    summary = planted / "step.md"
    summary.write_text("from another step\n")
    env = {"GITHUB_STEP_SUMMARY": str(summary)}
    done = run("audit", "log.csv", *ASKED, "--format", "github", "--lang", "en", cwd=planted, env=env)
    assert done.stdout.count("::error ") == 8
    assert summary.read_text().startswith("from another step\n## Audit of case logs\n")
    before = summary.read_text()
    run("audit", "log.csv", *ASKED, "--format", "sarif", cwd=planted, env=env)
    assert summary.read_text() == before


def test_unwritable_at_the_end_leaves_nothing(planted: Path, audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    (planted / "old.json").write_text("old")
    done = audited("--format", "json", "--out", "old.json")
    assert (done.returncode, (planted / "old.json").read_text()) == (2, "old")
    assert "cannot write `old.json`: No space left on device" in done.stderr
    assert not list(planted.glob(".*"))


def test_a_full_disk_while_auditing(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Findings, "add", full)
    done = audited()
    assert (done.returncode, done.stdout) == (3, "")
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM], ids=lambda each: each.name)
def test_an_interruption_leaves_nothing_behind(planted: Path, tmp_path: Path, sent: signal.Signals) -> None:
    """The log is a pipe that never ends, so that the audit is under way whenever it is interrupted."""
    with (planted / "log.csv").open() as file:
        head = file.readline()
    many = planted / "many.csv"
    rows = (f"c-{n},e1,start,2026-01-05T09:00:00+08:00,,,high\n" for n in range(60_000))
    many.write_text(head + "".join(rows))
    asked = ("audit", many, *ASKED, "--out", tmp_path / "out.txt")
    with started(*asked, cwd=planted, env={"TMPDIR": str(tmp_path)}) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("policyengine-*/log")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.5)
        process.send_signal(sent)
        out, said = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def test_under_every_reading(planted: Path, audited: Audited) -> None:
    done = audited("--readings", "all", "--format", "json", "--quiet", log=clean(planted))
    found = json.loads(done.stdout)
    assert (found["every_reading"], {each["extent"] for each in found["findings"]}) == (True, {"every"})
    assert (done.returncode, len(found["findings"])) == (1, 9)  # the two breaches of one duty are one finding here


def test_findings_in_a_file_are_told_as_those_in_memory(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [audited("--format", output, "--quiet").stdout for output in FORMATS]
    monkeypatch.setattr(Findings, "__init__", partialmethod(Findings.__init__, held=3))
    assert [audited("--format", output, "--quiet").stdout for output in FORMATS] == whole


def said_on_a_terminal(folder: Path, *more: str, env: dict[str, str] | None = None) -> str:
    """Return what the audit says on standard error, where that is a terminal."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, its = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "audit", "log.csv", *ASKED, "--lang", "en", "--out", "shown.txt", *more],
        cwd=folder,
        env=environment({"TERM": "xterm", **(env or {})}),
        stderr=its,
    )
    os.close(its)
    said = b""
    with suppress(OSError):  # how Linux says that the other side is closed
        while read := os.read(ours, 65536):
            said += read
    os.close(ours)
    process.wait(timeout=60)
    return said.decode()


def test_how_far_it_is_shows_on_a_terminal_that_somebody_watches(planted: Path) -> None:
    assert "100%" in said_on_a_terminal(planted)
    assert "%" not in said_on_a_terminal(planted, "--quiet")
    assert "%" not in said_on_a_terminal(planted, env={"TERM": "dumb"})
    assert "%" not in run("audit", "log.csv", *ASKED, "--format", "sarif", cwd=planted).stderr
