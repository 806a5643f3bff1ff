"""Polars' lazy expressions by hand; the events are a long table."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.kinds import Batch, Mode
from benchmarks.workload.words import (
    AFTER_DETECTION,
    AFTER_GRADING,
    CHANNELS,
    DAY,
    GRAVE,
    HOUR,
    LOUD,
    PROVISIONS,
    REACH,
    SEVERITIES,
    TYPES,
)
from benchmarks.workload.working_days import EPOCH, FIFTH
from policyengine.wording import Wording

if TYPE_CHECKING:
    from benchmarks.workload.cases import Columns

Frame = Any
"""A frame of Polars, which is imported on use."""

_FLAGS = ("vital_interests", "other_agency", "illegal_rumour", "report_required")
_TIMED = {1: ("detected", 1), 2: ("detected", 1), 3: ("detected", 4), 4: ("classified", 1), 5: ("classified", 24)}
_TIMED |= {6: ("classified", 2), 8: ("classified", 48), 10: ("detected", 24)}


def frames(given: Columns) -> tuple[Frame, Frame]:
    """Return the cases, and their events as a long table in the order of cases and time."""
    pl = import_module("polars")
    severity, channel, kind = (pl.Series(each, dtype=pl.Enum(each)) for each in (SEVERITIES, CHANNELS, TYPES))
    number = np.arange(given.n, dtype=np.uint32)
    cases = pl.DataFrame(
        {
            "case": pl.Series(number).set_sorted(),
            "now": given.as_of,
            "severity": severity.gather(given.severity),
            "channel": channel.gather(given.channel),
            "reach": given.reach,
            **{name: getattr(given, name) for name in _FLAGS},
        }
    )
    events = pl.DataFrame(
        {
            # Told that it is sorted, Polars groups about four times as fast.
            "case": pl.Series(np.repeat(number, np.diff(given.offsets))).set_sorted(),
            "kind": kind.gather(given.types),
            "at": given.at,
        }
    )
    return cases, events


def _reduced(pl: Any, cases: Frame, events: Frame) -> Frame:  # noqa: ANN401 - a module without types here
    """Return the cases with the first instant of each kind of event that counts."""
    at = pl.col("at")

    def first(kind: str, since: str | None = None) -> Any:  # noqa: ANN401 - an expression
        where = pl.col("kind") == kind
        return at.filter(where if since is None else where & (at >= pl.col(since))).min()

    # A case's number is its row: to gather is a good deal faster than to join.
    seen = events.lazy().filter(at <= pl.lit(cases["now"]).gather(pl.col("case"))).collect().lazy()
    anchors = (
        cases.lazy()
        .select("case")
        .join(
            seen.group_by("case").agg(detected=first("detected"), classified=first("classified")),
            on="case",
            how="left",
            maintain_order="left",
        )
        .collect()
    )
    seen = seen.with_columns(
        pl.lit(anchors[name]).gather(pl.col("case")).alias(name) for name in ("detected", "classified")
    )
    done = seen.group_by("case").agg(
        *(first(kind, "detected").alias(kind) for kind in sorted(AFTER_DETECTION)),
        *(first(kind, "classified").alias(kind) for kind in sorted(AFTER_GRADING)),
        notices=at.filter(pl.col("kind") == "circulate_notice"),
    )
    return pl.concat([cases, anchors.drop("case")], how="horizontal").lazy().join(done, on="case", how="left")


def _applies(pl: Any) -> dict[int, Any]:  # noqa: ANN401 - likewise
    """Return by provision the condition under which it has a duty."""
    col = pl.col
    detected, graded = col("detected").is_not_null(), col("classified").is_not_null()
    grave = graded & col("severity").is_in(sorted(GRAVE))
    wide = (col("reach") >= REACH) | col("channel").is_in(sorted(LOUD)) | col("vital_interests")
    return {
        1: detected,
        2: detected,
        3: detected & wide,
        4: grave,
        5: grave,
        6: grave,
        7: grave,
        8: graded & ~col("severity").is_in(sorted(GRAVE)),
        9: graded & col("other_agency"),
        10: detected & col("illegal_rumour"),
        11: detected & col("report_required"),
    }


def _limits(pl: Any) -> dict[int, tuple[Any, Any]]:  # noqa: ANN401 - likewise
    """Return by provision the limit and the first instant that is late."""
    col = pl.col
    found = {rule: col(anchor) + hours * HOUR for rule, (anchor, hours) in _TIMED.items()}
    limits = {rule: (due, due + 1) for rule, due in found.items()}
    day = col("classified") + 24 * HOUR
    sooner = col("released").is_not_null() & (col("released") <= day)
    limits[9] = (
        pl.when(sooner).then(col("released")).otherwise(day),
        pl.when(sooner).then(col("released")).otherwise(day + 1),
    )
    fifth = pl.lit(pl.Series("fifth", FIFTH, dtype=pl.Int64)).gather(((col("detected") - EPOCH) // DAY).fill_null(0))
    return limits | {11: (fifth, fifth)}


def _status(pl: Any, on: Any, act: Any, late: Any) -> Any:  # noqa: ANN401 - likewise
    return (
        pl.when(~on)
        .then(-1)
        .when(act.is_null())
        .then(pl.when(pl.col("now") < late).then(0).otherwise(3))
        .when(act < late)
        .then(1)
        .otherwise(2)
        .cast(pl.Int8)
    )


def _judged(state: tuple[Frame, Frame]) -> Frame:
    pl = import_module("polars")
    col = pl.col
    table = _reduced(pl, *state)
    applies, limits = _applies(pl), _limits(pl)
    table = table.with_columns(on.alias(f"on{rule}") for rule, on in applies.items())
    table = table.with_columns(
        *(pl.when(col(f"on{rule}")).then(due).otherwise(-1).alias(f"due{rule}") for rule, (due, _) in limits.items()),
        *(
            _status(pl, col(f"on{rule}"), col(PROVISIONS[rule][3]), late).alias(f"status{rule}")
            for rule, (_, late) in limits.items()
        ),
        pl.when(col("on7")).then(0).otherwise(-1).alias("due7"),
        pl.when(~col("on7")).then(-1).when(col("closed").is_null()).then(0).otherwise(4).cast(pl.Int8).alias("status7"),
    )
    missed = pl.min_horizontal(pl.when(col(f"status{rule}") > 1).then(col(f"due{rule}")) for rule in limits)
    table = table.with_columns(missed=missed)
    notice = (
        table.select("case", "missed", "notices")
        .filter(col("missed").is_not_null())
        .explode("notices")
        .filter(col("notices") >= col("missed"))
        .group_by("case")
        .agg(notice=col("notices").min())
    )
    table = table.join(notice, on="case", how="left").with_columns(due12=col("missed") + 24 * HOUR)
    table = table.with_columns(
        col("due12").fill_null(-1),
        _status(pl, col("missed").is_not_null(), col("notice"), col("due12") + 1).alias("status12"),
    )
    return table.select("case", *(f"{name}{rule}" for name in ("due", "status") for rule in PROVISIONS)).collect()


def _outputs(found: Frame) -> tuple[Any, Any]:
    found = found.sort("case")
    due, status = ([found[f"{name}{rule}"].to_numpy() for rule in PROVISIONS] for name in ("due", "status"))
    return due, status


def make() -> Batch:
    """Return the peer."""
    import_module("polars")
    what = Wording("手写 Polars 惰性表达式，事件为长表", "Polars by hand, lazy, the events a long table")
    return Batch(Mode.LIMIT, what, _judged, frames, _outputs, packages=("polars",))
