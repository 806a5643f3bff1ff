"""Pages of the files that people write: every key of every part, as the models and the schema's words have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, cast

from policyengine.loading.calendar import CalendarFile
from policyengine.loading.case_shape import CaseFile
from policyengine.loading.examples import ExampleFile
from policyengine.loading.schema_forms import forms
from policyengine.loading.schema_parts import Schema, named, ref, target
from policyengine.loading.schema_rules import always, at_last
from policyengine.loading.schema_vocabulary import packaged_names
from policyengine.loading.schema_words import DOCUMENTS, KEYS
from policyengine.model.deadline import Counting
from policyengine.model.policy import Header
from policyengine.model.provision import DecisionTable, Gap, Provision
from policyengine.model.vocabulary import Vocabulary
from policyengine.wording import Wording
from tests.support.reference_pages import words
from tests.support.reference_pages.markup import ROOT, fenced, heading, page, table
from tests.support.reference_pages.values import needs, taken, title

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

_INTERNAL = {("Condition", "facts"), ("FactTest", "fact"), ("FactTest", "one_of")}
_CHANGZHI = "policies/changzhi-energy-bureau.yaml"
_TOP = 10  # lines of an excerpt from the top of a file
_COLUMNS = ("键 key", "必需 required", "写什么", "what to write", "含义", "meaning", "条文 statement")


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    Args:
        name: its name in `policyengine schema`.
        models: what it is made of, its own model first.
        title: the page's title.
        examples: for a part, a packaged file and the line with which an excerpt of it begins.
        notes: what the page says beside the tables.
    """

    name: str
    models: tuple[type[BaseModel], ...]
    title: Wording
    examples: dict[str, tuple[str, str]]
    notes: tuple[Wording, ...] = ()


KINDS = (
    Kind(
        "policy",
        (Header, DecisionTable, Provision, Gap, Counting),
        Wording("规则文件", "Policy files"),
        {
            "Header": (_CHANGZHI, "policy: "),
            "Grading": (_CHANGZHI, "  - fact: event_severity"),
            "Reading": (_CHANGZHI, "  starting_hour:"),
            "Clause": (_CHANGZHI, '    "CZH:17":'),
            "DecisionTable": ("policies/hubei-government-office.yaml", "  - assigns: "),
            "Provision": (_CHANGZHI, "  - id: first-bulletin"),
            "Condition": (_CHANGZHI, "    when: {event_severity: {less_than"),
            "Deadline": (_CHANGZHI, "    deadline:"),
            "Counting": (_CHANGZHI, "counting:"),
            "Recurrence": (_CHANGZHI, "    every: year"),
            "Gap": ("policies/meihekou-human-resources-bureau.yaml", "  - id: no-press-conference"),
        },
        (
            Wording(
                "`tables`、`provisions`、`gaps`、`counting` 中的内容都可写成 `{reading: 解释问题, 选项: 内容, …}`，"
                "与 `reading` 并列的其他键为各选项共有 (S7)。",
                "Anything below `tables`, `provisions`, `gaps` and `counting` can be written as "
                "`{reading: NAME, OPTION: …}`; keys beside `reading` are common to all options (S7).",
            ),
        ),
    ),
    Kind(
        "case",
        (CaseFile,),
        Wording("案件文件", "Case files"),
        {
            "CaseFile": ("examples/changzhi-grave-emergency.yaml", "case: "),
            "EventEntry": ("examples/changzhi-grave-emergency.yaml", "  - id: "),
        },
        (
            Wording(
                "没有写 `time_zone` 时，每个时刻都须带时差，如 `+08:00` (S1)。",
                "Without `time_zone`, every instant needs an offset such as `+08:00` (S1).",
            ),
            Wording(
                "事件须有 `type` 和 `at`；撤回 (`retracts`) 只须有 `at` 或 `recorded_at`。",
                "An event needs `type` and `at`; a retraction (`retracts`) only `at` or `recorded_at`.",
            ),
        ),
    ),
    Kind(
        "example",
        (ExampleFile,),
        Wording("示例文件", "Example files"),
        {"WholeExample": ("tests/cases/changzhi/CZH-01.yaml", "case: ")},
        (
            Wording(
                "文件可只有一个示例，即写明应得出什么结果的案件；也可在 `examples` 下列出多个。"
                "有多个问题的，分别写在 `ask` 下。",
                "A file holds one example, which is a case that says what must come out, or several under `examples`. "
                "Where a case is asked several questions, each stands under `ask`.",
            ),
            Wording(
                "检验：`policyengine test FILE`；其中 `null` 表示应当没有该项。",
                "To hold policies to them: `policyengine test FILE`; `null` says that there must be nothing.",
            ),
        ),
    ),
    Kind(
        "vocabulary",
        (Vocabulary,),
        Wording("词汇表文件", "Vocabulary files"),
        {
            "Choice": ("policies/vocabulary/public-sentiment.yaml", "  gravity:"),
            "FactType": ("policies/vocabulary/public-sentiment.yaml", "  event_severity:"),
            "EventType": ("policies/vocabulary/public-sentiment.yaml", "  publish:"),
            "Topic": ("policies/vocabulary/public-sentiment.yaml", "  - {id: press_conference"),
        },
    ),
    Kind(
        "calendar",
        (CalendarFile,),
        Wording("日历文件", "Calendar files"),
        {
            "CalendarFile": ("policies/calendars/weekends-only.yaml", "calendar: "),
            "YearEntry": ("policies/calendars/cn.yaml", "  - year: 2025"),
        },
    ),
)


def file_page(kind: Kind) -> str:
    """Return the page of one *kind* of file."""
    head = f"{heading(1, f'{kind.title.en} {kind.title.zh}')}\n{_introduction(kind)}"
    return page(head, *(block for name, form in _parts(kind) for block in _section(kind, name, form)))


def _introduction(kind: Kind) -> str:
    document = DOCUMENTS[kind.name]
    notes = "".join(f"\n\n{each.zh}\n{each.en}" for each in kind.notes)
    return (
        f"{document.zh}。{document.en[0].upper()}{document.en[1:]}.\n\n"
        f"编辑器所用的 JSON Schema：`policyengine schema {kind.name}`；检查文件：`policyengine check FILE`。\n"
        f"For editors: `policyengine schema {kind.name}`; to check a file: `policyengine check FILE`. "
        f"Every fault that it reports has its entry in [diagnostics](diagnostics.md).{notes}"
    )


def _parts(kind: Kind) -> Iterator[tuple[str, Schema]]:
    """Yield every part of the file once, with its form."""
    offer, seen = packaged_names(), set[str]()
    for model in kind.models:
        found = forms(model, offer, nulls=kind.name in {"case", "example"})
        for name, form in found.items():
            if name not in seen and "properties" in form:
                seen.add(name)
                whole = _with_sections(form) if name == "Header" else form
                yield name, {**whole, "properties": {key: _plain(each, found) for key, each in _keys(whole)}}


def _keys(form: Schema) -> Iterator[tuple[str, Schema]]:
    yield from named(form, "properties").items()


def _plain(schema: Schema, models: Mapping[str, Schema]) -> Schema:
    """Return *schema* with the values of an enumeration in place of its name."""
    values = models.get(target(schema) or "", {})
    return {**values, **{key: each for key, each in schema.items() if key != "$ref"}} if "enum" in values else schema


def _with_sections(header: Schema) -> Schema:
    """Return the form of a policy's *header* with the sections in which readings may stand."""
    names = {"tables": "DecisionTable", "provisions": "Provision", "gaps": "Gap", "counting": "Counting"}
    sections = {
        key: ref(name) if key == "counting" else {"type": "array", "items": ref(name)} for key, name in names.items()
    }
    required = [*cast("list[str]", header["required"]), "provisions"]
    return {**header, "properties": {**named(header, "properties"), **sections}, "required": required}


def _section(kind: Kind, name: str, form: Schema) -> Iterator[str]:
    yield heading(2, title("Policy" if name == "Header" else name))
    yield table(_COLUMNS, _rows(name, form))
    rules = needs([*always(name), *at_last(name)])
    yield "".join(f"- {each.zh}。{each.en[0].upper()}{each.en[1:]}.\n" for each in rules)
    file, begins = kind.examples.get(name, ("", ""))
    if file:
        yield f"`{file}`:\n\n{fenced(excerpt(ROOT / file, begins), 'yaml')}"


def _rows(name: str, form: Schema) -> Iterator[tuple[str, ...]]:
    required = cast("list[str]", form.get("required", []))
    for key, schema in _keys(form):
        if (name, key) in _INTERNAL:
            continue
        what = taken(schema)
        default = f" (`{schema['default']}`)".lower() if "default" in schema else ""
        meaning = KEYS[name][key] if key in KEYS.get(name, {}) else KEYS["Policy"][key]
        statement = words.STATEMENTS.get(name, {}).get(key, "")
        link = f"[{statement}](statements.md#{statement.lower()})" if statement else ""
        yield (
            f"`{key}`",
            "✓" if key in required else "",
            f"{what.zh}{default}",
            f"{what.en}{default}",
            *meaning,
            link,
        )


def excerpt(path: Path, begins: str) -> str:
    """Return what a file says from the first line that begins with *begins*, as long as it belongs to that line.

    At the top of a file that is everything; then its first lines are returned.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith(begins))
    if begins.endswith(": ") and not begins.startswith(" "):
        return "\n".join(lines[first : first + _TOP])
    margin = len(lines[first]) - len(lines[first].lstrip())
    belonging = takewhile(lambda line: len(line) - len(line.lstrip()) > margin, lines[first + 1 :])
    return "\n".join(line[margin:] for line in (lines[first], *belonging))
