"""Annotations as SARIF 2.1.0, the format in which code scanning services take findings.

One log with one run, written piece by piece: what is known only in the end stands at the end. GitHub reads the first
25,000 results of a run and lists 5,000; a file that is larger is best written for fewer kinds of findings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from policyengine.report.annotations.places import file_uri
from policyengine.report.visible import visible

if TYPE_CHECKING:
    from policyengine.diagnostics import Span
    from policyengine.report.annotations.annotation import Annotation, Rule
    from policyengine.report.json_values import Json
    from policyengine.wording import Lang

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "policyengine/v1"
"""The name of our fingerprints, with the version of how they are made."""
_LANGUAGE: Mapping[Lang, str] = MappingProxyType({"zh": "zh-CN", "en": "en-US"})


def sarif(
    annotations: Iterable[Annotation],
    rules: Sequence[Rule],
    *,
    version: str,
    lang: Lang,
    baseline: bool = False,
    waivers: bool = False,
) -> Iterator[str]:
    """Yield a SARIF log in chunks of text, about one to a result; *annotations* are asked for once.

    Args:
        annotations: the findings.
        rules: what they are, each once; an annotation whose rule is not among them is a `KeyError`.
        version: that of the tool.
        lang: the language that the texts are in.
        baseline: whether earlier findings were at hand: each result then says whether it is new.
        waivers: whether findings can be suppressed: each result then says whether it is.
    """
    places = {each.id: place for place, each in enumerate(rules)}
    driver = {
        "name": "policyengine",
        "version": version,
        "language": _LANGUAGE[lang],
        "rules": [_rule(each) for each in rules],
    }
    yield f'{{"$schema": {_text(SCHEMA)},\n "version": "2.1.0",\n "runs": [{{"tool": {_text({"driver": driver})},\n'
    yield '  "columnKind": "unicodeCodePoints",\n  "results": ['
    sound, between = True, "\n    "
    for each in annotations:
        sound = sound and not each.fault
        yield between + _text(_result(each, places, baseline=baseline, waivers=waivers))
        between = ",\n    "
    yield f'],\n  "invocations": [{_text({"executionSuccessful": sound})}]}}]}}\n'


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _rule(rule: Rule) -> Json:
    told = _message(rule.help or rule.title)
    return {
        "id": rule.id,
        "shortDescription": _message(rule.title),
        "fullDescription": told,
        "help": told,
        "defaultConfiguration": {"level": rule.grade.value},
    }


def _result(annotation: Annotation, places: Mapping[str, int], *, baseline: bool, waivers: bool) -> Json:
    result: dict[str, Json] = {
        "ruleId": annotation.rule,
        "ruleIndex": places[annotation.rule],
        "level": annotation.grade.value,
        "message": _message(annotation.message),
    }
    if annotation.span is not None:
        result["locations"] = [{"physicalLocation": _place(annotation.span)}]
    if annotation.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _place(span), "message": _message(told)}
            for number, (span, told) in enumerate(annotation.related, start=1)
        ]
    if annotation.fingerprint is not None:
        result["partialFingerprints"] = {FINGERPRINT: annotation.fingerprint}
    if waivers:
        reason = annotation.suppressed
        result["suppressions"] = [] if reason is None else [{"kind": "external", "justification": visible(reason)}]
    if baseline:
        result["baselineState"] = "unchanged" if annotation.known else "new"
    if annotation.properties:
        result["properties"] = dict(annotation.properties)
    return result


def _message(text: str) -> Json:
    """Return a message that says *text*: what looks like a link in it is none, and braces hold no place to fill."""
    return {"text": _lines(text).replace("](", "\\](").replace("{", "{{").replace("}", "}}")}


def _lines(text: str) -> str:
    return "\n".join(map(visible, text.splitlines())) or "-"


def _place(span: Span) -> Json:
    # The end of a region is exclusive in SARIF too.
    return {
        "artifactLocation": {"uri": file_uri(span.file)},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }
