"""In which language to speak: the option, else POLICYENGINE_LANG, else the locale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policyengine.wording import LANGUAGES, Lang

OPTION = "--lang"
VARIABLE = "POLICYENGINE_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def language(argv: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """Return the language of everything that is said, errors in the arguments included.

    The arguments are looked through before they are parsed. A language that there is not is left to the parser to
    refuse, in the language that would be spoken without it.
    """
    asked = (_option(argv), environ.get(VARIABLE))
    return next((each for name in asked for each in LANGUAGES if each == name), _of_locale(environ))


def _option(argv: Sequence[str]) -> str | None:
    found = None
    for place, word in enumerate(argv):
        if word == "--":
            break
        if word == OPTION:
            found = next(iter(argv[place + 1 : place + 2]), None)
        elif word.startswith(f"{OPTION}="):
            found = word.partition("=")[2]
    return found


def _of_locale(environ: Mapping[str, str]) -> Lang:
    name = next((environ[variable] for variable in _LOCALE if environ.get(variable)), "")
    return "zh" if name.lower().startswith("zh") else "en"
