"""`policyengine sources verify`: every sentence of the text, and nothing else, is what the policy was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policyengine.cli import words
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Argument, Command, Option, output_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import Policies
from policyengine.cli.streams import emit, tell
from policyengine.diagnostics import has_errors
from policyengine.errors import LoadError
from policyengine.loading.sources import verify
from policyengine.loading.text import read_source
from policyengine.report.diagnostics import diagnostics_json, diagnostics_text
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.diagnostics import Diagnostic
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_ACCOUNTED_FOR = Wording(
    "{sentences} 句 x {copies} 份，全部对应", "{sentences} sentences x {copies} copies, all accounted for"
)
_ONE_COPY = Wording("{sentences} 句，全部对应", "{sentences} sentences, all accounted for")
_NOT_AT_HAND = Wording(
    "{policy}：以下条款的原文不在手，未经核对：{clauses}",
    "{policy}: the text of these clauses is not at hand and was not verified: {clauses}",
)
_NOTHING_TO_COMPARE = Wording(
    "{policy}：没有一条有摘要值，无从核对", "{policy}: no clause has a digest, so there is nothing to verify against"
)

_FILE = Wording("文件", "FILE")
_TEXT = "--text"


def run(*, policy: str, text: str | None, output: str) -> int:
    """Compare the text with what the policy says of it; name the clauses whose text nobody has read."""
    lang = spoken()
    found, faults = Policies().read(policy)
    source, unreadable = (None, ()) if text is None else read_source(text)
    if found is None or (text is not None and source is None):
        raise LoadError((*(faults if found is None else ()), *unreadable))
    read = any(clause.at_hand for clause in found.header.source.clauses.values())
    if read and source is None:
        raise Misuse(words.MISSING_OPTION.within(lang).format(name=_TEXT))
    differences = verify(found, source) if read and source is not None else ()
    notes = _notes(found, lang)
    if output == "text":
        emit((_answer(found, differences, lang) if read else "") + notes)
    else:
        emit(diagnostics_json(differences))
        tell(notes)
    return FINDINGS if has_errors(differences) else ANSWERED


def _answer(policy: Policy, differences: Sequence[Diagnostic], lang: Lang) -> str:
    if differences:
        return diagnostics_text(differences, lang)
    extent, clauses = policy.header.source.extent, policy.header.source.clauses.values()
    wording = _ONE_COPY if extent.copies == 1 else _ACCOUNTED_FOR
    sentences = sum(clause.at_hand for clause in clauses)
    return wording.within(lang).format(sentences=sentences, copies=extent.copies) + "\n"


def _notes(policy: Policy, lang: Lang) -> str:
    """Return which clauses of *policy* could not be verified, and whether that is all of them."""
    clauses = policy.header.source.clauses
    unread = [name for name, clause in clauses.items() if not clause.at_hand]
    notes = [_NOT_AT_HAND.within(lang).format(policy=policy.id, clauses=", ".join(unread))] if unread else []
    if len(unread) == len(clauses):
        notes.append(_NOTHING_TO_COMPARE.within(lang).format(policy=policy.id))
    return "".join(f"{note}\n" for note in notes)


COMMAND = Command(
    "verify",
    Wording(
        "核对文本：每一句都与当初所读相同，且都有条款对应。退出码 1：有出入。\n原文不在手的条款无从核对，只予列明。",
        "Checks the text: every sentence is as it was read, and a clause accounts for it. Exit code 1: not so.\n"
        "Clauses whose text is not at hand cannot be checked; they are named.",
    ),
    [
        Argument(
            "policy",
            Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path"),
            Wording("规则", "POLICY"),
        ),
        Option(
            _TEXT,
            Wording(
                "文件原文 (UTF-8 文本)；原文均不在手时可不写",
                "the regulation's text (UTF-8); needless where no text is at hand",
            ),
            _FILE,
        ),
        output_format(),
    ],
    run,
)
