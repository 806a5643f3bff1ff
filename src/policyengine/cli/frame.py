"""Commands, groups, options and arguments of click that know their words in both languages.

The chosen language is the `obj` of every context; :func:`spoken` returns it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version

import click
from click.shell_completion import CompletionItem

from policyengine.cli import words
from policyengine.cli.exits import USAGE
from policyengine.cli.help import Described, Explained, Misuse, help_text, refused, suggested
from policyengine.cli.language import OPTION as LANG_OPTION
from policyengine.cli.streams import emit, tell
from policyengine.diagnostics import nearest
from policyengine.wording import LANGUAGES, Lang, Wording

_NO_VALUE = Wording("", "")
_DISTRIBUTION = "regulatory-duties"


class Option(Explained, click.Option):
    """An option with a value, or with *many* of them, given one by one."""

    def __init__(
        self, name: str, says: Wording, value: Wording, *, many: bool = False, parameter: str | None = None
    ) -> None:
        """Explain the option by *says*, and call its value *value*; *parameter* is its name in Python."""
        super().__init__([name] if parameter is None else [name, parameter], multiple=many)
        self.says, self.value = says, value


class Flag(Explained, click.Option):
    """An option without a value."""

    def __init__(self, name: str, says: Wording) -> None:
        """Explain the option by *says*."""
        super().__init__([name], is_flag=True)
        self.says, self.value = says, _NO_VALUE


class Choice(Explained, click.Option):
    """An option whose value is one of a few words, the first of them by default."""

    def __init__(self, name: str, says: Wording, allowed: Sequence[str], *, parameter: str | None = None) -> None:
        """Explain the option by *says*; it takes the words *allowed*, and *parameter* is its name in Python."""
        names = [name] if parameter is None else [name, parameter]
        super().__init__(names, default=allowed[0], callback=self._checked)
        self.allowed = tuple(allowed)
        self.says, self.value = says, Wording("|".join(allowed), "|".join(allowed))

    def _checked(self, ctx: click.Context, _: click.Parameter, value: str) -> str:
        if value not in self.allowed:
            raise refused(ctx.obj, self.opts[0], value, self.allowed)
        return value

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002  click's own
        """Return the words that begin with *incomplete*."""
        return [CompletionItem(each) for each in self.allowed if each.startswith(incomplete)]


class Argument(Explained, click.Argument):
    """A positional argument; with *many* at least one of them."""

    def __init__(self, name: str, says: Wording, value: Wording, *, required: bool = True, many: bool = False) -> None:
        """Explain the argument by *says*, and call it *value*."""
        super().__init__([name], required=required, nargs=-1 if many else 1)
        shape = "{}" if required else "[{}]"
        shape += "..." if many else ""
        self.says, self.value = says, Wording(shape.format(value.zh), shape.format(value.en))


class Command(Described, click.Command):
    """A command; *run* gets the parameters by name and returns the exit code."""

    def __init__(
        self, name: str, says: Wording, parameters: Iterable[click.Parameter], run: Callable[..., int]
    ) -> None:
        """Explain the command by *says*."""
        super().__init__(name, params=[*parameters, _lang(), _help()], callback=run, add_help_option=False)
        self.says = says

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse *args*, and refuse what is left over in our own words."""
        ctx.allow_extra_args = True
        with _at(ctx):
            left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise Misuse(words.TOO_MANY.within(ctx.obj).format(arguments=" ".join(left)))
        return left


class Group(Described, click.Group):
    """Commands by name. Each is the `COMMAND` of a module, which is imported when the command is asked for."""

    def __init__(
        self,
        name: str,
        says: Wording,
        modules: Mapping[str, tuple[str, Wording]],
        *,
        more: Wording | None = None,
        more_params: Iterable[click.Parameter] = (),
    ) -> None:
        """Explain the group by *says*; *modules* has, by a command's name, its module and a summary of it."""
        super().__init__(
            name,
            params=[_lang(), _help(), *more_params],
            callback=_without_command,
            invoke_without_command=True,
            add_help_option=False,
        )
        self.says, self.more = says, more
        self.modules = {command: module for command, (module, _) in modules.items()}
        self.summaries = {command: summary for command, (_, summary) in modules.items()}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse *args* up to the name of a command."""
        with _at(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's own signature
        """Return the names of the commands."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  likewise
        """Return the command *cmd_name*, if there is one."""
        if cmd_name not in self.modules:
            return None
        found: click.Command = import_module(self.modules[cmd_name]).COMMAND
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that *args* name first, and the other arguments."""
        name = args[0]
        if name not in self.modules:
            problem = words.NO_SUCH_COMMAND.within(ctx.obj).format(name=name)
            raise Misuse(suggested(problem, nearest(name, self.modules), ctx.obj))
        return super().resolve_command(ctx, args)


@contextmanager
def _at(ctx: click.Context) -> Iterator[None]:
    """Tell usage errors where they arose; click's parser leaves that out of some."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def spoken() -> Lang:
    """Return the language of the command under way."""
    lang: Lang = click.get_current_context().obj
    return lang


def _without_command() -> int:
    ctx = click.get_current_context()
    if ctx.invoked_subcommand is None:
        tell(help_text(ctx, ctx.obj))
    return USAGE


def _lang() -> Option:
    # The language was chosen before parsing; here it is only checked.
    option = Option(LANG_OPTION, words.LANG, Wording("|".join(LANGUAGES), "|".join(LANGUAGES)))
    option.callback, option.is_eager, option.expose_value = _check_lang, True, False
    return option


def _check_lang(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None and value not in LANGUAGES:
        raise refused(ctx.obj, LANG_OPTION, value, LANGUAGES)


def _help() -> Flag:
    option = Flag("--help", words.HELP)
    option.callback, option.is_eager, option.expose_value = _show_help, True, False
    return option


def _show_help(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  click's own signature
    if value and not ctx.resilient_parsing:
        emit(help_text(ctx, ctx.obj))
        ctx.exit()


def version_flag() -> Flag:
    """Return the option that prints the release that is installed."""
    option = Flag("--version", words.VERSION)
    option.callback, option.is_eager, option.expose_value = _show_version, True, False
    return option


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  click's own signature
    if value and not ctx.resilient_parsing:
        emit(f"policyengine {version(_DISTRIBUTION)}\n")
        ctx.exit()


def output_format() -> Choice:
    """Return the option that chooses between text for people and JSON."""
    return Choice("--format", words.FORMAT, ("text", "json"), parameter="output")


def page_format() -> Choice:
    """Return the option that chooses between text for people, Markdown and JSON."""
    return Choice("--format", words.PAGE_FORMAT, ("text", "markdown", "json"), parameter="output")
