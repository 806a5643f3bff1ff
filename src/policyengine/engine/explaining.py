"""Why a duty is as it is, why it is not there, what would settle it, and what would have kept it in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from policyengine.diagnostics import nearest
from policyengine.engine.counterfactuals import Counterfactuals
from policyengine.engine.reference.evaluate import evaluate
from policyengine.engine.reference.explain import derive
from policyengine.errors import DutyError
from policyengine.model.assessment import Choice
from policyengine.model.explanation import Absence, Explanation
from policyengine.prepare.corrections import corrected

if TYPE_CHECKING:
    from policyengine.engine.counterfactuals import Ask
    from policyengine.engine.matcher import Matcher
    from policyengine.model.case import Case
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Provision
    from policyengine.prepare.prepared import Prepared


def explained(
    prepared: Prepared, case: Case, duty: tuple[str, str | None], *, matcher: Matcher | None, ask: Ask
) -> Explanation:
    """Return the explanation of *duty*, a provision and one of its instances.

    Args:
        prepared: the question.
        case: the case as it was given.
        duty: the provision's id, and which of its duties; ``None`` for the most pressing one.
        matcher: decides triggers and conditions; the reference's own unless given.
        ask: judges a changed case at an instant.

    Raises:
        DutyError: the policy has no such provision, or the provision no such duty in the case.
    """
    provision, instance = duty
    unseen = sum(each.at > prepared.as_of for each in corrected(case.events, prepared.known_at))
    absence = _absence(prepared, provision)
    if absence is not None:
        answer = evaluate(prepared, matcher)
        return Explanation(prepared.policy, case, answer, provision, absence=absence, unseen=unseen)
    assessment, derivations = derive(prepared, provision, instance, matcher)
    if not derivations:
        labels = [each.instance or "" for each in assessment.duties if each.provision == provision]
        raise _unknown(f"{provision!r} has no duty {instance!r} in this case", instance or "", labels)
    row = derivations[0].duty
    others = Counterfactuals(prepared, case, row, ask)
    return Explanation(
        policy=prepared.policy,
        case=case,
        assessment=assessment,
        provision=provision,
        derivations=derivations,
        others=tuple(each.instance for each in assessment.duties if each.provision == provision and each != row),
        unseen=unseen,
        settlings=tuple(others.settlings()),
        remedies=tuple(others.remedies()),
    )


def _absence(prepared: Prepared, provision: str) -> Absence | None:
    """Return why *provision* has no row at all; ``None`` when it has one.

    Raises:
        DutyError: the policy has no such provision under any reading.
    """
    if any(each.id == provision for each in prepared.provisions):
        return None
    policy = prepared.policy
    variants = next((each for each in policy.provisions if any(node.id == provision for node in each.nodes())), None)
    if variants is None:
        raise _unknown(f"{policy.id!r} has no provision {provision!r}", provision, policy.provision_ids)
    admitted = variants.under(prepared.readings)
    if admitted is not None:
        return Absence(scope=admitted.scope)
    return Absence(admitted_by=tuple(_admitting(variants)))


def _admitting(variants: Variants[Provision]) -> Iterable[tuple[Choice, ...]]:
    for options, node in variants.by_options:
        if node is not None:
            yield tuple(map(Choice, variants.readings, options))


def _unknown(message: str, name: str, known: Iterable[str]) -> DutyError:
    names = tuple(known)
    return DutyError(message, names, nearest(name, names))
