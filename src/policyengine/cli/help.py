"""Help and usage errors as text in the chosen language, in lines as they were written.

click has these words in English only, and wraps lines by characters rather than by the cells that Chinese takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from policyengine.cli import words
from policyengine.report.cells import cells

if TYPE_CHECKING:
    from policyengine.wording import Lang, Wording

_COLUMN = 28
"""Cells up to the explanations."""


class Misuse(click.UsageError):
    """Wrong usage, already worded in the chosen language; its context is that of the command under way."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong in *problem*."""
        super().__init__(problem, click.get_current_context(silent=True))


class Explained:
    """What an option or argument says about itself, and what its value is called; empty without a value."""

    says: Wording
    value: Wording


class Described:
    """What a command says about itself, and its commands, if it has any, by name."""

    says: Wording
    more: Wording | None = None
    summaries: Mapping[str, Wording] | None = None


def refused(lang: Lang, name: str, value: str, allowed: Iterable[str]) -> Misuse:
    """Return the error for a *value* that is none of the words *allowed*."""
    return Misuse(words.NOT_ONE_OF.within(lang).format(name=name, value=value, allowed=", ".join(allowed)))


def suggested(problem: str, name: str | None, lang: Lang) -> str:
    """Return *problem* with the *name* that was probably meant, if there is one."""
    if name is None:
        return problem
    return problem + words.STOP.within(lang) + words.DID_YOU_MEAN.within(lang).format(name=name)


def help_text(ctx: click.Context, lang: Lang) -> str:
    """Return the help of the command of *ctx*."""
    command = ctx.command
    lines = [_usage(ctx, lang)]
    if isinstance(command, Described):
        lines += ["", command.says.within(lang)]
    lines += _rows(words.ARGUMENTS, [_row(each, lang) for each in _parameters(command, click.Argument)], lang)
    lines += _rows(words.OPTIONS, [_row(each, lang) for each in _parameters(command, click.Option)], lang)
    if isinstance(command, Described):
        summaries = (command.summaries or {}).items()
        lines += _rows(words.COMMANDS, [(name, says.within(lang)) for name, says in summaries], lang)
        lines += ["", command.more.within(lang)] if command.more is not None else []
    return "\n".join(lines) + "\n"


def error_text(error: click.ClickException, lang: Lang) -> str:
    """Return what is wrong with the arguments: usage, problem, and where more is said."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    lines = [words.ERROR.within(lang).format(problem=_problem(error, lang))]
    if ctx is not None:
        lines = [_usage(ctx, lang), *lines, words.SEE_HELP.within(lang).format(command=ctx.command_path)]
    return "\n".join(lines) + "\n"


def _problem(error: click.ClickException, lang: Lang) -> str:
    match error:
        case click.NoSuchOption():
            problem = words.NO_SUCH_OPTION.within(lang).format(name=error.option_name)
            return suggested(problem, next(iter(error.possibilities or ()), None), lang)
        case click.BadOptionUsage():
            return _misused_option(error, lang)
        case click.MissingParameter():
            missing = words.MISSING_ARGUMENT if isinstance(error.param, click.Argument) else words.MISSING_OPTION
            return missing.within(lang).format(name=_name(error.param, lang))
        case click.BadParameter():
            return words.BAD_VALUE.within(lang).format(name=_name(error.param, lang), message=error.message)
        case _:
            return error.message


def _misused_option(error: click.BadOptionUsage, lang: Lang) -> str:
    parameters = () if error.ctx is None else error.ctx.command.params
    flags = [name for each in parameters if isinstance(each, click.Option) and each.is_flag for name in each.opts]
    wording = words.TAKES_NO_VALUE if error.option_name in flags else words.NEEDS_VALUE
    return wording.within(lang).format(name=error.option_name)


def _name(parameter: click.Parameter | None, lang: Lang) -> str:
    if isinstance(parameter, click.Argument) and isinstance(parameter, Explained):
        return parameter.value.within(lang)
    return "" if parameter is None else parameter.opts[0]


def _usage(ctx: click.Context, lang: Lang) -> str:
    parts = [words.SOME_OPTIONS, *(each.value for each in _parameters(ctx.command, click.Argument))]
    if isinstance(ctx.command, click.Group):
        parts.append(words.A_COMMAND)
    return words.USAGE.within(lang).format(usage=" ".join([ctx.command_path, *(each.within(lang) for each in parts)]))


def _parameters(command: click.Command, kind: type[click.Parameter]) -> Iterator[Explained]:
    return (each for each in command.params if isinstance(each, kind) and isinstance(each, Explained))


def _row(parameter: Explained, lang: Lang) -> tuple[str, str]:
    value = parameter.value.within(lang)
    name = f"{parameter.opts[0]} {value}" if isinstance(parameter, click.Option) else value
    return name.rstrip(), parameter.says.within(lang)


def _rows(heading: Wording, rows: Sequence[tuple[str, str]], lang: Lang) -> Iterator[str]:
    if rows:
        yield ""
        yield heading.within(lang)
    for name, says in rows:
        first, *others = says.splitlines()
        left = f"  {name}"
        if cells(left) + 2 > _COLUMN:
            yield left
            left = ""
        yield left + " " * (_COLUMN - cells(left)) + first
        yield from (" " * _COLUMN + line for line in others)
