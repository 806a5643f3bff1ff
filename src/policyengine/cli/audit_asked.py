"""What `audit` is given: policies, instants, days, columns, waivers, a baseline; all that is wrong is told at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from policyengine.checks.audit.auditing import Asked
from policyengine.checks.audit.baseline import read_baseline
from policyengine.checks.audit.shelf import Shelf
from policyengine.checks.audit.waivers import read_waivers
from policyengine.cli import words
from policyengine.cli.asked import chosen, moment, pairs
from policyengine.cli.help import Misuse
from policyengine.diagnostics import Diagnostic, has_errors, ordered
from policyengine.errors import LoadError
from policyengine.loading.logs.columns import Columns, read_columns
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.audit.baseline import Baseline
    from policyengine.checks.audit.finding import Waiver
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

Read = TypeVar("Read")

ALL = "all"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_NO_DAY = Wording("{name} 应为日期，如 2025-10-08，而不是 `{text}`", "{name} is a day such as 2025-10-08, not `{text}`")
_BACKWARDS = Wording("--since 晚于 --until", "--since is later than --until")


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says, as it was written."""

    policy: Sequence[str]
    as_of: str | None
    known_at: str | None
    columns: str | None
    reading: Sequence[str]
    readings: str
    baseline: str | None
    waivers: str | None
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What it means."""

    asked: Asked
    shelf: Shelf
    columns: Columns
    baseline: Baseline | None
    waivers: tuple[Waiver, ...]
    options: Mapping[str, str]

    def refuse_strangers(self, lang: Lang) -> None:
        """Refuse readings that are chosen and that no policy of the audit has.

        Raises:
            Misuse: there is one.
        """
        chosen(self.options, self.shelf.policies.values(), lang)


def prepared(given: Given, lang: Lang) -> Prepared:
    """Return what *given* means.

    Raises:
        Misuse: an instant, a day or an option that is none.
        LoadError: holds every fault of the policies, the columns, the waivers and the baseline.
    """
    as_of = None if given.as_of is None else moment(given.as_of, lang)
    known_at = None if given.known_at is None else moment(given.known_at, lang, "--known-at")
    since, until = _day("--since", given.since, lang), _day("--until", given.until, lang)
    if since is not None and until is not None and until < since:
        raise Misuse(_BACKWARDS.within(lang))
    options = pairs(given.reading, lang)
    every = given.readings == ALL
    if options and every:
        raise Misuse(words.FIXED_AND_ALL.within(lang))
    shelf = Shelf(lambda policy: _of_policy(options, policy, lang))
    faults: list[Diagnostic] = []
    policies = _policies(given.policy, shelf, faults, lang)
    columns = _read(given.columns, read_columns, Columns.model_validate({}), faults)
    baseline = _read(given.baseline, read_baseline, None, faults)
    none: tuple[Waiver, ...] = ()
    waivers = _read(given.waivers, read_waivers, none, faults)
    if has_errors(faults):
        raise LoadError(ordered(faults))
    asked = Asked(policies, as_of, known_at, every, since, until)
    found = Prepared(asked, shelf, columns, baseline, waivers, options)
    if policies:
        found.refuse_strangers(lang)
    return found


def _policies(names: Sequence[str], shelf: Shelf, faults: list[Diagnostic], lang: Lang) -> tuple[Policy, ...]:
    found: dict[Policy, None] = {}
    for name in names:
        policy, wrong = shelf.named(name)
        if policy is not None:
            found[policy] = None
        for each in wrong:
            if each.code == "PE687":
                raise Misuse(words.CALLED_THE_SAME.within(lang).format(name=dict(each.args)["policy"]))
        faults += wrong
    return tuple(found)


def _of_policy(options: Mapping[str, str], policy: Policy, lang: Lang) -> Mapping[str, str]:
    """Return the *options* that *policy* has, by the whole names of its readings."""
    here = {name: option for name, option in options.items() if any(each.startswith(name) for each in policy.readings)}
    return chosen(here, (policy,), lang)[policy]


def _day(name: str, text: str | None, lang: Lang) -> datetime.date | None:
    if text is None:
        return None
    with suppress(ValueError):
        if _DAY.fullmatch(text):
            return datetime.date.fromisoformat(text)
    raise Misuse(_NO_DAY.within(lang).format(name=name, text=text))


def _read(
    name: str | None,
    read: Callable[[str], tuple[Read | None, tuple[Diagnostic, ...]]],
    otherwise: Read,
    faults: list[Diagnostic],
) -> Read:
    """Return what the file *name* holds, or *otherwise* where there is none or it cannot be read."""
    if name is None:
        return otherwise
    found, wrong = read(name)
    faults += wrong
    return otherwise if found is None else found
