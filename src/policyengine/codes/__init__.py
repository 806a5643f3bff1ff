"""The one table of diagnostic codes: what each says, and the way out, in English and Chinese.

Message: lower case, no final period, one sentence, the user's words in backticks, domain words.
PE1xx text and YAML, PE2xx references, PE3xx conditions, PE4xx time, PE5xx contradictions and gaps, PE6xx cases, their
logs and examples, PE7xx house rules, PE8xx the monitor and batches.
A code is never reused for another fault.
"""

from __future__ import annotations

from types import MappingProxyType

from policyengine.codes.audits import AUDITS
from policyengine.codes.batches import BATCHES
from policyengine.codes.code import Code
from policyengine.codes.contents import CONTENTS
from policyengine.codes.examples import EXAMPLES
from policyengine.codes.files import FILES
from policyengine.codes.house import HOUSE
from policyengine.codes.logs import LOGS
from policyengine.codes.monitors import MONITORS
from policyengine.codes.norms import NORMS
from policyengine.codes.references import REFERENCES

__all__ = ["CODES", "DECLARED_AT", "DID_YOU_MEAN", "Code"]

DID_YOU_MEAN = MappingProxyType({"en": "did you mean `{suggestion}`{place}?", "zh": "是否想写 `{suggestion}`{place}？"})
DECLARED_AT = MappingProxyType({"en": ", declared at {place}", "zh": "（声明于 {place}）"})

CODES: MappingProxyType[str, Code] = MappingProxyType(
    {**FILES, **REFERENCES, **CONTENTS, **NORMS, **LOGS, **EXAMPLES, **AUDITS, **HOUSE, **MONITORS, **BATCHES}
)
