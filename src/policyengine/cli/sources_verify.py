"""`policyengine sources verify`: every sentence of the text, and nothing else, is what the policy was made from."""

from __future__ import annotations

from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Argument, Command, Option, output_format, spoken
from policyengine.cli.inputs import Policies
from policyengine.cli.streams import emit
from policyengine.diagnostics import has_errors
from policyengine.errors import LoadError
from policyengine.loading.sources import verify
from policyengine.loading.text import read_source
from policyengine.report.diagnostics import diagnostics_json, diagnostics_text
from policyengine.wording import Wording

_ACCOUNTED_FOR = Wording(
    "{sentences} 句 x {copies} 份，全部对应", "{sentences} sentences x {copies} copies, all accounted for"
)
_ONE_COPY = Wording("{sentences} 句，全部对应", "{sentences} sentences, all accounted for")

_FILE = Wording("文件", "FILE")


def run(*, policy: str, text: str, output: str) -> int:
    """Compare the text with what the policy says of it."""
    lang = spoken()
    found, faults = Policies().read(policy)
    source, unreadable = read_source(text)
    if found is None or source is None:
        raise LoadError((*(faults if found is None else ()), *unreadable))
    differences = verify(found, source)
    if output != "text":
        emit(diagnostics_json(differences))
    elif differences:
        emit(diagnostics_text(differences, lang))
    else:
        copies = found.header.source.extent.copies
        wording = _ONE_COPY if copies == 1 else _ACCOUNTED_FOR
        emit(wording.within(lang).format(sentences=len(found.header.source.clauses), copies=copies) + "\n")
    return FINDINGS if has_errors(differences) else ANSWERED


COMMAND = Command(
    "verify",
    Wording(
        "核对文本：每一句都与当初所读相同，且都有条款对应。退出码 1：有出入。",
        "Checks the text: every sentence is as it was read, and a clause accounts for it. Exit code 1: not so.",
    ),
    [
        Argument(
            "policy",
            Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path"),
            Wording("规则", "POLICY"),
        ),
        Option(
            "--text",
            Wording("规章原文 (UTF-8 文本)", "the regulation's text (UTF-8)"),
            Wording("文件", "FILE"),
            required=True,
        ),
        output_format(),
    ],
    run,
)
