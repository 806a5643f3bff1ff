"""One demand, silence or verdict of a sheet in one line, for text and Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from policyengine.analysis.comparison import Relation
from policyengine.report import words as answer_words
from policyengine.report.comparison import words
from policyengine.report.page import Line, Tone, item

if TYPE_CHECKING:
    from policyengine.report.comparison.sheet import ClauseNote, Demand, ReadingNote, Silence, Verdict
    from policyengine.wording import Lang, Wording

_TONES = {
    Relation.LOOSER: Tone.BAD,
    Relation.GAP: Tone.BAD,
    Relation.SILENT: Tone.BAD,
    Relation.REFERRED: Tone.OPEN,
    Relation.INCOMPARABLE: Tone.OPEN,
    Relation.EQUAL: Tone.GOOD,
    Relation.STRICTER: Tone.GOOD,
    Relation.EXTRA: Tone.QUIET,
}


def demand_text(
    demand: Demand, conditions: Sequence[str], addressees: Sequence[str], lang: Lang, *, starred: bool = True
) -> str:
    """Return *demand* behind the *conditions* that hold for it, such as grades: its limit, then who must do what.

    Several *addressees* are those of provisions that say the same otherwise. What depends on readings has a star,
    unless they are told elsewhere.
    """
    upon = "" if demand.usual_trigger or not demand.trigger else words.UPON.within(lang).format(trigger=demand.trigger)
    start = words.FROM.within(lang).format(anchor=demand.counted_from) if demand.counted_from else ""
    text = demand.sentence
    if addressees:
        text = words.TO.within(lang).format(line=text, to=words.TOGETHER.within(lang).join(addressees))
    text = _behind((*conditions, upon, start, demand.limit), text, lang)
    text = words.DOUBTFUL.within(lang).format(line=text) if demand.doubtful else text
    return words.STARRED.within(lang).format(line=text) if demand.readings and starred else text


def silence_text(silence: Silence, conditions: Sequence[str], lang: Lang) -> str:
    """Return a gap or referral behind the *conditions* under which it stands."""
    wording = words.REFERRAL if silence.refers_to else words.GAP
    return _behind((*conditions, wording.within(lang).format(document=silence.refers_to)), silence.title, lang)


def verdict_text(verdict: Verdict, stretch: str, lang: Lang) -> str:
    """Return the relation as a marked word, with the grades of *stretch*, and the reason."""
    part = "" if verdict.everywhere else words.IN_PART.within(lang)
    more = words.TERM.within(lang).join(each for each in (stretch, part, verdict.reason) if each)
    return words.MARKED.within(lang).format(word=verdict.word, more=more).rstrip()


def _behind(terms: Iterable[str], text: str, lang: Lang) -> str:
    joined = words.TERM.within(lang).join(each for each in terms if each)
    return words.LINE.within(lang).format(terms=joined, sentence=text) if joined else text


def verdict_tone(verdict: Verdict) -> Tone:
    """Return how the relation strikes the eye."""
    return _TONES[verdict.relation]


def demand_details(demand: Demand, lang: Lang) -> Iterator[Line]:
    """Yield what a demand rests on: its provision, the text's own word, clauses, note and readings."""
    yield _quiet(words.PROVISION, lang, title=demand.title, id=demand.provision)
    if demand.quoted:
        yield _quiet(words.QUOTED, lang, word=demand.quoted)
    if demand.means:
        yield _quiet(words.MEANS, lang, means=demand.means)
    if demand.sanction:
        yield _quiet(words.IS_SANCTION, lang)
    yield from _grounds(demand.clauses, demand.readings, lang)
    if demand.note:
        yield _quiet(words.NOTE, lang, note=demand.note)


def silence_details(silence: Silence, lang: Lang) -> Iterator[Line]:
    """Yield what a gap or referral rests on."""
    yield _quiet(words.MISSING, lang, what=silence.missing)
    yield from _grounds(silence.clauses, silence.readings, lang)


def verdict_details(verdict: Verdict, usual_trigger: str, lang: Lang) -> Iterator[Line]:
    """Yield how it stands place by place, where that is not everywhere the same."""
    for each in verdict.places if len(verdict.places) > 1 else ():
        unusual = each.trigger and each.trigger != usual_trigger
        upon = words.UPON.within(lang).format(trigger=each.trigger) if unusual else ""
        text = words.MARKED.within(lang).format(word=each.word, more=each.reason).rstrip()
        yield item(_behind((each.where, upon), text, lang), tone=Tone.QUIET)


def reading_line(reading: ReadingNote, lang: Lang) -> Line:
    """Return the question that the text leaves open, how it is taken, and why, below what the option is called."""
    asked = words.TAKEN.within(lang).format(question=reading.question, says=reading.says)
    text = words.WHY.within(lang).format(reading=asked, why=reading.why) if reading.why else asked
    return item(words.NAMED.within(lang).format(short=f"{reading.name}={reading.option}", title=text))


def _grounds(clauses: tuple[ClauseNote, ...], readings: tuple[ReadingNote, ...], lang: Lang) -> Iterator[Line]:
    for clause in clauses:
        yield _quiet(words.CLAUSE, lang, id=clause.id, number=clause.number, says=clause.says)
    if readings:
        named = answer_words.SEMICOLON.within(lang).join(f"{each.name}={each.option}" for each in readings)
        yield _quiet(answer_words.AS_READ, lang, readings=named)


def _quiet(wording: Wording, lang: Lang, **parts: str) -> Line:
    return item(wording.within(lang).format(**parts), tone=Tone.QUIET)
