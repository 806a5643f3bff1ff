"""`policyengine batch --engine spark`: what it says where Spark is not at hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from policyengine.cli.frame import spoken
from policyengine.cli.help import Misuse
from policyengine.cli.streams import OutputError
from policyengine.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policyengine.batch.evaluating import Files, Written
    from policyengine.model.policy import Policy

_NO_JAVA = Wording(
    "Spark 需要 Java 17 或更新版本：请安装，或用环境变量 JAVA_HOME 指明其位置",
    "Spark needs Java 17 or later: install it, or let the variable JAVA_HOME name it",
)
_NOT_STARTED = Wording("Spark 未能启动：{reason}", "Spark does not start: {reason}")
_GIVEN_UP = Wording("Spark 放弃了任务：{reason}", "Spark gave up: {reason}")
_NO_MASTER = Wording(
    "--master 应为 local、local[4]、spark://主机:7077、yarn 或 k8s://…，而不是 `{master}`",
    "--master is local, local[4], spark://HOST:7077, yarn or k8s://..., not `{master}`",
)
_MASTER = re.compile(r"local(\[(\d+|\*)( *, *\d+)?\])?|local-cluster\[.+\]|yarn|(spark|k8s)://.+")
"""What Spark takes; of anything else it says only that there was no Java."""


def run(
    policies: Sequence[Policy],
    tables: tuple[str, str | None],
    files: Files,
    *,
    master: str | None,
    given: dict[str, Any],
    progress: bool,
) -> Written:
    """Judge *tables*, cases and events, under Spark, and write the answers to *files*.

    Args:
        policies: judge side by side.
        tables: the files of both tables, the second only where there is one.
        files: what is written.
        master: where Spark runs; unless given, as it is configured.
        given: the other options; what Spark arranges by itself is passed over.
        progress: whether Spark shows how far it is.

    Raises:
        MissingExtraError: pyspark, or what it needs in Python, is not installed.
        Misuse: *master* is none, there is no Java, or Spark does not start.
        OutputError: Spark gave up.
    """
    lang = spoken()
    if master is not None and not _MASTER.fullmatch(master):
        raise Misuse(_NO_MASTER.within(lang).format(master=master))
    from policyengine.batch.spark import MissingJavaError, SparkJobError, SparkStartError
    from policyengine.batch.spark import run as run_spark

    asked = {name: value for name, value in given.items() if name not in {"workers", "chunk"}}
    try:
        return run_spark(policies, *tables, files=files, master=master, progress=progress, **asked)
    except MissingJavaError as error:
        raise Misuse(_NO_JAVA.within(lang)) from error
    except SparkStartError as error:
        raise Misuse(_NOT_STARTED.within(lang).format(reason=error)) from error
    except SparkJobError as error:
        raise OutputError(_GIVEN_UP.within(lang).format(reason=error)) from error
