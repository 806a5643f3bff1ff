"""Questions about policies rather than cases, as users of the library ask them; re-exported by :mod:`policyengine`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, overload

from policyengine.analysis import changes, comparing, every_reading, strictness
from policyengine.analysis.proving import proof
from policyengine.analysis.sides import same_vocabulary
from policyengine.engine.question import distinct, options, options_by_policy
from policyengine.errors import ReadingError
from policyengine.model.frozen import FrozenMap
from policyengine.model.policy import Policy

if TYPE_CHECKING:
    from policyengine.analysis.changes import Changes
    from policyengine.analysis.comparison import Comparison
    from policyengine.analysis.every_reading import StrictnessRange
    from policyengine.analysis.proving.finding import Proof
    from policyengine.analysis.strictness import Strictness
    from policyengine.model.case import FactValue
    from policyengine.model.vocabulary import Vocabulary

Options = Mapping[str, str]
"""By reading the option chosen; the defaults elsewhere."""


def compare(
    policies: Sequence[Policy],
    *,
    against: Sequence[str] | None = None,
    topics: Sequence[str] | None = None,
    grades: Sequence[str] | None = None,
    readings: Mapping[str, Options] | None = None,
    given: Mapping[str, FactValue] | None = None,
) -> Comparison:
    """Return what *policies* demand, side by side: topic by topic, grade by grade, in every region of the facts.

    Exact: every combination of values that any condition tells apart is looked at, and only facts that matter split a
    row. Where a policy is held against others, each cell says how it stands to them.

    Args:
        policies: from :func:`load`, of one vocabulary; the same one given twice counts once.
        against: the policies that the others are held against, by id; unless given, each is held against those of
            *policies* that it implements.
        topics: topics of the vocabulary, or acts; unless given, all.
        grades: the grades to look at; unless given, all.
        readings: by policy an option for each reading that is not to be answered by the policy's default.
        given: facts taken as settled; unless given, what all policies that presume them presume, apart from grades.

    >>> import policyengine as pe
    >>> found = pe.compare([pe.load("changzhi"), pe.load("state-council-2016-80")], topics=["first_word"])
    >>> [(row.grades, str(row.cells[0].relation)) for row in found.rows]
    [(('none', 'ordinary', 'larger'), 'stricter'), (('major', 'extraordinary'), 'incomparable')]

    Raises:
        DifferentVocabulariesError: the policies do not share one vocabulary.
        UnknownNameError: a topic, act, grade or policy that is not there.
        ReadingError: an unknown reading or option.
        TooManyRegionsError, TooManyContentsError: the conditions ask for more than is enumerated.
        ValueError: no policy at all, two different ones with one id, or a value that a given fact does not allow.
        TypeError: a policy's id or path in place of the policy, one policy or name in place of a list of them.
    """
    several = distinct(_loaded(policies))
    for name, value in (("against", against), ("topics", topics), ("grades", grades)):
        _require_list(name, value)
    _require_given(given, same_vocabulary(several))
    chosen = _by_policy(several, readings)
    return comparing.compare(several, readings=chosen, against=against, topics=topics, grades=grades, given=given)


@overload
def at_least_as_strict(
    one: Policy,
    other: Policy,
    *,
    acts: Sequence[str] | None = None,
    readings: Mapping[str, Options] | None = None,
    given: Mapping[str, FactValue] | None = None,
) -> Strictness: ...


@overload
def at_least_as_strict(
    one: Policy,
    other: Policy,
    *,
    acts: Sequence[str] | None = None,
    readings: Literal["all"],
    given: Mapping[str, FactValue] | None = None,
) -> StrictnessRange: ...


def at_least_as_strict(
    one: Policy,
    other: Policy,
    *,
    acts: Sequence[str] | None = None,
    readings: Mapping[str, Options] | Literal["all"] | None = None,
    given: Mapping[str, FactValue] | None = None,
) -> Strictness | StrictnessRange:
    """Return whether *one* is at least as strict as *other*, demand by demand: proved, or refuted by a case.

    It is, if at every instant of every case it finds as much owed, departed from and violated about the act as *other*
    does. That is said of cases whose facts are known and stay as they are, during which both are in force, and in which
    nothing that starts or ends a duty of *one* came before what starts that of *other*. Who bears a duty is not
    compared. A counterexample has been judged by the reference before it is returned.

    Args:
        one: the policy that should be strict enough.
        other: the policy whose demands it should meet.
        acts: look only at demands of these acts.
        readings: by policy an option for each reading that is not to be answered by the policy's default; or `"all"`,
            for every way of reading both: the answer then is a `StrictnessRange`.
        given: facts taken as settled; unless given, what the policies presume, apart from grades.

    >>> import policyengine as pe
    >>> changzhi, rules = pe.load("changzhi"), pe.load("state-council-2016-80")
    >>> found = pe.at_least_as_strict(changzhi, rules, acts=["publish_authoritative_information"])
    >>> found.holds
    False
    >>> shown = found.counterexamples[0]
    >>> shown.duty.provision, str(shown.duty.status), [(row.provision, str(row.status)) for row in shown.rows][2]
    ('authoritative-information', 'overdue', ('first-bulletin', 'overdue'))
    >>> shown.found.name, shown.instead.name
    ('VIOLATED', 'DEPARTED')

    Raises:
        DifferentVocabulariesError, UnknownNameError, TooManyRegionsError, TooManyContentsError, ValueError, TypeError:
            as for :func:`compare`, but two versions of one policy may have one id.
        ReadingError: an unknown reading or option; with `"all"`, too many combinations that bear on one demand.
    """
    vocabulary = same_vocabulary(_loaded((one, other)))
    _require_list("acts", acts)
    _require_given(given, vocabulary)
    for act in acts or ():
        if act not in vocabulary.acts:
            raise comparing.unknown("act", act, vocabulary.acts)
    scale = comparing.scale_of(vocabulary, (one, other))
    settled = FrozenMap(comparing.presumed((one, other), vocabulary, scale) if given is None else given)
    if isinstance(readings, str):
        if readings != "all":
            raise ReadingError(f"readings are chosen by policy and name, or 'all'; not {readings!r}")
        return every_reading.under_every_reading(one, other, acts=acts, given=settled)
    return strictness.strictness(one, other, acts=acts, readings=_by_policy((one, other), readings), given=settled)


def prove(
    policy: Policy,
    *,
    beside: Sequence[Policy] = (),
    readings: Options | None = None,
    given: Mapping[str, FactValue] | None = None,
) -> Proof:
    """Return what follows from the text of *policy* that its authors will not have meant, each with a case.

    Contradictions, orders that cannot be kept, limits that a chain of preconditions outlasts, provisions and sanctions
    that come to nothing, rows of tables that are never taken or overlap, graver cases with a later limit; and with
    policies *beside*, acts that they demand and this one leaves to nobody.

    Args:
        policy: from :func:`load`.
        beside: policies of the same vocabulary that regulate the like.
        readings: an option for each reading that is not to be answered by the policy's default.
        given: facts taken as settled; none unless given.

    >>> import policyengine as pe
    >>> [str(each.kind) for each in pe.prove(pe.load("changzhi")).findings]
    []

    Raises:
        DifferentVocabulariesError, TypeError: as for :func:`compare`.
        ReadingError: an unknown reading or option.
    """
    others = _loaded(beside)
    _require_given(given, same_vocabulary(_loaded((policy, *others))))
    chosen = {policy.id: _of_one(readings)}
    return proof.prove(policy, beside=others, readings=chosen, given=given)


def diff(
    old: Policy,
    new: Policy,
    *,
    readings: Options | None = None,
    given: Mapping[str, FactValue] | None = None,
) -> Changes:
    """Return in which cases the answers of *new* differ from those of *old*, provision by provision, each with a case.

    Words that no answer depends on are told apart from what changes answers. A change of one limit changes the answers
    of others that it caps, where a case is graded up meanwhile (S26).

    Args:
        old: the version that is left.
        new: the version that is taken up.
        readings: an option for each reading that is not to be answered by the policy's default.
        given: facts taken as settled; none unless given.

    >>> import policyengine as pe
    >>> policy = pe.load("changzhi")
    >>> shorter = pe.load(pe.dump(policy).replace("hours: 48", "hours: 24"))
    >>> [each.name for each in pe.diff(policy, shorter).changed]
    ['first-bulletin', 'press-conference', 'respond']

    Raises:
        DifferentVocabulariesError, TypeError: as for :func:`compare`.
        ReadingError: an unknown reading or option.
    """
    _require_given(given, same_vocabulary(_loaded((old, new))))
    return changes.diff(old, new, readings=_of_one(readings), given=given)


def _loaded(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """Return *policies*; ids and paths are refused: nothing is read from a disk while policies are compared."""
    given: object = policies  # callers without a type checker
    if not isinstance(given, list | tuple):
        msg = f"several policies are given as a list, not {given!r}"
        raise TypeError(msg)
    for each in given:
        if not isinstance(each, Policy):
            msg = f"a policy has to be loaded before it is compared: load({each!r})"
            raise TypeError(msg)
    return tuple(policies)


def _require_list(name: str, value: object) -> None:
    """Refuse one name in place of a list of names: its letters would be asked for one by one."""
    if isinstance(value, str):
        msg = f"{name!r} is a list, such as [{value!r}]"
        raise TypeError(msg)


def _by_policy(policies: Sequence[Policy], readings: Mapping[str, Options] | None) -> Mapping[str, Options]:
    if isinstance(readings, str):
        raise ReadingError(f"readings are chosen by policy and name, not {readings!r}")
    return options_by_policy(policies, readings)


def _of_one(readings: Options | None) -> Options:
    if isinstance(readings, str):
        raise ReadingError(f"readings are chosen by name, not {readings!r}")
    return options(readings) or FrozenMap()


def _require_given(given: Mapping[str, FactValue] | None, vocabulary: Vocabulary) -> None:
    """Refuse facts that the vocabulary lacks, and values that they do not allow; ``None`` is a fact not known."""
    for name, value in (given or {}).items():
        kind = vocabulary.facts.get(name)
        if kind is None:
            raise comparing.unknown("fact", name, vocabulary.facts)
        named = vocabulary.values(kind)
        several = isinstance(value, tuple | list)
        for each in value if isinstance(value, tuple | list) else (value,):
            fits = kind.holds(each) if named is None else each in named
            if value is not None and not (fits and several is kind.many):
                allowed = f"; it is one of {', '.join(named)}" if named is not None else ""
                raise ValueError(f"{value!r} is no value of the fact {name!r}{allowed}")
