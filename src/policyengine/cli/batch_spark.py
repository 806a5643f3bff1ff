"""`policyengine batch --engine spark`: what it says where Spark is not at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policyengine.cli.frame import spoken
from policyengine.cli.help import Misuse
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.batch.evaluating import Files, Written
    from policyengine.model.policy import Policy

_NO_JAVA = Wording(
    "Spark 需要 Java 17 或更新版本：请安装，或用环境变量 JAVA_HOME 指明其位置",
    "Spark needs Java 17 or later: install it, or let the variable JAVA_HOME name it",
)


def run(
    policies: Sequence[Policy],
    tables: tuple[str, str | None],
    files: Files,
    *,
    master: str | None,
    given: dict[str, Any],
) -> Written:
    """Judge *tables*, cases and events, under Spark, and write the answers to *files*.

    Args:
        policies: judge side by side.
        tables: the files of both tables, the second only where there is one.
        files: what is written.
        master: where Spark runs; unless given, as it is configured.
        given: the other options; what Spark arranges by itself is passed over.

    Raises:
        MissingExtraError: pyspark, or what it needs in Python, is not installed.
        Misuse: there is no Java.
    """
    from policyengine.batch.spark import MissingJavaError
    from policyengine.batch.spark import run as run_spark

    asked = {name: value for name, value in given.items() if name not in {"workers", "chunk"}}
    try:
        return run_spark(policies, *tables, files=files, master=master, **asked)
    except MissingJavaError as error:
        raise Misuse(_NO_JAVA.within(spoken())) from error
