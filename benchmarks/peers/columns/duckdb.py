"""DuckDB's SQL by hand; the events are a long table."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.columns.polars import frames
from benchmarks.peers.kinds import Batch, Mode
from benchmarks.workload.words import AFTER_DETECTION, AFTER_GRADING, DAY, HOUR, PROVISIONS
from benchmarks.workload.working_days import EPOCH, FIFTH
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.workload.cases import Columns

_GRAVE = "severity in ('major', 'extraordinary')"
_WIDE = "(reach >= 100000 or channel in ('news_media', 'hot_list') or vital_interests)"
_GRADED = "classified is not null"
_APPLIES = {
    1: "detected is not null",
    2: "detected is not null",
    3: f"detected is not null and {_WIDE}",
    4: f"{_GRADED} and {_GRAVE}",
    5: f"{_GRADED} and {_GRAVE}",
    6: f"{_GRADED} and {_GRAVE}",
    7: f"{_GRADED} and {_GRAVE}",
    8: f"{_GRADED} and not ({_GRAVE})",
    9: f"{_GRADED} and other_agency",
    10: "detected is not null and illegal_rumour",
    11: "detected is not null and report_required",
}
_STANDING = 7
_SOONER = f"released <= classified + {24 * HOUR}"


def _hours(anchor: str, hours: int) -> tuple[str, str]:
    return f"{anchor} + {hours * HOUR}", f"{anchor} + {hours * HOUR + 1}"


_LIMITS = {
    1: _hours("detected", 1),
    2: _hours("detected", 1),
    3: _hours("detected", 4),
    4: _hours("classified", 1),
    5: _hours("classified", 24),
    6: _hours("classified", 2),
    7: ("0", "null"),
    8: _hours("classified", 48),
    9: (
        f"case when {_SOONER} then released else classified + {24 * HOUR} end",
        f"case when {_SOONER} then released else classified + {24 * HOUR + 1} end",
    ),
    10: _hours("detected", 24),
    11: ("days.due", "days.due"),
}


def _first(kind: str, since: str) -> str:
    return f"""min("at") filter (kind = '{kind}' and "at" >= {since}) as {kind}"""


def _status(rule: int) -> str:
    """Return the source of a status; *late* of the last duty counts from the limit that was missed."""
    act, late = PROVISIONS[rule][3], f"late{rule}"
    if rule == _STANDING:
        return "(case when due7 is null then -1 when closed is null then 0 else 4 end)::tinyint as status7"
    return (
        f"(case when due{rule} is null then -1 when {act} is null then case when now < {late} then 0 else 3 end "
        f"when {act} < {late} then 1 else 2 end)::tinyint as status{rule}"
    )


def _listed(parts: Any) -> str:  # noqa: ANN401 - of text
    return ", ".join(parts)


_MISSED = _listed(f"case when status{rule} > 1 then due{rule} end" for rule in _LIMITS if rule != _STANDING)
_SQL = f"""
with seen as (select e."case", kind, "at" from events e join cases using ("case") where "at" <= now),
anchors as (select "case", min("at") filter (kind = 'detected') as detected,
  min("at") filter (kind = 'classified') as classified from seen group by all),
done as (select "case", {_listed(_first(kind, "detected") for kind in sorted(AFTER_DETECTION))},
  {_listed(_first(kind, "classified") for kind in sorted(AFTER_GRADING))},
  list("at" order by "at") filter (kind = 'circulate_notice') as notices
  from seen join anchors using ("case") group by all),
limits as (select *,
  {_listed(f"case when {on} then {_LIMITS[rule][0]} end as due{rule}" for rule, on in _APPLIES.items())},
  {_listed(f"{late} as late{rule}" for rule, (_, late) in _LIMITS.items())}
  from cases left join anchors using ("case") left join done using ("case")
  left join days on days.day = (detected - {EPOCH}) // {DAY}),
statuses as (select *, {_listed(_status(rule) for rule in _LIMITS)} from limits),
misses as (select *, least({_MISSED}) as missed from statuses),
last as (select *, missed + {24 * HOUR} as due12, missed + {24 * HOUR + 1} as late12,
  list_filter(notices, lambda each: each >= missed)[1] as circulate_notice from misses)
select "case", {_listed(f"coalesce(due{rule}, -1) as due{rule}" for rule in PROVISIONS)},
  {_listed(f"status{rule}" for rule in _LIMITS)}, {_status(12)} from last
"""  # noqa: S608 - our own names


def _prepared(given: Columns) -> Any:  # noqa: ANN401 - a connection
    connection = import_module("duckdb").connect()
    connection.execute("set threads = 1")
    connection.execute("set enable_progress_bar = false")
    for name, frame in zip(("cases", "events"), frames(given), strict=True):
        connection.register(f"{name}_given", frame.to_arrow())
        connection.execute(f"create table {name} as select * from {name}_given")  # noqa: S608 - our own names
        connection.unregister(f"{name}_given")
    connection.execute(
        "create table days as select unnest(range(?)) as day, unnest(?) as due", [len(FIFTH), list(FIFTH)]
    )
    return connection


def _call(connection: Any) -> Any:  # noqa: ANN401 - a connection, a table
    return connection.sql(_SQL).to_arrow_table()


def _outputs(table: Any) -> tuple[Any, Any]:  # noqa: ANN401 - a table
    order = np.argsort(table["case"].to_numpy())
    due, status = ([table[f"{name}{rule}"].to_numpy()[order] for rule in PROVISIONS] for name in ("due", "status"))
    return due, status


def make() -> Batch:
    """Return the peer."""
    import_module("duckdb")
    what = Wording("手写 DuckDB SQL，事件为长表", "DuckDB SQL by hand, the events a long table")
    return Batch(Mode.LIMIT, what, _call, _prepared, _outputs, packages=("duckdb",))
