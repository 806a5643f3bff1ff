"""`policyengine sources`: a policy and the text that it rests on."""

from __future__ import annotations

from policyengine.cli.frame import Group
from policyengine.wording import Wording

COMMAND = Group(
    "sources",
    Wording("规则与其所据文本。", "A policy and the text that it rests on."),
    {
        "verify": (
            "policyengine.cli.sources_verify",
            Wording("核对文本的每一句都已计入规则", "check that every sentence of the text is accounted for"),
        ),
    },
)
