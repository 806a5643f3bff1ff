"""One run of the command: language, streams, and the exit code of whatever happens."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from policyengine.cli import words
from policyengine.cli.app import APP
from policyengine.cli.exits import DID_NOT_LOAD, INTERRUPTED, OWN_FAULT, USAGE
from policyengine.cli.help import error_text, refused
from policyengine.cli.language import VARIABLE, language
from policyengine.cli.streams import OutputError, tell, use_utf8
from policyengine.errors import LoadError, ReadingError, TimeError
from policyengine.wording import LANGUAGES, Lang


def run(argv: Sequence[str]) -> int:
    """Run the command with the arguments *argv* and return its exit code."""
    use_utf8((sys.stdout, sys.stderr))
    lang = language(argv, os.environ)
    try:
        return _answered(argv, lang)
    except Exception as error:  # noqa: BLE001  the last resort: no traceback for whoever cannot use it
        said, code = _refusal(error, lang)
        tell(said)
        return code


def _answered(argv: Sequence[str], lang: Lang) -> int:
    asked = os.environ.get(VARIABLE)
    if asked and asked not in LANGUAGES:
        raise refused(lang, VARIABLE, asked, LANGUAGES)
    code: int = APP.main(list(argv), prog_name="policyengine", standalone_mode=False, obj=lang)
    return code


def _refusal(error: Exception, lang: Lang) -> tuple[str, int]:
    """Return what to say about *error*, and the exit code."""
    match error:
        case click.Abort():  # what click makes of an interruption
            return "", INTERRUPTED
        case click.ClickException():
            return error_text(error, lang), USAGE
        case ReadingError() | TimeError():
            return words.ERROR.within(lang).format(problem=error) + "\n", USAGE
        case LoadError():
            from policyengine.report.diagnostics import diagnostics_text

            return diagnostics_text(error.diagnostics, lang), DID_NOT_LOAD
        case OutputError():
            return words.CANNOT_WRITE.within(lang).format(reason=error) + "\n", DID_NOT_LOAD
        case _:
            return _own_fault(error, lang), OWN_FAULT


def _own_fault(error: Exception, lang: Lang) -> str:
    trace = "".join(traceback.format_exception(error)) if os.environ.get("POLICYENGINE_DEBUG") == "1" else ""
    shown = " ".join(f"{type(error).__name__}: {error}".split())
    return trace + words.OWN_FAULT.within(lang).format(error=shown[:200]) + "\n"
