"""`policyengine prove`: what follows from a policy's text that its authors will not have meant, with cases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.analysis.proving.proof import prove
from policyengine.analysis.sides import DifferentVocabulariesError
from policyengine.cli import case_options
from policyengine.cli.asked import chosen, pairs
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Argument, Choice, Command, Option, page_format, spoken
from policyengine.cli.help import Misuse
from policyengine.cli.inputs import Policies
from policyengine.cli.new_files import named_from, write_new
from policyengine.cli.pages import written
from policyengine.cli.streams import emit
from policyengine.errors import LoadError
from policyengine.report.proof.as_json import proof_json
from policyengine.report.proof.case_file import case_files
from policyengine.report.proof.page import proof_page
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from policyengine.analysis.proving.finding import Proof
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.policy import Policy

_ON_FINDING, _NEVER = "finding", "never"
_DEFAULT, _ALL = "default", "all"
DIFFERENT_VOCABULARIES = Wording("规则所用的词汇不同：{reason}", "the policies use different vocabularies: {reason}")


def run(  # noqa: PLR0913 - one for each option
    *,
    policy: str,
    beside: Sequence[str],
    reading: Sequence[str],
    readings: str,
    output: str,
    fail_on: str,
    witness: str | None,
) -> int:
    """Look for everything, write the cases if that is asked for, and then what was found."""
    lang = spoken()
    found = _proof(policy, beside, reading, lang, elsewhere=readings == _ALL)
    text = proof_json(found) if output == "json" else written(proof_page(found, lang), output)
    if witness is not None:
        folder = Path(witness)
        write_new(folder, case_files(found, named_from(folder, policy, found.side.policy)), lang)
    emit(text)
    return FINDINGS if found.findings and fail_on == _ON_FINDING else ANSWERED


def _proof(policy: str, beside: Sequence[str], reading: Sequence[str], lang: Lang, *, elsewhere: bool) -> Proof:
    policies = _loaded((policy, *beside))
    options = chosen(pairs(reading, lang), policies, lang)
    by_policy = {each.id: found for each, found in options.items()}
    first, *others = policies
    try:
        return prove(first, beside=tuple(others), readings=by_policy, elsewhere=elsewhere)
    except DifferentVocabulariesError as error:
        raise Misuse(DIFFERENT_VOCABULARIES.within(lang).format(reason=error)) from error


def _loaded(names: Sequence[str]) -> tuple[Policy, ...]:
    """Return the policies named, each once; all faults of all of them are told together."""
    library = Policies()
    faults: list[Diagnostic] = []
    found: list[Policy] = []
    for name in names:
        policy, wrong = library.read(name)
        if policy is None:
            faults += wrong
        else:
            found.append(policy)
    if faults:
        raise LoadError(tuple(dict.fromkeys(faults)))
    return tuple(dict.fromkeys(found))


COMMAND = Command(
    "prove",
    Wording(
        """找出文本带来而起草者未必意在的后果：要求与禁止相抵触、次序无法遵守、期限容不下前置程序、不起作用的规定、
并存而未定先后的情形、越严重期限越宽。每项注明事实范围、条款，并附经参照引擎判断的案件。
退出码：0 未发现；1 有发现；文本已自行说明的不计。""",
        """Finds what follows from a text and will not have been meant: acts owed and forbidden, orders that cannot be
kept, limits too short for what has to come before, provisions that come to nothing, cases that meet without
precedence, graver cases with later limits. Each with its region of the facts, its clauses, and cases that the
reference engine has judged. Exit codes: 0 nothing found; 1 something was, beyond what the policy states itself.""",
    ),
    [
        Argument(
            "policy",
            Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path"),
            Wording("规则", "POLICY"),
        ),
        Option(
            "--beside",
            Wording("一并对照的规则；可多次使用", "another policy to hold it against; may be repeated"),
            Wording("规则", "POLICY"),
            many=True,
        ),
        case_options.reading_option(),
        Choice(
            "--readings",
            Wording(
                "all：另列仅在其他解释下出现的 (逐一另选)",
                "all: also what is found only under one other option, each alone",
            ),
            (_DEFAULT, _ALL),
        ),
        page_format(),
        Choice(
            "--fail-on",
            Wording(
                "何时退出码为 1：有发现 (默认)，或从不", "when the exit code is 1: on a finding (the default), or never"
            ),
            (_ON_FINDING, _NEVER),
        ),
        Option(
            "--witness",
            Wording(
                "把各案件写成文件存入该目录，可用 evaluate 判断；不覆盖已有文件",
                "write the cases to files in this directory, for evaluate to read;\nfiles that are there stay",
            ),
            Wording("目录", "DIR"),
        ),
    ],
    run,
)
