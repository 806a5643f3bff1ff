"""What every section of a page on a regulation needs: phrases, the default readings, and what differs under others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from policyengine.prepare.readings import choose
from policyengine.report import words as answer_words
from policyengine.report.phrases import Phrases
from policyengine.report.regulation import words
from policyengine.report.regulation.markup import code, inline
from policyengine.report.regulation.variation import Options, admitting, differing, nearest

if TYPE_CHECKING:
    from policyengine.model.policy import Variants
    from policyengine.model.provision import Gap, Provision
    from policyengine.wording import Wording

Node = TypeVar("Node")
Aspects = Mapping["Wording", str]
"""What a node says, in plain text by aspect; an empty text where it says nothing of it."""


class Told(Phrases):
    """A policy as it is told on its page: as the default readings have it, then what other options change."""

    @cached_property
    def defaults(self) -> Options:
        """The default option of every reading."""
        return choose(self.policy)

    def base(self, variants: Variants[Node]) -> Node:
        """Return the node as the defaults have it; where they do not admit it, as the nearest options do."""
        return nearest(variants, self.defaults)[1]

    @cached_property
    def norms(self) -> dict[str, tuple[Provision, Variants[Provision]]]:
        """Every provision as it is told, with its variants, by id."""
        return {(node := self.base(each)).id: (node, each) for each in self.policy.provisions}

    @cached_property
    def silences(self) -> dict[str, tuple[Gap, Variants[Gap]]]:
        """Every gap and referral likewise."""
        return {(node := self.base(each)).id: (node, each) for each in self.policy.gaps}

    def md(self, wording: Wording, **parts: str) -> str:
        """Return *wording* filled with *parts*, which are Markdown already."""
        return self.say(wording, **parts)

    def plain(self, wording: Wording, **parts: object) -> str:
        """Return *wording* filled with plain text, as Markdown."""
        return inline(self.say(wording, **parts))

    def titled(self, title: str, name: str) -> str:
        """Return a title with its id, as Markdown."""
        return self.md(answer_words.PARENTHESES, word=inline(title), more=code(name))

    def norm_titled(self, name: str) -> str:
        """Return the title of a provision with its id, as Markdown."""
        return self.titled(self.say(self.norms[name][0].title), name)

    def silence_titled(self, name: str) -> str:
        """Return the title of a gap with its id, as Markdown."""
        return self.titled(self.say(self.silences[name][0].title), name)

    def ids(self, names: Iterable[str]) -> str:
        """Return several ids, as Markdown."""
        return self.listed(map(code, names), words.COMMA)

    def admission(self, variants: Variants[Node]) -> str:
        """Return under which options there is such a node, as Markdown; nothing if always."""
        found = admitting(variants)
        if not found:
            return ""
        default = variants.under(self.defaults) is not None
        wording = words.ADMITTED_BY_DEFAULT if default else words.NOT_BY_DEFAULT
        return self.md(wording, when=self._alternatives_of(found))

    def differences(self, variants: Variants[Node], aspects: Callable[[Node], Aspects]) -> Iterator[str]:
        """Yield what other options change in what is told, as Markdown: once for each choice of options."""
        told = {options: aspects(node) for options, node in variants.by_options if node is not None}
        base = nearest(variants, self.defaults)[0]
        changed: dict[str, list[str]] = {}
        for aspect in dict.fromkeys(aspect for each in told.values() for aspect in each):
            found = {options: each.get(aspect, "") for options, each in told.items()}
            for text, when in differing(variants, found, base):
                shown = inline(text) or self.say(answer_words.NOTHING)
                line = self.md(answer_words.COLON, word=self.say(aspect), more=shown)
                changed.setdefault(self._alternatives_of(when), []).append(line)
        yield from (self.md(words.IF_READ, when=when, what=self.listed(lines)) for when, lines in changed.items())

    def _alternatives_of(self, several: Iterable[Options]) -> str:
        return self.listed((self._chosen(each) for each in several), words.OR_IF)

    def _chosen(self, options: Options) -> str:
        return self.listed((self._option(name, option) for name, option in options.items()), words.AND_IF)

    def _option(self, name: str, option: str) -> str:
        says = self.policy.readings[name].options[option]
        told = self.say(words.IS_DEFAULT) if option == self.defaults[name] else inline(self.say(says))
        return self.md(words.CHOSEN, reading=code(name), option=code(option), says=told)
