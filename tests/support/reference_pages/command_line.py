"""The page of the command line: every command with its arguments and options, from the command objects themselves."""

from __future__ import annotations

from collections.abc import Iterator

import click

from policyengine.cli.app import APP
from policyengine.cli.frame import Choice
from policyengine.cli.help import Described, Explained
from policyengine.wording import Wording
from tests.support.reference_pages.markup import code, fenced, heading, page, table

_HEAD = """\
结果写到标准输出，错误和提示写到标准错误。任何命令加 `--help` 都显示此处的说明。
Answers go to standard output, everything else to standard error. `--help` behind any command shows what is said here.
"""


def command_line_page() -> str:
    """Return the page."""
    more = APP.more or Wording("", "")
    return page(
        f"{heading(1, 'Command line 命令行')}\n{APP.says.zh}\n{APP.says.en}\n\n{_HEAD}",
        *_group(APP, "policyengine"),
        heading(2, "退出码和环境变量 exit codes and environment"),
        f"{_lines(more.zh)}\n\n{_lines(more.en)}",
    )


def _group(group: click.Group, path: str) -> Iterator[str]:
    """Yield what is said of the commands of a *group*, those of groups within it included."""
    context = click.Context(group, info_name=path, obj="en")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from _group(command, f"{path} {name}")
        else:
            yield from _command(command, f"{path} {name}")


def _command(command: click.Command, path: str) -> Iterator[str]:
    assert isinstance(command, Described)
    yield heading(2, code(path))
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    options = [each for each in command.params if isinstance(each, click.Option)]
    shown = " ".join((path, "[OPTIONS]", *(_value(each).en for each in arguments)))
    yield fenced(shown)
    yield f"{_lines(command.says.zh)}\n\n{_lines(command.says.en)}"
    yield table(("参数 argument", "说明", "what it is"), (_row(each) for each in arguments))
    yield table(("选项 option", "默认 default", "说明", "what it does"), (_option_row(each) for each in options))


def _value(parameter: click.Parameter) -> Wording:
    assert isinstance(parameter, Explained)
    return parameter.value


def _row(parameter: click.Parameter) -> tuple[str, ...]:
    assert isinstance(parameter, Explained)
    value = parameter.value
    name = code(value.en) if value.zh == value.en else f"{code(value.zh)} {code(value.en)}"
    return name, parameter.says.zh.replace("\n", ""), " ".join(parameter.says.en.split())


def _option_row(option: click.Option) -> tuple[str, ...]:
    value = _value(option).en
    name = code(f"{option.opts[0]} {value}".rstrip())
    many = " (可重复 repeatable)" if option.multiple else ""
    default = code(str(option.default)) if isinstance(option, Choice) else ""
    return f"{name}{many}", default, *_row(option)[1:]


def _lines(text: str) -> str:
    return text.replace("\n", "  \n").strip()
