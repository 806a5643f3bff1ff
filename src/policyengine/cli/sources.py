"""`policyengine sources`: a policy and the text that it rests on."""

from __future__ import annotations

from policyengine.cli.frame import Group
from policyengine.wording import Wording

COMMAND = Group(
    "sources",
    Wording("规则与其所据文本。", "A policy and the text that it rests on."),
    {
        "clauses": (
            "policyengine.cli.sources_clauses",
            Wording("列出文本各句及其摘要值，供填写", "list a text's sentences with their digests, to be filled in"),
        ),
        "verify": (
            "policyengine.cli.sources_verify",
            Wording("核对文本的每一句都已计入规则", "check that every sentence of the text is accounted for"),
        ),
    },
)
