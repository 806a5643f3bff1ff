"""`policyengine fuzz`: the laws that every answer obeys, tried on generated cases of a policy."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING

from policyengine.cli import case_options, words
from policyengine.cli.asked import chosen, pairs
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Argument, Command, Flag, Option, output_format, spoken
from policyengine.cli.help import Misuse, refused
from policyengine.cli.inputs import Policies
from policyengine.cli.new_files import named_from, write_new
from policyengine.cli.pages import written
from policyengine.cli.streams import emit
from policyengine.errors import LoadError
from policyengine.loading.library import is_file
from policyengine.loading.named_policies import is_path
from policyengine.report.fuzz.as_json import fuzz_json
from policyengine.report.fuzz.case_files import case_files
from policyengine.report.fuzz.page import fuzz_page
from policyengine.wording import Lang, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    from policyengine.model.policy import Policy
    from policyengine.report.fuzz.fuzzed import Fuzzed
    from policyengine.testing.trials import Law

_TESTING = "testing"
"""The extra that brings Hypothesis."""
_STORAGE = "HYPOTHESIS_STORAGE_DIRECTORY"
_NUMBER = re.compile("[0-9]{1,9}")
_EXAMPLES, _SEED = 100, 0
NOT_A_COUNT = Wording(
    "`{option}` 须为不小于 {least} 的整数，不能是 `{value}`",
    "`{option}` is a whole number of at least {least} and cannot be `{value}`",
)


def run(  # noqa: PLR0913 - one for each option
    *,
    policy: str,
    examples: str | None,
    seconds: str | None,
    seed: str | None,
    law: Sequence[str],
    reading: Sequence[str],
    witness: str | None,
    output: str,
    quiet: bool,
) -> int:
    """Try the laws, write the cases that break any if that is asked for, and then what was found."""
    lang = spoken()
    loaded = _loaded(policy)
    fuzzing, laws = _needed(lang)
    manner = fuzzing.Manner(
        examples=_count("--examples", examples, (1, _EXAMPLES), lang),
        seed=_count("--seed", seed, (0, _SEED), lang),
        readings=chosen(pairs(reading, lang), (loaded,), lang)[loaded],
        laws=_numbers(law, tuple(laws), lang),
        beside=Path(policy).parent if _is_file(policy) else None,
        enough=_enough(None if seconds is None else _count("--seconds", seconds, (1, 1), lang)),
    )
    with _nothing_kept():
        found = fuzzing.fuzz(loaded, manner)
    folder = Path() if witness is None else Path(witness)
    files = tuple(case_files(found, named_from(folder, policy, loaded)))
    if witness is not None:
        write_new(folder, files, lang)
    emit(
        fuzz_json(found) if output == "json" else _text(found, () if witness is not None else files, lang, quiet=quiet)
    )
    return FINDINGS if found.broken else ANSWERED


def _text(found: Fuzzed, files: Sequence[tuple[str, str]], lang: Lang, *, quiet: bool) -> str:
    """Return the page, and below it the cases, each as the file that it could be saved as."""
    if quiet and not found.broken:
        return ""
    page = written(fuzz_page(found, lang, broken_only=quiet), "text")
    return "\n".join((page, *(f"# {name}\n{text}" for name, text in files)))


def _needed(lang: Lang) -> tuple[ModuleType, Mapping[str, Law]]:
    """Return what needs Hypothesis, which is imported only here.

    Raises:
        Misuse: it is not installed.
    """
    try:
        from policyengine.testing import fuzzing, trials
    except ModuleNotFoundError as error:
        raise Misuse(words.NEEDS_EXTRA.within(lang).format(extra=_TESTING)) from error
    return fuzzing, trials.LAWS


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Give Hypothesis a place of its own for what it keeps, so that none of it is left where the command is run."""
    if _STORAGE in os.environ:
        yield
        return
    with TemporaryDirectory() as place:
        os.environ[_STORAGE] = place
        try:
            yield
        finally:
            del os.environ[_STORAGE]


def _loaded(name: str) -> Policy:
    policy, faults = Policies().read(name)
    if policy is None:
        raise LoadError(faults)
    return policy


def _is_file(name: str) -> bool:
    return is_path(name) or is_file(name)


def _count(option: str, text: str | None, bounds: tuple[int, int], lang: Lang) -> int:
    """Return the number that *option* is given; *bounds* are the least that it takes, and what holds without it."""
    least, default = bounds
    if text is None:
        return default
    if not _NUMBER.fullmatch(text) or int(text) < least:
        raise Misuse(NOT_A_COUNT.within(lang).format(option=option, least=least, value=text))
    return int(text)


def _numbers(asked: Sequence[str], known: Sequence[str], lang: Lang) -> tuple[str, ...]:
    for each in asked:
        if each.upper() not in known:
            raise refused(lang, "--law", each, known)
    return tuple(each.upper() for each in asked)


def _enough(seconds: int | None) -> Callable[[float], bool]:
    """Return what tells whether the time for a share of the laws is up; it never is without a limit."""
    if seconds is None:
        return lambda _: False
    start = monotonic()
    return lambda share: monotonic() > start + share * seconds


COMMAND = Command(
    "fuzz",
    Wording(
        """以生成的案件检验一部规则的答案是否符合定律 L1 至 L12：同样的问题得到同样的答案，记录的先后不影响答案，违反
一经发生便始终存在，等等。每条定律注明检验了多少案件；不成立的，附上能找到的最小案件，可用 evaluate 判断。
同一种子总是生成同样的案件。另列在各案件中从未产生义务的规定。退出码：0 均成立；1 有不成立的。""",
        """Tries on generated cases whether the answers of a policy obey the laws L1 to L12: the same question has the
same answer, the order of recording changes nothing, a violation stays, and so on. Of each law, on how many cases; of
one that is broken, the smallest case found, for evaluate to judge. One seed always makes the same cases. Also names
the provisions that were never a duty in any of them. Exit codes: 0 all laws hold; 1 one is broken.""",
    ),
    [
        Argument(
            "policy",
            Wording("自带规则的编号或其前缀，或文件路径", "id of a packaged policy, a prefix of it, or a path"),
            Wording("规则", "POLICY"),
        ),
        Option(
            "--examples",
            Wording("每条定律的案件数，默认 100", "cases for each law; 100 by default"),
            Wording("件数", "N"),
        ),
        Option(
            "--seconds",
            Wording(
                "超过此时间不再生成新的案件；结果因此可能每次不同",
                "make no new cases after so long; what is found may then differ\nfrom one run to the next",
            ),
            Wording("秒数", "N"),
        ),
        Option("--seed", Wording("种子，默认 0", "the seed; 0 by default"), Wording("种子", "N")),
        Option(
            "--law",
            Wording("只检验该定律，如 L6；可多次使用", "only this law, such as L6; may be repeated"),
            Wording("定律", "LAW"),
            many=True,
        ),
        case_options.reading_option(),
        Option(
            "--witness",
            Wording(
                "把各案件写成文件存入该目录，可用 evaluate 判断；不覆盖已有文件",
                "write the cases to files in this directory, for evaluate to read;\nfiles that are there stay",
            ),
            Wording("目录", "DIR"),
        ),
        output_format(),
        Flag("--quiet", Wording("只列不成立的定律", "only laws that are broken")),
    ],
    run,
)
