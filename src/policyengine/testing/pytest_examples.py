"""Example files as pytest collects them: file, example, question where there are several, expectation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from policyengine.checks.examples.bench import bench
from policyengine.checks.examples.judging import judge
from policyengine.checks.examples.reading import read_example_file
from policyengine.checks.examples.running import Held, names
from policyengine.diagnostics import has_errors
from policyengine.loading.policy import read_policy
from policyengine.report.diagnostics import diagnostics_text
from policyengine.report.examples.page import failure_section
from policyengine.report.examples.telling import Telling
from policyengine.report.page import Page
from policyengine.report.plain import plain
from policyengine.testing.pytest_plugin import LANGUAGE, MARKER
from policyengine.wording import LANGUAGES

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from policyengine.checks.examples.example import Ask, Example
    from policyengine.checks.examples.judging import Outcome
    from policyengine.diagnostics import Diagnostic
    from policyengine.model.policy import Policy
    from policyengine.wording import Lang

_Read = dict[str, "tuple[Policy | None, tuple[Diagnostic, ...]]"]
_POLICIES = pytest.StashKey[_Read]()


class ExampleFailed(Exception):  # noqa: N818 - it is no error of the program, but what a test comes to
    """An expectation that is not met; told without a traceback."""

    def __init__(self, held: Held) -> None:
        """Keep what became of the expectation."""
        super().__init__(held.id)
        self.held = held


class ExampleCollector(pytest.File):
    """One example file."""

    def collect(self) -> Iterator[pytest.Collector]:
        """Yield its examples.

        Raises:
            CollectError: something is wrong with the file, or with a policy that it names.
        """
        lang = _language(self.config)
        # Paths of policies are relative to the file, wherever pytest was started.
        file = read_example_file(self.path, shown=_shown(self.path, self.config))
        ready = bench([file], read=self._policy)
        if has_errors(ready.faults):
            raise self.CollectError(diagnostics_text(ready.faults, lang).rstrip())
        for example in ready.examples:
            yield _CaseCollector.from_parent(self, name=example.name, example=example, policies=ready.policies)

    def _policy(self, name: str) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
        """Return a policy, read once in a session."""
        read = self.config.stash.setdefault(_POLICIES, {})
        if name not in read:
            read[name] = read_policy(name)
        return read[name]


class _CaseCollector(pytest.Collector):
    """One example."""

    def __init__(self, *, example: Example, policies: Mapping[str, Policy], **more: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**more)
        self._example, self._policies = example, policies

    def collect(self) -> Iterator[pytest.Collector | pytest.Item]:
        """Yield its questions, or the expectations of its only one."""
        for ask in self._example.asks:
            asked = _Asked(self._example, ask, self._policies)
            if ask.label:
                yield _AskCollector.from_parent(self, name=ask.label, asked=asked)
            else:
                yield from asked.items(self)


class _AskCollector(pytest.Collector):
    """One of several questions about a case."""

    def __init__(self, *, asked: _Asked, **more: Any) -> None:  # noqa: ANN401 - likewise
        super().__init__(**more)
        self._asked = asked

    def collect(self) -> Iterator[pytest.Item]:
        """Yield what is expected of its answer."""
        return self._asked.items(self)


class _Asked:
    """One question, answered when the first of its expectations is tested."""

    def __init__(self, example: Example, ask: Ask, policies: Mapping[str, Policy]) -> None:
        self._example, self._ask, self.policies = example, ask, policies

    def items(self, parent: pytest.Collector) -> Iterator[pytest.Item]:
        for place, name in enumerate(names(self._ask)):
            yield ExpectationItem.from_parent(parent, name=name, asked=self, place=place)

    def held(self, name: str, place: int) -> Held:
        return Held(self._example, self._ask, name, self._outcomes[place])

    def line(self, place: int) -> int | None:
        """Return the line of an expectation, counted from 0 as pytest does."""
        span = self._ask.expected[place].span
        return None if span is None else span.line - 1

    @cached_property
    def _outcomes(self) -> tuple[Outcome, ...]:
        return judge(self._ask, self.policies)


class ExpectationItem(pytest.Item):
    """One expectation."""

    def __init__(self, *, asked: _Asked, place: int, **more: Any) -> None:  # noqa: ANN401 - likewise
        super().__init__(**more)
        self._asked, self._place = asked, place
        self.add_marker(MARKER)

    def runtest(self) -> None:
        """Hold it against what comes out.

        Raises:
            ExampleFailed: something else comes out.
        """
        held = self._asked.held(self.name, self._place)
        if not held.outcome.passed:
            raise ExampleFailed(held)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401 - pytest's own
        """Return both values of every key that differs, and why it came out so; of any other error, pytest's words."""
        if not isinstance(excinfo.value, ExampleFailed):
            return super().repr_failure(excinfo, style)
        telling = Telling(self._asked.policies, _language(self.config))
        section = failure_section(excinfo.value.held, telling, quiet=False)
        return plain(Page(section.heading or "", section.lines, ())).rstrip()

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return where it stands in its file."""
        return self.path, self._asked.line(self._place), self.name


def _shown(path: Path, config: pytest.Config) -> str:
    """Return the name of a file as pytest shows it: relative to where it was started, if it lies below."""
    start = config.invocation_params.dir
    return str(path.relative_to(start)) if path.is_relative_to(start) else str(path)


def _language(config: pytest.Config) -> Lang:
    """Return the language that the ini file asks for.

    Raises:
        UsageError: it is none of ours.
    """
    asked = config.getini(LANGUAGE)
    for each in LANGUAGES:
        if each == asked:
            return each
    raise pytest.UsageError(f"{LANGUAGE}: {asked!r} is none of {', '.join(LANGUAGES)}")
