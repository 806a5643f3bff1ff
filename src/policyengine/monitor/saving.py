"""The state of a monitor as text, and back; everything that is wrong with a text is told.

What is saved is what was recorded, and nothing that follows from it: no answer can disagree with its log.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from policyengine.diagnostics import Diagnostic, diagnostic, ordered
from policyengine.errors import LoadError, ReadingError
from policyengine.monitor.docket import Docket
from policyengine.monitor.judging import chosen_readings
from policyengine.monitor.reach import FIRST
from policyengine.monitor.saved_cases import case_data, read_case
from policyengine.monitor.saved_parts import Part
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.monitor.judging import Judge

FORMAT, VERSION = "policyengine monitor", 1
_KEYS = ("format", "version", "policies", "readings", "as_of", "cases", "closed_cases")


def saved(docket: Docket) -> str:
    """Return all that *docket* knows."""
    judge = docket.judge
    state = {
        "format": FORMAT,
        "version": VERSION,
        "policies": _policies(judge),
        "readings": [dict(each) for each in judge.chosen],
        "as_of": str(docket.as_of),
        "cases": [case_data(each) for each in docket.cases.values()],
        "closed_cases": list(docket.closed),
    }
    text = _text(state)
    return f'{text[:-1]},"digest":"{_digest(text)}"}}'


def restored(judge: Judge, text: str) -> Docket:
    """Return what *text* says, under the policies of *judge*.

    Raises:
        LoadError: holds everything that is wrong with the text.
        TypeError: it is none.
    """
    faults: list[Diagnostic] = []
    root = Part(_parsed(text), "", faults)
    docket = _docket(judge, _understood(root), faults)
    if faults or docket is None:
        raise LoadError(ordered(faults))
    return docket


def _parsed(text: str) -> object:
    given: object = text  # callers without a type checker
    if not isinstance(given, str):
        msg = f"a saved state is a text, not {given!r}"
        raise TypeError(msg)
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        problem = Wording("层次过深", "it is nested too deep")
    except json.JSONDecodeError as error:
        place = f"{error.lineno}:{error.colno}"
        problem = Wording(f"第 {error.lineno} 行第 {error.colno} 列处不是 JSON", f"it is no JSON at {place}")
    except ValueError:
        problem = Wording("其中有过长或非有限的数字", "it holds a number that is not finite or too long")
    raise LoadError((diagnostic("PE803", problem=problem),))


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _understood(root: Part) -> Part:
    """Return *root* if it is a state of a version that we know.

    Raises:
        LoadError: it is not; nothing else can be said about it then.
    """
    state = root.value
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise LoadError((diagnostic("PE804"),))
    version = state.get("version")
    if isinstance(version, bool) or version != VERSION:
        raise LoadError((diagnostic("PE805", found=json.dumps(version), known=VERSION),))
    return root


def _docket(judge: Judge, root: Part, faults: list[Diagnostic]) -> Docket | None:
    """Return what *root* says, as far as it can be understood; whatever is wrong comes to *faults*."""
    faults += _damage(root)
    root.keys((*_KEYS, "digest"))
    as_of, cases, closed = root.at("as_of").instant(), root.at("cases").items(), root.at("closed_cases").texts()
    if root.at("policies").value != _policies(judge):
        faults.append(diagnostic("PE806", saved=_named(root.at("policies").value), given=_named(_policies(judge))))
        return None
    # Where these are wrong, the cases are read all the same: for what is wrong with them.
    docket = Docket(_readings(judge, root.at("readings")), FIRST if as_of is None else as_of)
    for each in cases:
        read_case(docket, each)
    for number, name in enumerate(closed):
        if name in docket.cases or name in docket.closed:
            root.at("closed_cases").at(number).fault(
                Wording(f"案件 `{name}` 重复", f"the case `{name}` is there already")
            )
        docket.closed[name] = None
    return docket


def _damage(root: Part) -> tuple[Diagnostic, ...]:
    state = root.value if isinstance(root.value, dict) else {}
    found = _digest(_text({name: value for name, value in state.items() if name != "digest"}))
    told = state.get("digest")
    return () if found == told else (diagnostic("PE807", found=found, told=told),)


def _readings(judge: Judge, part: Part) -> Judge:
    """Return *judge* under the readings that were saved."""
    found = [each.texts_by_name() for each in part.items()]
    if len(found) != len(judge.policies):
        part.fault(Wording("与规则数目不符", "there are not as many of them as policies"))
        return judge
    try:
        return replace(judge, chosen=chosen_readings(judge.policies, found))
    except ReadingError as error:
        part.fault(Wording(f"没有这种解释（{error}）", str(error)))
        return judge


def _policies(judge: Judge) -> list[dict[str, object]]:
    return [{"id": each.id, "digest": each.digest, "alone": judge.alone} for each in judge.policies]


def _named(policies: object) -> str:
    """Return the policies of a state in words, as far as they are such."""
    found = [each for each in policies if isinstance(each, dict)] if isinstance(policies, list) else []
    words = ", ".join(f"{each.get('id')} {str(each.get('digest'))[:_SHOWN]}" for each in found)
    return words if any(each.get("alone") is True for each in found) else f"[{words}]"


_SHOWN = 12
"""Characters of a digest that are shown: enough to tell two of them apart."""


def _text(state: dict[str, object]) -> str:
    return json.dumps(state, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()
