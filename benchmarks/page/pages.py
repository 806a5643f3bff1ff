"""From the JSON files of results to the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any

from benchmarks.page import words
from benchmarks.peers.kinds import Mode
from benchmarks.results import measured
from policyengine.wording import Lang, Wording

_HERE = Path(__file__).parent
_DOCS = Path(__file__).parents[2] / "docs" / "explanation"
PAGES = MappingProxyType[Lang, Path]({"en": _DOCS / "speed.md", "zh": _DOCS / "speed.zh.md"})
_KINDS = ("events", "provisions", "cases")
Result = dict[str, Any]

_RATIO = Wording("× 手写 Python", "× plain Python")
_RATE = Wording("案/秒", "cases/s")
_SPREAD = Wording("最小–最大", "min–max")
_MICROS = Wording("微秒/案", "µs/case")
_MODE = Wording("类别", "mode")
_WHO = Wording("参与者", "what")
_AT_A_TIME = Wording("每次案数", "cases a time")
_LEAST_APART = 100
_PROVISIONS = 12


def write() -> None:
    """Write the page in both languages, and its pictures."""
    from benchmarks.page.pictures import draw

    growth = measured("growth")
    if growth is not None:
        draw(growth["curves"], {name: _DOCS / f"speed-{name}.svg" for name in _KINDS})
    for lang, file in PAGES.items():
        file.write_text(page(lang), encoding="utf-8")


def page(lang: Lang) -> str:
    """Return the page in *lang*."""
    one, many = _results("one-case"), _results("columns")
    name = "speed.template.md" if lang == "en" else "speed.template.zh.md"
    return Template((_HERE / name).read_text(encoding="utf-8")).substitute(
        one_case=_ranking([each for each in one if "graded" not in each["name"]], lang),
        graded=_ranking([each for each in one if "graded" in each["name"]], lang),
        columns=_ranking(many, lang),
        left_out=_left_out((*one, *many), lang),
        cold=_cold(lang),
        load=_load(lang),
        monitor="\n\n".join(_monitor(lang)) or words.NOT_MEASURED.within(lang),
        growth="\n\n".join(_growth(lang)) or words.NOT_MEASURED.within(lang),
        memory=_memory(lang),
        ten_million=_ten_million(lang),
        machine=_machine(lang),
    )


def line(result: Result) -> str:
    """Return one result for a terminal."""
    if "us" not in result:
        return f"{result['name']:34} left out: {_why(result)}"
    spread = f"{number(result['us_min'])} to {number(result['us_max'])}"
    return f"{result['name']:34} {number(result['us']):>8} us ({spread}) {number(result['ratio']):>6} x plain Python"


def number(value: float) -> str:
    """Return *value* to three significant digits, thousands apart."""
    return f"{float(f'{value:.3g}'):,.0f}" if value >= _LEAST_APART else f"{value:.3g}"


def _results(name: str) -> list[Result]:
    found = measured(name)
    results: list[Result] = [] if found is None else found["results"]
    return results


def _why(result: Result) -> str:
    return str(result.get("differs") or result.get("absent"))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], *, left: int = 1) -> str:
    """Return a table, all but the first *left* columns flush right."""
    rule = ["---" if place < left else "---:" for place in range(len(head))]
    return "\n".join(f"| {' | '.join(each)} |" for each in (head, rule, *rows))


def _left_out(results: Iterable[Result], lang: Lang) -> str:
    left = [f"- `{each['name']}`: {_why(each)}" for each in results if "us" not in each]
    return "\n".join(left) or words.NOTHING.within(lang)


def _ranking(results: Sequence[Result], lang: Lang) -> str:
    timed = sorted((each for each in results if "us" in each), key=lambda each: float(each["us"]))
    if not timed:
        return words.NOT_MEASURED.within(lang)
    many = any("cases" in each for each in timed)
    head = [_WHO, _MODE, _MICROS, _SPREAD, _RATIO, _RATE, *([_AT_A_TIME] if many else [])]
    rows = [
        [
            _named(each, lang),
            words.MODES[Mode(each["mode"])].within(lang),
            number(each["us"]),
            f"{number(each['us_min'])}–{number(each['us_max'])}",
            number(each["ratio"]),
            number(1e6 / each["us"]),
            *([f"{each['cases']:,}"] if many else []),
        ]
        for each in timed
    ]
    return _table([each.within(lang) for each in head], rows, left=2)


def _named(result: Result, lang: Lang) -> str:
    covers = result.get("covers", _PROVISIONS)
    part = Wording("（{} 条中的 {} 条）", " ({1} of {0} provisions)").within(lang).format(_PROVISIONS, covers)
    name = f"{result[lang]}{part if covers < _PROVISIONS else ''}"
    return f"**{name}**" if result["mode"] == Mode.OURS else name


def _growth(lang: Lang) -> Iterator[str]:
    found = measured("growth")
    for kind in _KINDS if found is not None else ():
        curves = {name: dict(points) for name, points in (found or {})["curves"].items() if name.startswith(kind)}
        sizes = sorted({size for points in curves.values() for size in points})
        rows = [
            [words.CURVES[name].within(lang), *(number(points[size]) if size in points else "" for size in sizes)]
            for name, points in curves.items()
            if points
        ]
        if rows:
            yield _table(["", *(f"{size:,}" for size in sizes)], rows)
            yield f"![{kind}](speed-{kind}.svg)"


def _cold(lang: Lang) -> str:
    found = measured("cold")
    if found is None:
        return words.NOT_MEASURED.within(lang)
    head = (
        Wording("", ""),
        Wording("毫秒", "ms"),
        Wording("最小", "least"),
        Wording("比只启动 Python 多", "over bare Python"),
        Wording("× pydantic", "× pydantic"),
    )
    rows = [
        [
            words.PROGRAMS[name].within(lang),
            *(f"{each[value]:.0f}" for value in ("median", "least")),
            f"{each['over']:+.0f}",
            f"{each['models']:.2f}",
        ]
        for name, each in found["programs"].items()
    ]
    return _table([each.within(lang) for each in head], rows)


def _load(lang: Lang) -> str:
    found = measured("load")
    if found is None:
        return words.NOT_MEASURED.within(lang)
    head = (
        Wording("规则", "policy"),
        Wording("行", "lines"),
        Wording("解析器事件，毫秒", "events of the parser, ms"),
        Wording("加载，毫秒", "load, ms"),
        Wording("每500行，毫秒", "500 lines, ms"),
        Wording("最小", "least"),
    )
    rows = [
        [
            f"`{name}`",
            f"{each['lines']:,}",
            *(f"{each[value]:.1f}" for value in ("events", "load", "per_500", "least_per_500")),
        ]
        for name, each in found["policies"].items()
    ]
    return f"{_table([each.within(lang) for each in head], rows)}\n\n{words.LOADED.within(lang).format(**found)}"


def _monitor(lang: Lang) -> Iterator[str]:
    found = measured("monitor")
    if found is None:
        return
    yield words.FOLLOWED.within(lang).format(**found)
    each_event = (Wording("记录，微秒", "record, µs"), Wording("跟踪，微秒", "follow, µs"), Wording("变化", "changes"))
    columns = [each.within(lang) for each in each_event]
    yield _table(
        [Wording("未结案件", "open cases").within(lang), *columns],
        [[f"{int(cases):,}", *_followed(each)] for cases, each in found["by_cases"].items()],
    )
    tenth = found["events"] // 10
    yield _table(
        [Wording("事件", "events").within(lang), *columns],
        [
            [f"{number * tenth + 1:,}–{(number + 1) * tenth:,}", *_followed(each)]
            for number, each in enumerate(found["by_age"])
        ],
    )


def _followed(each: dict[str, float]) -> tuple[str, str, str]:
    return f"{each['record']:.1f}", f"{each['follow']:,.0f}", f"{each['changes']:.2f}"


def _memory(lang: Lang) -> str:
    found = measured("memory")
    if found is None:
        return words.NOT_MEASURED.within(lang)
    rows = [(words.FORMS[form].within(lang), f"{size:,}") for form, size in found["bytes"].items()]
    return _table(("", Wording("字节", "bytes").within(lang)), rows)


def _ten_million(lang: Lang) -> str:
    found = measured("ten-million")
    return words.NOT_MEASURED.within(lang) if found is None else words.TEN_MILLION.within(lang).format(**found)


def _machine(lang: Lang) -> str:
    found = [each for each in (measured("one-case"), measured("columns")) if each is not None]
    if not found:
        return words.NOT_MEASURED.within(lang)
    machine = found[0]["machine"]
    packages = {name: version for each in found for name, version in each["versions"].items()}
    for result in (*_results("one-case"), *_results("columns")):
        packages |= result.get("versions", {})
    unknown = Wording("未记录", "not recorded").within(lang)
    cores = Wording("{} 核", "{} cores").within(lang).format(machine["cores"])
    rows = (
        (Wording("处理器", "processor"), f"{machine['processor']}, {cores}"),
        (Wording("内存", "memory"), f"{machine['memory_gib']} GiB"),
        (Wording("系统", "system"), str(machine["system"])),
        (Wording("Python", "Python"), str(machine["python"])),
        (Wording("日期", "day"), ", ".join(sorted({each["day"] for each in found}))),
        (
            Wording("测完时的负载", "load average at the end"),
            ", ".join(str(each.get("load", unknown)) for each in found),
        ),
        (Wording("轮数", "rounds"), ", ".join(sorted({str(each["rounds"]) for each in found}))),
        (Wording("包", "packages"), ", ".join(f"{name} {packages[name]}" for name in sorted(packages))),
    )
    return _table(("", ""), [(name.within(lang), value) for name, value in rows], left=2)
