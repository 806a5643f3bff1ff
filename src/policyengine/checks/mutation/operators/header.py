"""Slips in what a policy says for all its provisions: presumptions, counting, versions, readings, tables."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from policyengine.checks.mutation.operators.operator import EVERYWHERE, Edit, Operator, Setting, another, at
from policyengine.checks.mutation.sites import READING, Section, left_out, without
from policyengine.model.deadline import Regrading
from policyengine.model.provision import UNSTATED
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.checks.mutation.sites import Plain, Site

_ROWS, _THEN, _ELSE, _HIT = "rows", "then", "else", "hit"


def _presumed(site: Site, setting: Setting) -> Iterator[Edit]:
    if len(site.keys) != 1 or isinstance(site.value, Mapping | list):
        return
    name = str(site.keys[0])
    if isinstance(site.value, bool):
        yield at(site, not site.value)
    kind = setting.fact(name)
    values = () if kind is None else setting.vocabulary.values(kind) or ()
    if site.value in values:
        place = values.index(str(site.value))
        yield from (at(site, each, each) for each in another((*values[place + 1 :], *reversed(values)), site.value))


def _unpresumed(site: Site, _setting: Setting) -> Iterator[Edit]:
    if not site.keys and isinstance(site.value, Mapping):
        yield from (at(site, without(site.value, each), inside=(each,)) for each in site.value)


def _regraded(site: Site, _setting: Setting) -> Iterator[Edit]:
    """Yield another rule for each direction that the file states; the defaults are the engine's, and no slip of its."""
    if site.keys[:-1] == ("regrading",) and isinstance(site.value, str):
        yield from (at(site, each.value, each.value) for each in Regrading if each.value != site.value)


def _counted(site: Site, _setting: Setting) -> Iterator[Edit]:
    """Yield rules of counting that the file does not state."""
    if site.path or not isinstance(site.value, Mapping) or READING in site.value:
        return
    if "hours" not in site.value:
        yield at(site, {**site.value, "hours": "next_full_hour"}, inside=("hours",))
    if "days" not in site.value:
        yield at(site, {**site.value, "days": {"roll": "next_working_day"}}, inside=("days", "roll"))


def _dated(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.key in {"from", "to"} and "in_force" in site.keys and isinstance(site.value, str):
        try:
            day = datetime.date.fromisoformat(site.value)
        except ValueError:
            return
        for step in (-1, 1):
            yield at(site, (day + datetime.timedelta(days=step)).isoformat(), "earlier" if step < 0 else "later")


def _default(site: Site, setting: Setting) -> Iterator[Edit]:
    if site.keys == ("default",):
        for other in another(setting.readings[site.part.name].options, site.value, len(setting.readings)):
            yield at(site, other, other)


def _swapped_options(site: Site, setting: Setting) -> Iterator[Edit]:
    if not isinstance(site.value, Mapping):
        return
    name = site.value.get(READING)
    options = tuple(setting.readings[name].options) if isinstance(name, str) and name in setting.readings else ()
    there = [each for each in options if each in site.value]
    for one, other in pairwise(there):
        swapped = {**site.value, one: site.value[other], other: site.value[one]}
        yield at(site, swapped, f"{one}-{other}", inside=(one,))


def _reordered(site: Site, _setting: Setting) -> Iterator[Edit]:
    table = site.part.value
    if site.keys != (_ROWS,) or not isinstance(site.value, list) or not isinstance(table, Mapping):
        return
    first = table.get(_HIT) == "first" or (_HIT not in table and "derives" in table)
    for place in range(len(site.value) - 1 if first else 0):
        rows = [*site.value]
        rows[place], rows[place + 1] = rows[place + 1], rows[place]
        yield at(site, rows, inside=(place,))


def _no_row(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.keys == (_ROWS,) and isinstance(site.value, list) and len(site.value) > 1:
        yield from (at(site, left_out(site.value, place), inside=(place,)) for place in range(len(site.value)))


def _then(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.key == _THEN and not isinstance(site.value, Mapping):
        yield from (at(site, each) for each in _outcomes(site)[:1])


def _else(site: Site, _setting: Setting) -> Iterator[Edit]:
    if site.key == _ELSE and not isinstance(site.value, Mapping):
        stated = [] if site.value == UNSTATED else [UNSTATED]
        yield from (at(site, each, str(each)) for each in (*_outcomes(site)[:1], *stated))


def _outcomes(site: Site) -> list[Plain]:
    """Return what else the table can come to."""
    table = site.part.value
    rows = table.get(_ROWS) if isinstance(table, Mapping) else None
    found = [each.get(_THEN) for each in rows if isinstance(each, Mapping)] if isinstance(rows, list) else []
    return [each for each in found if not isinstance(each, Mapping | list) and each != site.value and each is not None]


def _hit(site: Site, _setting: Setting) -> Iterator[Edit]:
    if not site.path and isinstance(site.value, Mapping):
        first = site.value.get(_HIT, "first" if "derives" in site.value else "unique") == "first"
        yield at(site, {**site.value, _HIT: "unique" if first else "first"}, inside=(_HIT,))


_TABLES = frozenset({Section.TABLE})

HEADER = (
    Operator(
        "default",
        Wording("默认解释写错", "another default of a reading"),
        Wording("选错默认选项", "the wrong option made the default"),
        _default,
        frozenset({Section.READING}),
    ),
    Operator(
        "swap-options",
        Wording("两个解释选项的内容互换", "what two options say swapped"),
        Wording("选项与内容对错了位", "the options put beside the wrong names"),
        _swapped_options,
        frozenset({*EVERYWHERE, Section.COUNTING}),
    ),
    Operator(
        "date",
        Wording("日期差一日", "a date one day off"),
        Wording("“之日起”与“次日起”混淆", "from that day read as from the next"),
        _dated,
        frozenset({Section.VERSIONS, Section.PROVISION, Section.GAP}),
    ),
    Operator(
        "presume",
        Wording("推定值写错", "another presumption"),
        Wording("推定了相邻的等级", "the next grade presumed"),
        _presumed,
        frozenset({Section.PRESUME}),
    ),
    Operator(
        "drop-presume",
        Wording("漏写推定", "a presumption left out"),
        Wording("误以为总有人认定", "somebody taken always to say so"),
        _unpresumed,
        frozenset({Section.PRESUME}),
    ),
    Operator(
        "regrading",
        Wording("等级变化后的计算规则写错", "what a change of facts does to a limit"),
        Wording("封顶、重计、追溯、冻结混淆", "capped, restarted, retroactive or frozen mistaken for one another"),
        _regraded,
        frozenset({Section.COUNTING}),
    ),
    Operator(
        "counting",
        Wording("多写了一条计算规则", "a rule of counting too many"),
        Wording("从另一规则抄入", "taken from another policy"),
        _counted,
        frozenset({Section.COUNTING}),
    ),
    Operator(
        "row-order",
        Wording("判断表两行顺序颠倒", "two rows of a table in the wrong order"),
        Wording("先中先得的表中次序写反", "the first row that is true decides"),
        _reordered,
        _TABLES,
    ),
    Operator(
        "drop-row",
        Wording("判断表漏写一行", "a row of a table left out"),
        Wording("列举未抄全", "a list was not copied to its end"),
        _no_row,
        _TABLES,
    ),
    Operator(
        "then",
        Wording("判断表一行的结果写错", "what a row of a table comes to"),
        Wording("抄了相邻一行的结果", "taken from the row beside it"),
        _then,
        _TABLES,
    ),
    Operator(
        "else",
        Wording("判断表的兜底结果写错", "what a table comes to otherwise"),
        Wording("误以为总有一行成立", "one of the rows taken always to hold"),
        _else,
        _TABLES,
    ),
    Operator(
        "hit",
        Wording("判断表的取行方式写错", "which row of a table counts"),
        Wording("“首行”与“唯一”混淆", "the first row for the only one"),
        _hit,
        _TABLES,
    ),
)
