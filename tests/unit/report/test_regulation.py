"""The page on a regulation: nothing that the policy says is lost, and nothing in it can break the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

import policyengine as pe
from policyengine.loading.library import packaged_policies
from policyengine.model.base import Title, Value
from policyengine.model.deadline import Counting, DayCounting, Deadline, Regrading, RegradingRules, Within
from policyengine.model.policy import Policy, Variants
from policyengine.model.provision import DecisionTable, Gap, Provision, Strength
from policyengine.report.phrases import Phrases
from policyengine.report.regulation import regulation_markdown
from policyengine.report.regulation.markup import inline
from policyengine.testing import strategies
from policyengine.wording import LANGUAGES, Lang

if TYPE_CHECKING:
    from policyengine.model.condition import Condition

TOP = Path(__file__).parents[3]
GOOD = TOP / "tests" / "policies" / "good"
POLICIES = (*packaged_policies().values(), TOP / "examples" / "product-recall" / "product-recall.yaml")
LOADED = {path.stem: pe.load(path) for path in POLICIES}
GENERATED = strategies.policies(pe.load(GOOD / "tables.yaml").vocabulary, beside=GOOD)
generating = settings(max_examples=25, deadline=None, suppress_health_check=(HealthCheck.too_slow,))
every_policy = pytest.mark.parametrize("policy", LOADED.values(), ids=LOADED)
Node = Provision | Gap | DecisionTable


def nodes(policy: Policy) -> Iterator[Node]:
    """Yield every provision, gap and table under every reading."""
    yield from (node for each in policy.provisions for node in each.nodes())
    yield from (node for each in policy.gaps for node in each.nodes())
    yield from (node for each in policy.tables for node in each.nodes())


def texts(value: object) -> Iterator[Title]:
    """Yield every text in both languages inside *value*."""
    if isinstance(value, Title):
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, Mapping | tuple):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from texts(each)


def ids(policy: Policy) -> Iterator[str]:
    """Yield everything that the policy names by an id of its own, and the roles that it uses."""
    header = policy.header
    yield from (policy.id, *(header.implements or ()), header.vocabulary, header.calendar, header.time_zone)
    yield from (*header.roles, *header.readings, *header.presume, *header.source.clauses)
    yield from (option for each in header.readings.values() for option in each.options)
    yield from (grade.id for each in header.severities for grade in each.grades)
    for node in nodes(policy):
        yield node.id
        yield from node.clause
        if isinstance(node, Provision):
            yield from (each for each in (node.bearer, node.to) if each is not None)


def conditions(policy: Policy) -> Iterator[Condition]:
    for node in nodes(policy):
        if isinstance(node, DecisionTable):
            yield from (row.when for row in node.rows)
            continue
        yield from (each for each in (node.when, getattr(node, "unless", None)) if each is not None)


def limits(policy: Policy) -> Iterator[Deadline]:
    for node in nodes(policy):
        if isinstance(node, Provision) and node.deadline is not None:
            yield from node.deadline.singles()


def check_that_nothing_is_lost(policy: Policy, lang: Lang) -> None:
    page, phrases = regulation_markdown(policy, lang), Phrases(policy, lang)
    expected = {f"`{each}`" for each in ids(policy)}
    expected |= {each.within(lang) for part in (policy.header, *nodes(policy)) for each in texts(part)}
    expected |= {phrases.condition(each) for each in conditions(policy)}
    for each in limits(policy):
        expected |= {phrases.length(each.within)} if each.within is not None else set()
        expected |= {each.ends} if each.ends is not None else set()
        expected |= {phrases.type(each.before)} if each.before is not None else set()
    # Headings begin with a capital, and names in backticks are not escaped. What would make a list at the beginning of
    # a line is escaped there alone, hence the letter before it.
    shown = page.casefold()
    forms = {each: (each.casefold(), inline(f"x{each.strip()}")[1:].casefold()) for each in expected}
    assert [each for each, (raw, written) in forms.items() if raw not in shown and written not in shown] == []


@every_policy
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_that_a_policy_says_is_lost(policy: Policy, lang: Lang) -> None:
    check_that_nothing_is_lost(policy, lang)


@generating
@given(GENERATED)
def test_nothing_that_any_policy_can_say_is_lost(policy: Policy) -> None:
    for lang in LANGUAGES:
        check_that_nothing_is_lost(policy, lang)
        check_the_shape(regulation_markdown(policy, lang))


def check_the_shape(page: str) -> None:
    """Hold every table to as many cells a row as its head has, and every line to a kind that the page uses."""
    width = 0
    for line in page.splitlines():
        assert re.fullmatch(r"(#{1,3} \S.*|\| .* \||( {2})?- \S.*|\S.*|)", line), line
        bars = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) if line.startswith("|") else 0
        assert width in {0, bars} or bars == 0, line
        width = bars
    assert "\n\n\n" not in page
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@every_policy
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_well_formed_and_always_the_same(policy: Policy, lang: Lang) -> None:
    page = regulation_markdown(policy, lang)
    check_the_shape(page)
    assert page == regulation_markdown(policy, lang)


def with_node(policy: Policy, place: int, options: tuple[str, ...], node: Provision) -> Policy:
    """Return *policy* with another provision at *place* under *options*; under no others."""
    variants = policy.provisions[place]
    by_options = tuple((key, node if key == options else each) for key, each in variants.by_options)
    provisions = [*policy.provisions]
    provisions[place] = Variants(variants.readings, by_options)
    return replace(policy, provisions=tuple(provisions))


def provisions(policy: Policy, key: str) -> Iterator[tuple[int, tuple[str, ...], Provision]]:
    """Yield each provision once for every value that *key* has under some reading, with the first options for it."""
    for place, variants in enumerate(policy.provisions):
        nodes = [(options, node) for options, node in variants.by_options if node is not None]
        first = {repr(getattr(node, key)): (place, options, node) for options, node in reversed(nodes)}
        yield from (each for each in first.values() if getattr(each[2], key) is not None)


STRENGTHS = {each.value for each in Strength}
OPTIONAL = [name for name, field in Provision.model_fields.items() if field.default is None and name not in STRENGTHS]


def check_that_every_key_is_told(policy: Policy) -> None:
    """Drop every key of every provision under every reading: each time the page must change."""
    page = regulation_markdown(policy, "en")
    for name in OPTIONAL:
        for place, options, node in provisions(policy, name):
            without = with_node(policy, place, options, node.model_copy(update={name: None}))
            assert regulation_markdown(without, "en") != page, (node.id, options, name)


def test_no_key_of_a_provision_can_be_left_out_unseen() -> None:
    check_that_every_key_is_told(LOADED["changzhi-energy-bureau"])
    check_that_every_key_is_told(LOADED["product-recall"])


@settings(generating, max_examples=5)
@given(GENERATED)
def test_no_key_that_any_provision_can_have_is_left_out_unseen(policy: Policy) -> None:
    check_that_every_key_is_told(policy)


def longer(deadline: Deadline, which: int) -> Deadline | None:
    """Return *deadline* with the number of its single limit number *which* raised; ``None`` without a number there."""
    if deadline.limbs:
        name = "earliest" if deadline.earliest else "latest"
        limbs = [*deadline.limbs]
        for place, limb in enumerate(limbs):
            if which < len(limb.singles()):
                inner = longer(limb, which)
                limbs[place] = inner or limb
                return None if inner is None else deadline.model_copy(update={name: tuple(limbs)})
            which -= len(limb.singles())
    if deadline.within is None:
        return None
    raised = {unit: number + 1 for unit, number in deadline.within.parts()}
    return deadline.model_copy(update={"within": Within(**raised)})


@every_policy
def test_every_number_shows(policy: Policy) -> None:
    pages = {lang: regulation_markdown(policy, lang) for lang in LANGUAGES}
    changed = 0
    for place, options, node in provisions(policy, "deadline"):
        for which in range(len(node.deadline.singles()) if node.deadline is not None else 0):
            limit = longer(node.deadline, which) if node.deadline is not None else None
            if limit is not None:
                changed += 1
                other = with_node(policy, place, options, node.model_copy(update={"deadline": limit}))
                assert all(regulation_markdown(other, lang) != pages[lang] for lang in LANGUAGES), (node.id, options)
    assert changed > 0


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(Counting(hours="next_full_hour"), id="hours"),
        pytest.param(Counting(days=DayCounting(roll="next_working_day")), id="roll"),
        pytest.param(Counting(days=DayCounting(ends="17:30")), id="close of business"),
        pytest.param(Counting(regrading=RegradingRules(up=Regrading.RESTART)), id="up"),
        pytest.param(Counting(regrading=RegradingRules(down=Regrading.FROZEN)), id="down"),
        pytest.param(Counting(regrading=RegradingRules(other=Regrading.CAPPED)), id="other"),
    ],
)
def test_how_time_is_counted_shows(rules: Counting) -> None:
    policy = LOADED["changzhi-energy-bureau"]
    for lang in LANGUAGES:
        plain = replace(policy, counting=Variants((), (((), Counting()),)))
        other = replace(policy, counting=Variants((), (((), rules),)))
        assert regulation_markdown(other, lang) != regulation_markdown(plain, lang)


HOSTILE = "a | b\n# c\n- d\n1. `e` **f** _g_ [h](i) <j> ~~k~~ &amp; \\ $l$ {m} {0} ```"


def hostile(value: object) -> object:
    """Return *value* with every text in it replaced by one that would break a page."""
    if isinstance(value, Title):
        return Title(zh=HOSTILE, en=HOSTILE)
    if isinstance(value, Value):
        return value.model_copy(update={name: hostile(getattr(value, name)) for name in type(value).model_fields})
    if isinstance(value, Mapping):
        return type(value)({key: hostile(each) for key, each in value.items()})  # type: ignore[call-arg]
    if isinstance(value, tuple):
        return tuple(hostile(each) for each in value)
    return value


@pytest.mark.parametrize("name", ["product-recall", "meihekou-human-resources-bureau", "hubei-government-office"])
def test_no_text_of_a_policy_can_break_the_page(name: str) -> None:
    policy = LOADED[name]

    def spoilt(variants: tuple[Variants[Node], ...]) -> tuple[Variants[Node], ...]:
        return tuple(
            Variants(each.readings, tuple((key, hostile(node)) for key, node in each.by_options))  # type: ignore[misc]
            for each in variants
        )

    vocabulary = hostile(policy.vocabulary)
    other = replace(
        policy,
        header=hostile(policy.header),  # type: ignore[arg-type]
        vocabulary=vocabulary,  # type: ignore[arg-type]
        provisions=spoilt(policy.provisions),  # type: ignore[arg-type]
        gaps=spoilt(policy.gaps),  # type: ignore[arg-type]
        tables=spoilt(policy.tables),  # type: ignore[arg-type]
    )
    page = regulation_markdown(other, "zh")
    check_the_shape(page)
    assert page.count("\n## ") == regulation_markdown(policy, "zh").count("\n## ")
    plain = re.sub(r"\\.", "", page)
    assert re.findall(r"[<~$\[\]]|```|&amp", plain) == []
    assert inline(HOSTILE) in page


def test_escaping_leaves_ordinary_text_alone() -> None:
    ordinary = "48小时内(含)回应；no. 61 of 2016, “first word” – at once!"
    assert inline(ordinary) == ordinary
    assert inline("two\n lines") == "two lines"
