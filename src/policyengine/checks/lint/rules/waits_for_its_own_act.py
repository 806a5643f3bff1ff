"""A duty that begins with what would end it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policyengine.model.provision import Strength

if TYPE_CHECKING:
    from policyengine.checks.lint.source import Found, LintSource
    from policyengine.model.provision import Provision
    from policyengine.model.vocabulary import Vocabulary

CODE = "PE722"


def check(source: LintSource) -> Iterator[Found]:
    """Yield the duties that nothing but their own act, or a kind of it, triggers; passing on is another matter."""
    for placed in source.provisions:
        found = (_own_act(node, source.policy.vocabulary) for node in placed.nodes)
        event = next((each for each in found if each is not None), None)
        if event is not None:
            yield source.found(CODE, placed.name, (*placed.path, "upon"), provision=placed.name, event=event)


def _own_act(provision: Provision, vocabulary: Vocabulary) -> str | None:
    owes = provision.strength in {Strength.MUST, Strength.SHOULD}
    if not owes or provision.to is not None or provision.means is not None:
        return None
    kinds = vocabulary.kinds(provision.act)
    triggers = provision.upon or ()
    own = [each.event for each in triggers if each.event in kinds and not each.where]
    return own[0] if own and len(own) == len(triggers) else None
