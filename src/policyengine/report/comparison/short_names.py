"""Names of policies that fit above a column of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_PLACE = re.compile(r"[\u4e00-\u9fff]{1,7}?(?:自治区|自治州|[省市县旗盟州]|(?<=.)区)")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,6}〔\d{4}〕\d+号")
"""The number under which a document was issued."""


def short_names(policies: Sequence[Policy], lang: Lang) -> dict[str, str]:
    """Return by id a name of a few characters for each of *policies*, all different.

    In Chinese that is the number under which the document was issued, where its title or that of its source has it,
    else the place that its title begins with. In English, and where two would be called the same, it is the beginning
    of the id, as far as it takes to tell it from the others; an id with a number in it stays whole.
    """
    ids = [each.id for each in policies]
    short = {name: _beginning(name, ids) for name in ids}
    if lang == "en":
        return {name: _capitals(each) for name, each in short.items()}
    found = {each.id: _chinese(each) for each in policies}
    often = Counter(found.values())
    return {name: each if each and often[each] == 1 else short[name] for name, each in found.items()}


def _chinese(policy: Policy) -> str:
    number = _NUMBER.search(policy.title.zh) or _NUMBER.search(policy.header.source.title.zh)
    found = number or _PLACE.match(policy.title.zh)
    return found[0] if found else ""


def _beginning(name: str, ids: Sequence[str]) -> str:
    if any(each.isdigit() for each in name):
        return name
    parts = name.split("-")
    others = [each for each in ids if each != name]
    for size in range(1, len(parts)):
        start = "-".join(parts[:size])
        if not any(f"{each}-".startswith(f"{start}-") for each in others):
            return start
    return name


def _capitals(name: str) -> str:
    return re.sub(r"-(?=[A-Za-z])|(?<=[a-z])-", " ", name).title()
