"""What another version of a policy changes, as a page in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.analysis.change_effects import Direction
from policyengine.analysis.change_scope import Kind
from policyengine.report import words as answer_words
from policyengine.report.changes import words as say
from policyengine.report.changes.case_files import case_name
from policyengine.report.changes.common import heading, rows_changed
from policyengine.report.changes.edits import edited, whole
from policyengine.report.changes.examples import example
from policyengine.report.changes.versions import Versions
from policyengine.report.page import Line, Page, Section, Tone, item
from policyengine.report.region_words import region_words

if TYPE_CHECKING:
    from policyengine.analysis.change_options import OptionChange
    from policyengine.analysis.change_words import Reworded
    from policyengine.analysis.changes import Cause, Change, Changes
    from policyengine.analysis.regions import Region
    from policyengine.wording import Lang, Wording

_MOST_REGIONS, _MOST_NAMES = 4, 12
_SHARED = frozenset({Kind.TABLE, Kind.PRESUMED, Kind.HOURS, Kind.DAYS, Kind.REGRADING, Kind.VERSIONS, Kind.ZONE})


def changes_page(changes: Changes, lang: Lang, *, names: tuple[str, str] | None = None, files: bool = False) -> Page:
    """Return *changes* as a page for people to read.

    Args:
        changes: what the new version changes.
        lang: the language.
        names: what the two versions were called by whoever asked; their ids unless given.
        files: whether the cases stand in files, which are named then.
    """
    written = _Writer(Versions(changes, lang), files=files)
    title = written.versions.new.say(
        say.TITLE, title=written.versions.new.say(changes.new.policy.title), policy=changes.new.policy.id
    )
    called = names or (changes.old.policy.id, changes.new.policy.id)
    return Page(title, tuple(written.lead(called)), tuple(each for each in written.sections() if each.lines))


class _Writer:
    """Writes the lines of one page."""

    def __init__(self, versions: Versions, *, files: bool) -> None:
        self.versions, self.files = versions, files
        self.changes, self.told = versions.changes, versions.new

    def lead(self, names: tuple[str, str]) -> Iterator[Line]:
        """Yield what is held against what, how it was read, and what it comes to."""
        told, changes = self.told, self.changes
        policies = (changes.old.policy, changes.new.policy)
        for which, name, policy in zip((say.OLD, say.NEW), names, policies, strict=True):
            yield Line(told.say(say.VERSION, which=told.say(which), name=name, digest=policy.digest))
        if policies[0].id != policies[1].id:
            yield Line(told.say(say.OTHER_ID, old=policies[0].id, new=policies[1].id), Tone.OPEN)
        chosen = self._chosen()
        yield Line(told.say(say.CHOSEN, readings=told.listed(chosen)) if chosen else told.say(say.DEFAULTS), Tone.QUIET)
        if changes.given:
            facts = (
                told.say(say.FACT_IS, fact=told.fact(name), value=told.value(name, value))
                for name, value in changes.given.items()
            )
            yield Line(told.say(say.GIVEN, facts=told.listed(facts)), Tone.QUIET)
        yield from self._in_short()

    def sections(self) -> Iterator[Section]:
        """Yield every section, also those without lines."""
        changes = self.changes
        own = [each for each in changes.changed if not self._shared(each)]
        yield self._section(say.CHANGED, [item(self._title(each), self._change(each), Tone.STRONG) for each in own])
        yield self._section(say.COMMON, [self._cause(each) for each in changes.causes])
        yield self._section(say.READINGS, [*self._defaults(), *map(self._option, changes.options)])
        unsettled = [item(self._title(each), self._change(each), Tone.OPEN) for each in changes.unsettled]
        why = [Line(self.told.say(say.UNSETTLED_WHY), Tone.QUIET)] if unsettled else []
        yield Section(self._counted(say.UNSETTLED, len(unsettled)), (*why, *unsettled), Tone.OPEN)
        renamed = [item(self.told.say(say.RENAMED_TO, old=old, new=new)) for old, new in changes.renamed]
        yield self._section(say.RENAMED, renamed, Tone.QUIET)
        yield self._section(say.WORDS_ONLY, [item(self._words(each)) for each in changes.reworded], Tone.QUIET)

    def _counted(self, title: Wording, n: int) -> str:
        return self.told.say(answer_words.HEAD, words=self.told.say(title), n=n)

    def _section(self, title: Wording, lines: Sequence[Line], tone: Tone = Tone.STRONG) -> Section:
        return Section(self._counted(title, len(lines)), tuple(lines), tone)

    def _chosen(self) -> list[str]:
        found = {
            name: option
            for side in (self.changes.old, self.changes.new)
            for name, option in side.readings.items()
            if option != side.policy.readings[name].default
        }
        return [f"{name}={option}" for name, option in found.items()]

    def _in_short(self) -> Iterator[Line]:
        told, changes = self.told, self.changes
        if changes.old.policy == changes.new.policy:
            yield Line(told.say(say.SAME), Tone.GOOD)
        if changes.none:
            yield Line(told.say(say.NOTHING), Tone.GOOD)
        elif not changes.changed:
            yield Line(told.say(say.UNCERTAIN, n=len(changes.unsettled)), Tone.OPEN)
        else:
            counted = Counter(self._verdict(each) for each in changes.changed)
            parts = told.listed(
                (told.say(say.COUNT, what=told.say(each), n=counted[each]) for each in _VERDICTS if counted[each]),
                say.COMMA,
            )
            yield Line(told.say(say.IN_SHORT, parts=parts), Tone.STRONG)
            if changes.unsettled:
                yield Line(told.say(say.ALSO_UNCERTAIN, n=len(changes.unsettled)), Tone.OPEN)
        under = [each for each in changes.options if each.shown]
        if under:
            yield Line(told.say(say.UNDER_OPTIONS, n=len(under)), Tone.OPEN)
        if changes.changed:
            yield Line(told.say(say.METHOD), Tone.QUIET)

    # Provisions and gaps

    def _shared(self, change: Change) -> bool:
        """Tell whether a change is told with the common rule that alone brings it about."""
        both = change.old is not None and change.new is not None
        return (
            both
            and not change.edits
            and all(each.kind in _SHARED or each.kind is Kind.CALENDAR for each in change.through)
        )

    @staticmethod
    def _verdict(change: Change) -> Wording:
        if change.old is None:
            return say.ADDED
        return say.REMOVED if change.new is None else say.DIRECTION[change.direction]

    def _title(self, change: Change) -> str:
        return self.told.say(
            say.MARKED, word=self.told.say(self._verdict(change)), title=self.versions.title(change), id=change.name
        )

    def _change(self, change: Change) -> Iterator[Line]:
        told = self.told
        lone = change.new if change.old is None else change.old if change.new is None else None
        if lone is not None:
            yield Line(whole(self.versions.new if change.old is None else self.versions.old, lone))
        yield from (Line(each) for each in edited(self.versions, change))
        causes = told.listed(dict.fromkeys(map(self.versions.named, change.through)), say.COMMA)
        if causes:
            wording = say.ALSO_THROUGH if change.edits or lone is not None else say.THROUGH
            yield Line(told.say(wording, causes=causes))
        yield from self._regions(change)
        yield from self._clauses(change)
        yield from self._cases(change)
        if lone is None and change.direction is Direction.STRICTER:
            yield Line(told.say(say.NEVER_LOOSER if change.never_looser else say.NOT_EXCLUDED), Tone.QUIET)
        if lone is None and change.direction is Direction.LOOSER:
            yield Line(told.say(say.NEVER_STRICTER if change.never_stricter else say.NOT_EXCLUDED), Tone.QUIET)

    def _cases(self, change: Change) -> Iterator[Line]:
        for shown in change.shown:
            yield from example(self.versions, change, shown)
            if self.files:
                name = case_name(self.changes, change, shown)
                yield Line(self.told.say(say.FILE, name=f"{name}.yaml"), Tone.QUIET)

    def _regions(self, change: Change) -> Iterator[Line]:
        added, removed = (say.GAINED, say.LOST)
        if change.old is None or change.new is None:
            added = removed = say.APPLIES
        among = (*change.gained, *change.lost)
        for wording, regions in ((added, change.gained), (removed, change.lost)):
            if regions:
                yield Line(self.told.say(wording, region=self._listed(regions, among)))

    def _listed(self, regions: Sequence[Region], among: Iterable[Region]) -> str:
        texts = [region_words(each, self.told, among) for each in regions[:_MOST_REGIONS]]
        if not all(texts):
            return self.told.say(say.EVERY_CASE)
        more = [self.told.say(say.AND_MORE, n=len(regions))] if len(regions) > _MOST_REGIONS else []
        return self.told.listed((*texts, *more))

    def _clauses(self, change: Change) -> Iterator[Line]:
        norm, told = (change.new, self.versions.new) if change.new is not None else (change.old, self.versions.old)
        for name in norm.clause if norm is not None else ():
            yield Line(told.clause(name), Tone.QUIET)

    # Everything else

    def _cause(self, cause: Cause) -> Line:
        told = self.told
        under = [Line(each) for each in rows_changed(self.versions, cause.part)]
        listed = [self._brief(each) for each in cause.changes[:_MOST_NAMES]]
        if len(cause.changes) > _MOST_NAMES:
            listed.append(told.say(say.AND_MORE, n=len(cause.changes)))
        if listed:
            under.append(Line(told.say(say.TOUCHES, provisions=told.listed(listed))))
        if cause.unsettled:
            provisions = told.listed(map(self.versions.provision, cause.unsettled))
            under.append(Line(told.say(say.NOT_RULED_OUT, provisions=provisions), Tone.OPEN))
        if not listed and not cause.unsettled:
            under.append(Line(told.say(say.TOUCHES_NOTHING)))
        best = cause.example
        if best is not None and self._shared(best):
            under += self._cases(best)
        return item(heading(self.versions, cause.part), under, Tone.STRONG)

    def _brief(self, change: Change) -> str:
        return self.told.more(self.versions.title(change), change.name, self.told.say(self._verdict(change)))

    def _defaults(self) -> Iterator[Line]:
        for each in self.changes.defaults:
            names = [
                self._brief(change) for change in self.changes.changed if each.reading in self._readings_behind(change)
            ]
            under = [Line(self.told.say(say.TOUCHES, provisions=self.told.listed(names)))] if names else []
            yield item(
                self.told.say(say.NEW_DEFAULT, reading=each.reading, old=each.old, new=each.new), under, Tone.STRONG
            )

    def _readings_behind(self, change: Change) -> set[str]:
        """Return the readings on which what differs behind a change depends."""
        names = {change.name, change.part.name, *(each.name for each in change.through)}
        policy = self.changes.new.policy
        found: set[str] = set()
        for variants in (policy.provisions, policy.gaps, policy.tables):
            for each in variants:
                found |= {*each.readings} if any(node.id in names for node in each.nodes()) else set()
        counted = any(each.kind in {Kind.HOURS, Kind.DAYS, Kind.REGRADING} for each in change.through)
        return found | ({*policy.counting.readings} if counted else set())

    def _option(self, option: OptionChange) -> Line:
        told = self.told
        both = option.in_old and option.in_new
        wording = say.OPTION_KEPT if both else say.OPTION_ADDED if option.in_new else say.OPTION_REMOVED
        other = told.say(say.AGAINST_OTHER if both else say.AGAINST_DEFAULT)
        shown = [part for part, _ in option.shown]
        rest = [each for each in option.parts if each not in shown]
        under = []
        if shown:
            provisions = told.listed(map(self.versions.norm_title, shown))
            under.append(Line(told.say(say.OPTION_CHANGES, other=other, provisions=provisions)))
        if rest:
            provisions = told.listed(map(self.versions.norm_title, rest))
            under.append(Line(told.say(say.OPTION_UNSETTLED, provisions=provisions), Tone.OPEN))
        if option.chosen:
            under.append(Line(told.say(say.OPTION_CHOSEN)))
        elif not option.parts:
            under.append(Line(told.say(say.OPTION_SAME, other=other)))
        return item(told.say(wording, reading=option.reading, option=option.option), under)

    def _words(self, reworded: Reworded) -> str:
        told = self.told
        keys = told.listed(
            (told.say(say.KEYS[each]) if each in say.KEYS else each for each in reworded.keys), say.COMMA
        )
        if reworded.added is not None:
            keys = told.say(say.ADDED if reworded.added else say.REMOVED)
        more = told.say(say.WORD_KEYS, keys=keys) if keys else ""
        return told.say(say.WORDED, of=told.say(say.WORDS_OF[reworded.of]), name=reworded.name, more=more)


_VERDICTS = (say.ADDED, say.REMOVED, *say.DIRECTION.values())
