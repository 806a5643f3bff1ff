"""The JSON Schemas of the files that people write, for editors and for anything else that checks files.

Generated from the models and the packaged vocabularies, and stored in `schemas/`. Whatever the loader takes, a schema
takes; what it refuses, the loader refuses. It cannot tell whether a name exists in the policy at hand: it offers the
packaged names, and leaves the rest to the loader.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from policyengine.loading.calendar import CalendarFile
from policyengine.loading.case import ASKED
from policyengine.loading.case_shape import CaseFile
from policyengine.loading.examples import ExampleFile
from policyengine.loading.schema_conditions import conditions
from policyengine.loading.schema_forms import described_key, forms
from policyengine.loading.schema_parts import NULL, Schema, any_of, array, named, ref, used
from policyengine.loading.schema_readings import definitions, node, nodes
from policyengine.loading.schema_rules import DEFINITIONS, ruled
from policyengine.loading.schema_vocabulary import OFFSET, Offer, packaged_names
from policyengine.loading.schema_words import DOCUMENTS, described
from policyengine.model.condition import CONNECTIVES
from policyengine.model.deadline import Counting
from policyengine.model.policy import Header
from policyengine.model.provision import DecisionTable, Gap, Provision
from policyengine.model.vocabulary import Vocabulary
from policyengine.wording import Wording

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, object]]:
    """Return the JSON Schema (draft 2020-12) of each kind of file: policy, vocabulary, case, example and calendar.

    Raises:
        PolicyError: a packaged vocabulary does not load.
    """
    offer = packaged_names()
    return {
        "policy": _policy(offer),
        "vocabulary": _plain("vocabulary", forms(Vocabulary, offer), offer),
        "case": _with_times(_plain("case", forms(CaseFile, offer, nulls=True), offer)),
        "example": _example(offer),
        "calendar": _plain("calendar", forms(CalendarFile, offer), offer),
    }


def schema_text(schema: Mapping[str, object]) -> str:
    """Return *schema* as it is stored: indented by two, characters as they are, a line end at its end."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _plain(name: str, models: Mapping[str, Schema], offer: Offer) -> Schema:
    """Return the schema of a kind of file that knows no readings; its own model is the first."""
    ruled_models = _ruled(models)
    return _document(name, next(iter(ruled_models.values())), {**ruled_models, **offer.definitions})


def _policy(offer: Offer) -> Schema:
    header = _ruled(forms(Header, offer))
    models = (DecisionTable, Provision, Gap, Counting)
    body = {name: form for model in models for name, form in forms(model, offer).items()}
    sections = {
        "counting": ref(node("Counting")),
        "tables": array(ref(node("DecisionTable"))),
        "provisions": array(ref(node("Provision"))),
        "gaps": array(ref(node("Gap"))),
    }
    root = header["Header"]
    keys = {
        **named(root, "properties"),
        **{key: described_key("Policy", key, section) for key, section in sections.items()},
    }
    root = {**root, "properties": keys, "required": [*_required(root), "provisions"]}
    return _document("policy", root, {**header, **_body(body, offer), **offer.definitions})


def _example(offer: Offer) -> Schema:
    """Return the schema of a file of one example, or of several."""
    found = _ruled(forms(ExampleFile, offer, nulls=True))
    several: Schema = {"required": ["examples"]}
    root: Schema = {"type": "object", "if": several, "then": ref("ExampleFile"), "else": ref("WholeExample")}
    return _document("example", root, {**found, **offer.definitions})


def _body(models: Mapping[str, Schema], offer: Offer) -> dict[str, Schema]:
    """Return the definitions of what readings can change."""
    found = nodes({name: model for name, model in models.items() if name != "FactTest"})
    keys = {key: ref(node("Condition", key)) for key in CONNECTIVES}
    return {**found, **conditions(keys, offer.facts), **definitions()}


def _ruled(models: Mapping[str, Schema]) -> dict[str, Schema]:
    return {name: ruled(name, form) for name, form in models.items()}


def _required(schema: Schema) -> list[object]:
    found = schema["required"]
    return list(found) if isinstance(found, list) else []


def _document(name: str, root: Schema, known: Mapping[str, Schema]) -> Schema:
    description = described(DOCUMENTS[name])
    return {"$schema": DIALECT, "description": description, **root, "$defs": used(root, {**known, **DEFINITIONS})}


def _with_times(case: Schema) -> Schema:
    """Let times lack an offset only where the file declares a zone (S1)."""
    hint = described(Wording("须写明时差，如 +08:00，或声明 time_zone", "add an offset such as +08:00, or a time_zone"))
    exact = any_of({"type": "string", "pattern": f"{OFFSET}$", "patternErrorMessage": hint}, NULL)
    event = {"properties": {"at": exact, "recorded_at": exact}}
    zoned = {"required": ["time_zone"], "properties": {"time_zone": {"type": "string"}}}
    own = dict.fromkeys(ASKED, exact)
    return {**case, "if": zoned, "else": {"properties": {**own, "events": {"items": event}}}}
