"""`policyengine test --update`: what came out, recorded in the example files, all of them or none."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policyengine.checks.examples.recording import Recorded, recorded
from policyengine.checks.examples.running import Held, run
from policyengine.cli.exits import ANSWERED, DID_NOT_LOAD, FINDINGS
from policyengine.cli.help import Misuse
from policyengine.cli.out import CANNOT_WRITE_FILE, deliver
from policyengine.cli.streams import tell
from policyengine.diagnostics import Level, has_errors
from policyengine.loading.text import decode
from policyengine.report.diagnostics import diagnostics_text
from policyengine.report.examples.telling import Telling
from policyengine.wording import Wording

if TYPE_CHECKING:
    from pathlib import Path

    from policyengine.checks.examples.bench import Bench
    from policyengine.checks.examples.reading import ExampleFile
    from policyengine.wording import Lang

_CHANGED = Wording(
    "`{name}` 在读取之后又有改动，没有写入任何文件", "`{name}` was changed after it was read; nothing was written"
)
_RECORDED = Wording("已记录 {n} 个值，改动文件 {files} 个", "values recorded: {n}, files changed: {files}")
_WOULD = Wording(
    "将记录 {n} 个值，改动文件 {files} 个；没有写入", "values to record: {n}, files to change: {files}; nothing written"
)
_LEFT = Wording("{place}：须自行处理：{about}", "{place}: left to you: {about}")


@dataclass(frozen=True, slots=True)
class _Change:
    """A file about to be written, by its name and its path: what it holds now, and what it will hold."""

    name: str
    path: Path
    old: bytes
    new: str
    values: int


def updated(ready: Bench, files: Sequence[ExampleFile], lang: Lang, *, dry_run: bool, out: str | None) -> int:
    """Record what came out in *files*, show the difference, and tell what is left to the author."""
    if ready.faults:
        tell(diagnostics_text(ready.faults, lang))
    telling = Telling(ready.policies, lang)
    failed = [each for each in run(ready.examples, ready.policies) if not each.outcome.passed]
    at_fault = {each.span.file for each in ready.faults if each.span is not None and each.level is Level.ERROR}
    changes, left = list[_Change](), [each for each in failed if each.example.file in at_fault]
    for file in files:
        own = [each for each in failed if each.example.file == _name(file) and each.example.file not in at_fault]
        if own:
            change, found = _recorded(file, own, telling, lang)
            changes += [change] if change.values else []
            left += found.left
    deliver("".join(_differences(changes)), out, lang)
    if not dry_run:
        _write(changes, lang)
    _tell(changes, left, telling, dry_run=dry_run)
    if has_errors(ready.faults):
        return DID_NOT_LOAD
    return FINDINGS if left or (dry_run and changes) else ANSWERED


def _name(file: ExampleFile) -> str:
    return "" if file.source is None else file.source.file


def _recorded(file: ExampleFile, failed: Iterable[Held], telling: Telling, lang: Lang) -> tuple[_Change, Recorded]:
    old = _bytes(file.path, lang)
    source, _ = decode(_name(file), old)
    if source is None or file.source is None or source.text != file.source.text:
        raise Misuse(_CHANGED.within(lang).format(name=file.path))
    found = recorded(source.file, old.decode("utf-8"), [(each, telling.zone(each)) for each in failed])
    return _Change(source.file, file.path.resolve(), old, found.text, found.values), found


def _bytes(path: Path, lang: Lang) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Misuse(_CHANGED.within(lang).format(name=path)) from error


def _differences(changes: Iterable[_Change]) -> Iterator[str]:
    for each in changes:
        old, new = each.old.decode("utf-8"), each.new
        parts = (old.splitlines(keepends=True), new.splitlines(keepends=True))
        lines = difflib.unified_diff(*parts, each.name, each.name)
        for line in lines:
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _write(changes: Sequence[_Change], lang: Lang) -> None:
    """Write every file, or none: each is written beside the one that it then replaces."""
    staged: list[tuple[_Change, Path]] = []
    try:
        for each in changes:
            beside = each.path.with_name(f".{each.path.name}.{os.getpid()}")
            with beside.open("xb") as file:
                staged.append((each, beside))
                file.write(each.new.encode("utf-8"))
            shutil.copymode(each.path, beside)
        _require_unchanged(changes, lang)
        _replace(staged)
    except OSError as error:
        raise Misuse(CANNOT_WRITE_FILE.within(lang).format(name=error.filename, reason=error.strerror)) from error
    finally:
        for _, beside in staged:
            with suppress(OSError):
                beside.unlink(missing_ok=True)


def _require_unchanged(changes: Iterable[_Change], lang: Lang) -> None:
    for each in changes:
        if each.path.read_bytes() != each.old:
            raise Misuse(_CHANGED.within(lang).format(name=each.path))


def _replace(staged: Iterable[tuple[_Change, Path]]) -> None:
    """Put the new files in the place of the old ones; where one cannot be, the others get back what they held."""
    done: list[_Change] = []
    try:
        for each, beside in staged:
            beside.replace(each.path)
            done.append(each)
    except BaseException:
        for each in done:
            each.path.write_bytes(each.old)
        raise


def _tell(changes: Sequence[_Change], left: Iterable[Held], telling: Telling, *, dry_run: bool) -> None:
    for each in left:
        place, lines = each.outcome.expected.span, "".join(f"    {line}\n" for line in telling.differences(each))
        tell(_LEFT.within(telling.lang).format(place=place, about=telling.about(each)) + f"\n{lines}")
    wording = _WOULD if dry_run else _RECORDED
    tell(wording.within(telling.lang).format(n=sum(each.values for each in changes), files=len(changes)) + "\n")
