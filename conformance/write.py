"""Write the tables anew: `python -m conformance.write`. With `--generate`, new generated cases as well; read the diff.

Whatever somebody worked out by hand is held against the reference first; where they disagree, nothing is written.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from conformance.collecting import TABLES as SOURCES
from conformance.collecting import Case, conditions, deadlines, statements, table, worked
from conformance.documents import RECALL, ROOT, documents
from conformance.generated import again, generate
from conformance.table import HERE, TABLES, Json, text

if TYPE_CHECKING:
    from pathlib import Path

GENERATED = TABLES / "generated.json"
_ABOUT_GENERATED = {
    "zh": "自动生成的案件，覆盖少有人想到的情形；答案均出自参考求值器。",
    "en": "Generated cases that reach what nobody thinks of; every answer is the reference's.",
}
_ABOUT_WORKED = {
    "zh": "规则的工作案例；`by_hand` 所列各行由人工推算。",
    "en": "Worked cases of a policy; the rows listed in `by_hand` were worked out by hand.",
}
_ABOUT_STATEMENT = {
    "zh": "语义说明 {} 的小案例；`by_hand` 为人工推算的结果。",
    "en": "Small cases for statement {} of the semantics; `by_hand` was worked out by hand.",
}


def files() -> Iterator[tuple[Path, str]]:
    """Yield every file of the conformance tables but the generated one, with its text."""
    yield from documents()
    for folder in sorted((ROOT / "tests" / "cases").iterdir()):
        yield from _worked(folder, folder.name)
    yield from _worked(RECALL / "cases", "product-recall")
    found: dict[str, list[Case]] = defaultdict(list)
    for each in (*statements(SOURCES / "lifecycle.yaml"), *statements(), *conditions(), *deadlines()):
        found[each.told["statements"][0]].append(each)
    for number, cases in sorted(found.items(), key=lambda each: int(each[0][1:])):
        about = {lang: words.format(number) for lang, words in _ABOUT_STATEMENT.items()}
        yield TABLES / "statements" / f"{number}.json", text(table(cases, about))


def _worked(folder: Path, label: str) -> Iterator[tuple[Path, str]]:
    cases = tuple(worked(folder, label))
    if cases:
        yield TABLES / "worked" / f"{label}.json", text(table(cases, _ABOUT_WORKED))


def generated() -> str:
    """Return the text of the generated table with the answers that the reference gives now."""
    old: Json = json.loads(GENERATED.read_text(encoding="utf-8"))
    return text({**old, "cases": again(old)})


def main(words: Sequence[str]) -> None:
    """Write everything."""
    for path, written in files():
        _write(path, written)
    if "--generate" in words:
        _write(GENERATED, text(table(tuple(generate(5000, 220)), _ABOUT_GENERATED)))
    else:
        _write(GENERATED, generated())


def _write(path: Path, written: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8", newline="\n")
    print(path.relative_to(HERE))


if __name__ == "__main__":
    main(sys.argv[1:])
