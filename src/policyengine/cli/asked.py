"""What is asked besides the case: the instant, and the options of readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from policyengine.cli import words
from policyengine.cli.help import Misuse, suggested
from policyengine.diagnostics import Diagnostic, diagnostic, nearest
from policyengine.prepare.log import FIRST_YEAR, LAST_YEAR
from policyengine.temporal.instant import ImpossibleTimeError, Instant, MalformedTimeError, NaiveTimeError

if TYPE_CHECKING:
    from policyengine.model.policy import Policy, Reading
    from policyengine.wording import Lang

_NOW = "now"


def moment(text: str, lang: Lang, option: str = "--as-of") -> Instant:
    """Return the instant that *option* names; `now` is the one word by which a clock is read.

    Raises:
        Misuse: the text names none, or one that no case can be judged at.
    """
    try:
        found = Instant.from_datetime(datetime.now(UTC)) if text == _NOW else Instant.parse(text)
    except NaiveTimeError:
        raise _no_moment(diagnostic("PE401", text=text), lang, option) from None
    except ImpossibleTimeError as error:
        raise _no_moment(diagnostic("PE403", text=text, problem=error.problem), lang, option) from None
    except MalformedTimeError:
        raise _no_moment(diagnostic("PE402", text=text), lang, option) from None
    fault = out_of_range(found)
    if fault is not None:
        raise _no_moment(fault, lang, option)
    return found


def out_of_range(instant: Instant) -> Diagnostic | None:
    """Return the fault of an instant that no case can be judged at."""
    if FIRST_YEAR <= instant.utc().year <= LAST_YEAR:
        return None
    return diagnostic("PE410", text=instant, first=FIRST_YEAR, last=LAST_YEAR)


def _no_moment(fault: Diagnostic, lang: Lang, option: str) -> Misuse:
    message = words.BAD_VALUE.within(lang).format(name=option, message=fault.message(lang))
    return Misuse(message + words.STOP.within(lang) + words.HOW_TO_WRITE_AS_OF.within(lang))


def pairs(texts: Sequence[str], lang: Lang) -> dict[str, str]:
    """Return what `--reading NAME=OPTION` asks for.

    Raises:
        Misuse: a text has another form, or one reading is given two options.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, option = text.partition("=")
        if not (name and equals and option):
            raise Misuse(words.NOT_A_READING.within(lang).format(text=text))
        if found.setdefault(name, option) != option:
            raise Misuse(words.TWO_OPTIONS.within(lang).format(name=name))
    return found


def same_roles(texts: Sequence[str], policies: Iterable[Policy], lang: Lang) -> dict[str, str]:
    """Return what `--same ROLE=ROLE` says: by a role the one that it is here.

    Raises:
        Misuse: a text has another form, or names a role that none of the policies has.
    """
    known = {name for each in policies for name in (*each.header.roles, *each.vocabulary.roles)}
    found: dict[str, str] = {}
    for text in texts:
        one, equals, other = text.partition("=")
        if not (one and equals and other):
            raise Misuse(words.NOT_THE_SAME.within(lang).format(text=text))
        for role in (one, other):
            if role not in known:
                problem = diagnostic("PE203", name=role).message(lang)
                raise Misuse(suggested(problem, nearest(role, sorted(known)), lang))
        found[one] = other
    return found


def chosen(asked: Mapping[str, str], policies: Iterable[Policy], lang: Lang) -> dict[Policy, dict[str, str]]:
    """Return by policy the options that are *asked* for; names and options may be unique prefixes.

    A reading that one of the policies has is passed over for the others.

    Raises:
        Misuse: none of the policies has a reading, or one that has it lacks the option.
    """
    found = {policy: _of_policy(asked, policy.readings, lang) for policy in policies}
    for name in asked:
        if not any(_matching(name, policy.readings) for policy in found):
            known = [each for policy in found for each in policy.readings]
            problem = diagnostic("PE208", name=name).message(lang)
            raise Misuse(suggested(problem, nearest(name, known), lang))
    return found


def _of_policy(asked: Mapping[str, str], readings: Mapping[str, Reading], lang: Lang) -> dict[str, str]:
    found = {}
    for prefix, option_prefix in asked.items():
        for name in _at_most_one(prefix, readings, lang):
            options = readings[name].options
            option = next(iter(_at_most_one(option_prefix, options, lang)), None)
            if option is None:
                fault = diagnostic("PE209", reading=name, option=option_prefix, allowed=", ".join(options))
                raise Misuse(fault.message(lang) + words.STOP.within(lang) + (fault.help(lang) or ""))
            found[name] = option
    return found


def _at_most_one(prefix: str, known: Iterable[str], lang: Lang) -> tuple[str, ...]:
    found = _matching(prefix, known)
    if len(found) > 1:
        raise Misuse(words.SEVERAL.within(lang).format(prefix=prefix, names=", ".join(found)))
    return found


def _matching(prefix: str, known: Iterable[str]) -> tuple[str, ...]:
    names = tuple(known)
    return (prefix,) if prefix in names else tuple(each for each in names if each.startswith(prefix))
