"""Which `policyengine.toml` holds for a file: the one that is named, else the nearest upward from it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from policyengine.checks.lint.accepting import Ledger
from policyengine.cli.frame import Option
from policyengine.loading.config import FILE, PROJECT_FILE, Configuration, read_configuration
from policyengine.loading.text import Source
from policyengine.wording import Wording

if TYPE_CHECKING:
    from policyengine.diagnostics import Diagnostic


def config_option() -> Option:
    """Return the option that names the configuration."""
    says = Wording(
        "配置文件；默认为离各文件最近的上级目录中的 policyengine.toml，或 pyproject.toml 的 [tool.policyengine]",
        "the configuration; by default policyengine.toml, or [tool.policyengine]\n"
        "of pyproject.toml, in the nearest directory upward from each file",
    )
    return Option("--config", says, Wording("文件", "FILE"))


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A configuration that is in use.

    Args:
        folder: the directory that its patterns count from.
        ledger: its entries for accepted findings, with what becomes of them.
    """

    folder: Path
    ledger: Ledger

    @property
    def configuration(self) -> Configuration:
        """Return what it sets."""
        return self.ledger.configuration

    def within(self, path: Path) -> str:
        """Return *path* as patterns see it: from the folder, where it lies in it, with forward slashes."""
        whole = path.resolve()
        return whole.relative_to(self.folder).as_posix() if whole.is_relative_to(self.folder) else whole.as_posix()

    def excludes(self, path: Path) -> bool:
        """Tell whether *path*, or a directory that it lies in, is excluded."""
        name = self.within(path)
        patterns = (each.rstrip("/") for each in self.configuration.excluded)
        return any(fnmatchcase(name, each) or fnmatchcase(name, f"{each}/*") for each in patterns)


@dataclass(slots=True)
class Configurations:
    """Every configuration that holds for some file of a run, each read once.

    Args:
        named: the file that holds for all, where one is named.
        faults: everything that is wrong with them.
    """

    named: str | None = None
    faults: list[Diagnostic] = field(default_factory=list)
    _places: dict[Path, Place | None] = field(default_factory=dict)

    def of(self, path: Path) -> Place | None:
        """Return the configuration that holds for the file or directory *path*, if there is one."""
        if self.named is not None:
            return self._read(Path(self.named), self.named)
        whole = path.resolve()
        folders = (whole, *whole.parents) if path.is_dir() else whole.parents
        return self._nearest(tuple(folders))

    def places(self) -> tuple[Place, ...]:
        """Return the configurations that were asked for."""
        return tuple(dict.fromkeys(each for each in self._places.values() if each is not None))

    def _nearest(self, folders: tuple[Path, ...]) -> Place | None:
        for folder in folders:
            for name in (FILE, PROJECT_FILE):
                path = folder / name
                if path.is_file() and (found := self._read(path, _shown(path))) is not None:
                    return found
        return None

    def _read(self, path: Path, shown: str) -> Place | None:
        whole = path.resolve()
        if whole not in self._places:
            configuration, faults = read_configuration(path, shown)
            self.faults += faults
            if configuration is None and self.named is not None and not faults:
                configuration = Configuration(Source(shown, ""))  # a pyproject.toml that sets nothing of ours
            place = None if configuration is None else Place(whole.parent, Ledger(configuration))
            self._places[whole] = place
        return self._places[whole]


def _shown(path: Path) -> str:
    """Return *path* as a user would write it: from the current directory where it lies below it or above it."""
    here = Path.cwd()
    if path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return Path(os.path.relpath(path, here)).as_posix() if here.is_relative_to(path.parent) else path.as_posix()
