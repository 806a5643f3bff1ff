"""`policyengine completion`: what makes a shell complete commands and options."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from click.shell_completion import ShellComplete, get_completion_class

from policyengine.cli.exits import ANSWERED
from policyengine.cli.frame import Argument, Command, spoken
from policyengine.cli.help import refused
from policyengine.cli.streams import emit
from policyengine.wording import Wording

if TYPE_CHECKING:
    import click

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "policyengine"
_VARIABLE = "_POLICYENGINE_COMPLETE"
"""What click looks for: the shell asks by running the command with this set."""
EDITS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "bash": (
            ("=bash_complete $1)", "=bash_complete $1 2>/dev/null)"),
            ("complete -o nosort -F", "complete -o nosort -o bashdefault -o default -F"),
        ),
        "zsh": (
            (f"=zsh_complete {PROGRAM})", f"=zsh_complete {PROGRAM} 2>/dev/null)"),
            (
                "-a completions\n    fi\n",
                "-a completions\n    fi\n\n    (( $#completions + $#completions_with_descriptions )) || _files\n",
            ),
        ),
        "fish": (
            (f"(commandline -t) {PROGRAM})", f"(commandline -t) {PROGRAM} 2>/dev/null)"),
            ("complete --no-files --command", "complete --command"),
        ),
    }
)
"""What we change in click's scripts: faults on the line are told once it is run, not while it is typed; and where we
have nothing to offer, the shell completes the names of files."""


def run(*, shell: str) -> int:
    """Print the script of *shell*."""
    lang = spoken()
    completion = get_completion_class(shell) if shell in SHELLS else None
    if completion is None:
        raise refused(lang, _SHELL.within(lang), shell, SHELLS)
    emit(script(shell, completion))
    return ANSWERED


def script(shell: str, completion: type[ShellComplete]) -> str:
    """Return the script of *shell*, which is evaluated once for each of its sessions."""
    # Not the method of the class: for bash it runs bash to learn its version, which is not this shell's affair.
    text = ShellComplete.source(completion(_app(), {}, PROGRAM, _VARIABLE))
    for before, after in EDITS[shell]:
        text = text.replace(before, after)
    return text.strip() + "\n"


def _app() -> click.Command:
    from policyengine.cli.app import APP

    return APP


_SHELL = Wording("外壳", "SHELL")

COMMAND = Command(
    "completion",
    Wording(
        """输出使 bash、zsh 或 fish 能够补全命令和选项的脚本。在外壳的启动文件中写：
bash：eval "$(policyengine completion bash)"；zsh：eval "$(policyengine completion zsh)"；
fish：policyengine completion fish | source""",
        """Prints the script that makes bash, zsh or fish complete commands and options. In the shell's startup file:
bash: eval "$(policyengine completion bash)"; zsh: eval "$(policyengine completion zsh)";
fish: policyengine completion fish | source""",
    ),
    [
        Argument(
            "shell",
            Wording("bash、zsh 或 fish", "bash, zsh or fish"),
            _SHELL,
        ),
    ],
    run,
)
