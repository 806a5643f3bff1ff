"""A small table of this policy compiled to the source of one Python function: what generated code can reach.

It knows the forms that `benchmark-steady` uses and no others, and so is a bound, not an engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.workload.words import DAY, GRAVE, HOUR, LOUD, PROVISIONS, REACH
from benchmarks.workload.working_days import EPOCH, FIFTH


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of the table; *when* is the source of a condition."""

    number: int
    upon: str
    when: str = ""
    hours: int = 0
    before: str = ""
    fifth: bool = False
    until: str = ""


_WIDE = f"facts['reach'] >= {REACH} or facts['channel'] in LOUD or facts['vital_interests']"
_IS_GRAVE = "facts['severity'] in GRAVE"
TABLE = (
    Provision(1, "detected", hours=1),
    Provision(2, "detected", hours=1),
    Provision(3, "detected", _WIDE, hours=4),
    Provision(4, "classified", _IS_GRAVE, hours=1),
    Provision(5, "classified", _IS_GRAVE, hours=24),
    Provision(6, "classified", _IS_GRAVE, hours=2),
    Provision(7, "classified", _IS_GRAVE, until="closed"),
    Provision(8, "classified", "facts['severity'] not in GRAVE", hours=48),
    Provision(9, "classified", "facts['other_agency']", hours=24, before="released"),
    Provision(10, "detected", "facts['illegal_rumour']", hours=24),
    Provision(11, "detected", "facts['report_required']", fifth=True),
    Provision(12, "violated", hours=24),
)

_HEAD = """\
def judge(case):
    now = case['as_of']
    facts = case['facts']
    first = {}
    later = None
    for event in case['events']:
        at = event['at']
        if at > now: break
        kind = event['type']
        if kind in first:
            if later is None: later = {}
            later.setdefault(kind, []).append(at)
        else: first[kind] = at
    get = first.get
    out = []
    worst = 0
"""


def compiled(make: str, names: Mapping[str, object]) -> Callable[[dict[str, Any]], Any]:
    """Return the function; *make* is the source of a row, with `%(rule)d` and `%(status)d`."""
    lines = [_HEAD]
    before = ("", "")
    for each in TABLE:
        depth = 2
        if each.upon == "violated":
            lines.append("    if worst:\n        anchor = worst\n")
        elif before[0] != each.upon:
            lines.append(f"    anchor = get('{each.upon}')\n    if anchor is not None:\n")
            before = (each.upon, "")
        if each.when:
            if before[1] != each.when:
                lines.append(f"        if {each.when}:\n")
            depth = 3
        before = (each.upon, each.when)
        text = _standing(each, make) if each.until else _owed(each, make)
        lines += [f"{'    ' * depth}{line}\n" for line in text]
    space: dict[str, Any] = {"FIFTH": FIFTH, "GRAVE": GRAVE, "LOUD": LOUD, "after": _after, "last": _last, **names}
    exec(compile("".join([*lines, "    return out\n"]), "<policy>", "exec"), space)  # noqa: S102 - our own table
    return space["judge"]  # type: ignore[no-any-return]


def _add(make: str, rule: int, status: int) -> str:
    return f"out.append({make % {'rule': rule, 'status': status}})"


def _owed(each: Provision, make: str) -> list[str]:
    act = PROVISIONS[each.number][3]
    due = f"due = late = FIFTH[(anchor - {EPOCH}) // {DAY}]" if each.fifth else f"due = anchor + {each.hours * HOUR}"
    late = "late" if each.fifth or each.before else "due + 1"
    lines = [due]
    if each.before:
        lines += [
            "late = due + 1",
            f"at = get('{each.before}')",
            f"if at is not None and at < anchor: at = after(later, '{each.before}', anchor)",
            "if at is not None and at <= due: due = late = at",
        ]
    lines += [
        f"at = get('{act}')",
        f"if at is not None and at < anchor: at = after(later, '{act}', anchor)",
        "if at is not None:",
        f"    if at < {late}: {_add(make, each.number, 1)}",
        "    else:",
        f"        {_add(make, each.number, 2)}",
        "        if due < worst or not worst: worst = due",
        f"elif now < {late}: {_add(make, each.number, 0)}",
        "else:",
        f"    {_add(make, each.number, 3)}",
        "    if due < worst or not worst: worst = due",
    ]
    return lines


def _standing(each: Provision, make: str) -> list[str]:
    act = PROVISIONS[each.number][3]
    return [
        "due = 0",
        f"end = get('{each.until}')",
        f"if end is not None and end < anchor: end = after(later, '{each.until}', anchor)",
        f"at = last(first, later, '{act}', anchor, end=end)",
        f"if end is None: {_add(make, each.number, 0)}",
        f"else: {_add(make, each.number, 4)}",
    ]


def _after(later: dict[str, list[int]] | None, kind: str, since: int) -> int | None:
    """Return the first but one or later instant of *kind* from *since* on."""
    return next((at for at in (later or {}).get(kind, ()) if at >= since), None)


def _last(
    first: dict[str, int], later: dict[str, list[int]] | None, kind: str, since: int, *, end: int | None
) -> int | None:
    """Return the last instant of *kind* from *since* on and before *end*."""
    if kind not in first:
        return None
    moments = [first[kind], *(later or {}).get(kind, ())]
    return next((at for at in reversed(moments) if at >= since and (end is None or at < end)), None)
