"""`policyengine schema`: JSON Schemas of the files that people write and of what is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from policyengine.batch.schema import batch_columns_schema
from policyengine.checks.audit.schema import baseline_schema, waivers_schema
from policyengine.cli.exits import ANSWERED, FINDINGS
from policyengine.cli.frame import Argument, Command, Flag, Option, spoken
from policyengine.cli.help import Misuse, refused
from policyengine.cli.streams import OutputError, emit, tell
from policyengine.loading.schema import schema_text, schemas
from policyengine.report.audit.schema import audit_schema
from policyengine.report.changes.schema import changes_schema
from policyengine.report.comparison.schema import comparison_schema
from policyengine.report.coverage.schema import coverage_schema
from policyengine.report.examples.schema import finished_schema
from policyengine.report.explanation.schema import explanation_schema
from policyengine.report.fuzz.schema import fuzz_schema
from policyengine.report.json_values import written
from policyengine.report.more_schemas import assessments_schema, readings_schema, worklist_schema
from policyengine.report.mutation.schema import mutation_schema
from policyengine.report.proof.schema import proof_schema
from policyengine.report.schemas import assessment_schema, diagnostics_schema
from policyengine.report.strictness.schema import strictness_range_schema, strictness_schema
from policyengine.wording import Lang, Wording

_ENDING = ".schema.json"
_STORED = Path("schemas")
_BY_WRITER = (
    ("policy", "vocabulary", "case", "example", "calendar", "columns", "waivers"),
    ("assessment", "assessments", "readings", "worklist", "explanation", "diagnostics"),
    ("comparison", "strictness", "strictness-range", "proof", "diff"),
    ("audit", "baseline", "test", "coverage", "mutation", "fuzz"),
)
"""What people write, then what is written here about cases, about policies, and of what holds them."""
_NAMES = tuple(name for names in _BY_WRITER for name in names)

_SAME = Wording("{n} 个 Schema 均与应写出的相同", "{n} schemas, all as they would be written")
_WRITTEN = Wording("已写入 {directory}，共 {n} 个 Schema", "{n} schemas written to {directory}")
_MISSING = Wording("{file}：缺失", "{file}: missing")
_DIFFERENT = Wording("{file}：与应写出的不同", "{file}: not as it would be written")
_NEEDLESS = Wording("{file}：不再写出", "{file}: no longer written")
_REMEDY = Wording("请运行：policyengine schema --write {directory}", "run: policyengine schema --write {directory}")
_ONE_THING = Wording(
    "请给出一个名称 ({names})，或 --check，或 --write", "give one name ({names}), or --check, or --write"
)
_NAME = Wording("名称", "NAME")


def run(*, name: str | None, check: bool, write: str | None) -> int:
    """Print one schema, or hold the stored ones against what would be written, or write them."""
    lang = spoken()
    if (name is not None) + check + (write is not None) != 1:
        raise Misuse(_ONE_THING.within(lang).format(names=", ".join(_NAMES)))
    if name is not None and name not in _NAMES:
        raise refused(lang, _NAME.within(lang), name, _NAMES)
    texts = _texts()
    if name is not None:
        emit(texts[name])
        return ANSWERED
    return _compare(texts, lang) if write is None else _store(texts, Path(write))


def _texts() -> dict[str, str]:
    """Return every schema as text, by name."""
    files = {name: schema_text(schema) for name, schema in schemas().items()}
    answers = {"assessment": assessment_schema(), "assessments": assessments_schema(), "readings": readings_schema()}
    other = {
        **answers,
        "worklist": worklist_schema(),
        "explanation": explanation_schema(),
        "comparison": comparison_schema(),
        "strictness": strictness_schema(),
        "strictness-range": strictness_range_schema(),
        "proof": proof_schema(),
        "diff": changes_schema(),
        "columns": batch_columns_schema(),
        "waivers": waivers_schema(),
        "audit": audit_schema(),
        "baseline": baseline_schema(),
        "test": finished_schema(),
        "coverage": coverage_schema(),
        "mutation": mutation_schema(),
        "fuzz": fuzz_schema(),
    }
    found = {**other, "diagnostics": diagnostics_schema()}
    return {**files, **{name: written(schema) for name, schema in found.items()}}


def _compare(texts: Mapping[str, str], lang: Lang) -> int:
    """Say which of the stored schemas are not what would be written."""
    lines = [wording.within(lang).format(file=path) for wording, path in _drift(texts)]
    if not lines:
        emit(_SAME.within(lang).format(n=len(texts)) + "\n")
        return ANSWERED
    emit("\n".join(lines) + "\n")
    tell(_REMEDY.within(lang).format(directory=_STORED) + "\n")
    return FINDINGS


def _drift(texts: Mapping[str, str]) -> Iterator[tuple[Wording, Path]]:
    paths = {_STORED / f"{name}{_ENDING}": text for name, text in texts.items()}
    for path, text in paths.items():
        if not path.is_file():
            yield _MISSING, path
        elif path.read_bytes() != text.encode():
            yield _DIFFERENT, path
    for path in sorted(_STORED.glob(f"*{_ENDING}")):
        if path not in paths:
            yield _NEEDLESS, path


def _store(texts: Mapping[str, str], directory: Path) -> int:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (directory / f"{name}{_ENDING}").write_bytes(text.encode())
    except OSError as error:
        raise OutputError(f"{directory}: {error.strerror}") from error
    tell(_WRITTEN.within(spoken()).format(n=len(texts), directory=directory) + "\n")
    return ANSWERED


COMMAND = Command(
    "schema",
    Wording(
        "输出一个 JSON Schema；或检查、写出全部 Schema。退出码 1：已存的与应写出的不同。",
        "Prints a JSON Schema; or checks or writes all of them. Exit code 1: the stored ones differ.",
    ),
    [
        Argument("name", Wording("、".join(_NAMES), ",\n".join(map(", ".join, _BY_WRITER))), _NAME, required=False),
        Flag("--check", Wording("把 ./schemas 与应写出的相比较", "compare ./schemas with what would be written")),
        Option("--write", Wording("全部写入该目录", "write all of them to this directory"), Wording("目录", "DIR")),
    ],
    run,
)
