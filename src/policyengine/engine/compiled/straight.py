"""One provision as a straight line of code: trigger, conditions, limit, act, status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from policyengine.engine.compiled.expressions import Untestable, expression
from policyengine.engine.compiled.reach import Reach
from policyengine.engine.compiled.writing import INDENT, Crooked, Guard, Writer, watches
from policyengine.model.happening import Outcome
from policyengine.model.provision import Strength
from policyengine.temporal.instant import FIRST_MICROS
from policyengine.temporal.limit import ELAPSED

if TYPE_CHECKING:
    from policyengine.engine.compiled.patterns import Pattern
    from policyengine.engine.compiled.plan import Limb, PlannedProvision, Waited


class Sort(Enum):
    """What a limit is like where an act is held against it."""

    NONE = auto()
    ELAPSED = auto()
    """Elapsed time from the trigger: `d`, inclusive."""
    SURE = auto()
    """Any other length from the trigger: `d`, and `l` after the trigger."""
    ANY = auto()
    """`d` and `l`, or ``None``."""


@dataclass(slots=True, eq=False)
class Straight:
    """One provision as straight code."""

    writer: Writer
    place: int
    planned: PlannedProvision
    awaited: str
    straight: set[int]
    general: str
    head: list[str] = field(default_factory=list)
    depth: int = 1
    guard: Guard = None
    lines: list[str] = field(default_factory=list)
    loose: bool = False
    """Whether what is found as the trigger only says that without it there is no duty."""
    whole: bool = True
    """Whether it is judged here where nothing in the case asks for more."""

    def write(self) -> None:
        """Write it: trigger, condition, limit, act, status; from the first that is not straight on it is left.

        Raises:
            Crooked: all of it goes to the interpreter.
        """
        if self.planned.reach is not Reach.OWN:
            raise Crooked
        self.trigger()
        try:
            self.conditions()
            self.body()
        except (Crooked, Untestable):
            self.lines, self.whole = [self.general], False

    def body(self) -> None:
        """Write what the duty comes to, in force or not."""
        planned = self.planned
        if self.loose or planned.node.every is not None or planned.defeated_by:
            raise Crooked
        depth = self.ended(0)
        strength = planned.node.strength
        if strength in (Strength.MUST_NOT, Strength.MAY) or self.planned.node.standing:
            self.lasting(depth, strength)
        else:
            self.obligation(depth)

    def out(self, depth: int, *lines: str) -> None:
        """Write *lines* of the body."""
        self.lines += [INDENT * depth + line for line in lines]

    def find(self, *lines: str) -> None:
        """Write *lines* that find the trigger."""
        self.head += [INDENT * (self.depth - 1) + line for line in lines]

    def trigger(self) -> None:
        """Write when the duty arises, `t`, and what a limit counts from, `c`."""
        upon = self.planned.upon
        if any(each.outcome is Outcome.BREACHED for each in upon or ()):
            raise Crooked
        if self.planned.awaited:
            self.find("if odd:", INDENT + self.general, "else:")
            self.depth += 1
        if upon is None:
            self.loose = len(self.planned.lives) != 1
            self.find(f"t = {FIRST_MICROS}", "c = None")
            return
        patterns = [each.pattern for each in upon if each.pattern is not None]
        self.loose = self.planned.node.each is True or any(each.tests for each in patterns)
        watched = watches(self.writer.plan, self.planned)
        if watched:
            for name in watched:
                self.place_of(name)
            self.find(f"t = g{self.place}", f"c = h{self.place}")
        else:
            self.find(f"t = c = {self.any_of(patterns)}")
            for each in upon:
                self.outcome(each)
        self.find("if t is not None:")
        self.depth += 1
        if not self.loose:
            self.alive()

    def outcome(self, waited: Waited) -> None:
        """Write that an outcome may be the trigger; at one instant it comes before any event (S5)."""
        for name in waited.provisions:
            place = self.place_of(name)
            at, counts = (
                (f"v{place}", f"d{place}") if waited.outcome is Outcome.VIOLATED else (f"p{place}", f"p{place}")
            )
            self.find(f"if {at} is not None and (t is None or {at} < t):", f"{INDENT}t = {at}", f"{INDENT}c = {counts}")

    def place_of(self, name: str) -> int:
        """Return the place of the provision *name*, which is written straight, and before this one."""
        place = list(self.writer.plan.provisions).index(name)
        if place not in self.straight:
            raise Crooked
        return place

    def alive(self) -> None:
        """Write that the duty is judged by what is in force at its trigger (S6)."""
        known = self.planned.lives
        # A version may take over from another without a break.
        lives = (known[0], *(each for before, each in pairwise(known) if each[1] is not before[1]))
        if len(lives) == 1 and lives[0][1]:
            return
        if len(lives) not in (2, 3) or lives[0][1]:  # before, within, and perhaps after
            self.loose = True
            return
        bounds = " <= t < ".join(str(start) for start, _ in lives[1:]) if len(lives) > 2 else ""  # noqa: PLR2004
        self.find(f"if {bounds or f't >= {lives[1][0]}'}:")
        self.depth += 1

    def conditions(self) -> None:
        """Write the conditions; an unknown fact, or one that changes, is the interpreter's (S13, S26)."""
        asked = self.planned.conditions
        if not asked:
            return
        derived = self.writer.plan.derived
        if any(each.events or any(name in derived for name in each.facts) for each in asked):
            raise Crooked
        texts = [expression(each.source, self.writer) for each in asked]
        if self.planned.unless:
            texts[-1] = f"not ({texts[-1]})"
        facts = list(dict.fromkeys(name for each in asked for name in each.facts))
        unknown = " or ".join(f"{self.writer.fact(name)} is None" for name in facts)
        condition = texts[0] if len(texts) == 1 else " and ".join(f"({each})" for each in texts)
        self.guard = unknown, condition

    def ended(self, depth: int) -> int:
        """Write when `until` happened, as `u`; at the instant of the trigger the place in the log decides."""
        planned = self.planned
        if planned.waived_by or planned.until_all or any(each.tests for each in planned.until):
            raise Crooked
        if not planned.until:
            return depth
        if planned.upon is None:
            self.out(depth, f"u = {self.first(planned.until)}")
            return depth
        self.following(depth, "u", planned.until)
        self.out(depth, "if u == t:", INDENT + self.general, "else:")
        return depth + 1

    def first(self, patterns: Iterable[Pattern], since: str = "") -> str:
        """Return the expression for when any of *patterns* first happened, from *since* on."""
        found = list(patterns)
        if any(each.tests for each in found):
            raise Crooked
        return self.any_of(found, since)

    def any_of(self, patterns: Iterable[Pattern], since: str = "") -> str:
        """Return the same for events of their types, whatever else is asked of them."""
        types = tuple(dict.fromkeys(name for each in patterns for name in each.types))
        if not types:
            return "None"
        if not since:
            return self.writer.time(types[0]) if len(types) == 1 else f"least(first, {self.kinds(types)})"
        return f"since(first, later, {self.kinds(types)}, {since})"

    def following(self, depth: int, variable: str, patterns: Iterable[Pattern]) -> None:
        """Write when any of *patterns* first happened from the trigger on, as *variable*."""
        types = tuple(dict.fromkeys(name for each in patterns for name in each.types))
        if len(types) != 1 or any(each.tests for each in patterns):
            self.out(depth, f"{variable} = {self.first(patterns, 't')}")
            return
        self.again(depth, variable, types[0], "t")

    def again(self, depth: int, variable: str, kind: str, since: str) -> None:
        """Write when *kind* first happened from *since* on, as *variable*."""
        time = self.writer.time(kind)
        self.out(depth, f"{variable} = {time}", f"if {variable} is not None and {variable} < {since}:")
        self.out(depth + 1, f"{variable} = following(later, {self.writer.place(kind)}, {since})")

    def kinds(self, types: tuple[str, ...]) -> str:
        """Return the name of the places of *types*."""
        return self.writer.name("K", tuple(self.writer.place(each) for each in types))

    def act(self, depth: int, since: str) -> None:
        """Write the first event from *since* on that can be the act, as `a`."""
        types = self.planned.act.types
        if len(types) == 1:
            self.again(depth, "a", types[0], since)
        else:
            self.out(depth, f"a = since(first, later, {self.kinds(types)}, {since})")

    def row(self, status: str, due: str = "None", violated: str = "None", performed: str = "None") -> str:
        """Return the statement that adds a row."""
        name = self.writer.name("W", self.planned.node.id)
        return f"rows.append(({name}, {status}, {due}, {violated}, {performed}, None))"

    def lasting(self, depth: int, strength: Strength) -> None:
        """Write what no act ends: a prohibition, a permission, a standing duty (S27, S28)."""
        statuses = {Strength.MUST_NOT: ("BREACHED", "OBSERVED"), Strength.MAY: ("USED", "AVAILABLE")}
        after = f"ENDED if u is not None else {statuses.get(strength, ('', 'ACTIVE'))[1]}" if self.planned.until else ""
        plain = after or statuses.get(strength, ("", "ACTIVE"))[1]
        if strength not in statuses:
            self.out(depth, self.row(plain))
            return
        self.act(depth, "t")
        within = " and (u is None or a < u)" if self.planned.until else ""
        violated = "a" if strength is Strength.MUST_NOT else "None"
        acted = self.general if self.planned.act.tests else self.row(statuses[strength][0], violated=violated)
        self.out(depth, f"if a is not None{within}:", INDENT + acted)
        if strength is Strength.MUST_NOT and not self.planned.act.tests:
            self.out(depth + 1, *self.missed("a", "a"))
        self.out(depth, "else:", INDENT + self.row(plain))

    def obligation(self, depth: int) -> None:
        """Write what an act ends: its limit as `d`, the first late instant as `l`, then its status (S25)."""
        earliest = self.anchors(depth)
        sort = self.limit(depth)
        self.act(depth, earliest)
        if self.planned.until:
            self.out(depth, "if a is not None and u is not None and a >= u:", f"{INDENT}a = None")
        self.out(depth, "if a is not None:")
        if self.planned.act.tests:
            self.out(depth + 1, self.general)
        else:
            self.done(depth + 1, sort)
        self.open(depth, sort)

    def done(self, depth: int, sort: Sort) -> None:
        """Write a duty that was performed, in time or late."""
        keep = self.kept("p", "a")
        if sort is Sort.NONE:
            self.out(depth, self.row("FULFILLED", performed="a"), *keep)
            return
        in_time = {Sort.ELAPSED: "a <= d", Sort.SURE: "a < l"}.get(sort, "l is None or a < l")
        self.out(depth, f"if {in_time}:", INDENT + self.row("FULFILLED", "d", performed="a"))
        if any(each.before is not None for each in self.planned.singles):
            # At the very instant of the event that it must precede, the place in the log decides (S21).
            self.out(depth, "elif a == d:", INDENT + self.general)
        self.out(depth, "else:", INDENT + self.late(sort))
        self.out(depth + 1, self.row("FULFILLED_LATE", "d", "w", "a"), *self.missed("w", "d"))
        self.out(depth, *keep)

    def late(self, sort: Sort) -> str:
        """Return the statement that sets `w`, when the limit had passed with the duty in force."""
        if sort is Sort.ELAPSED:
            return "w = d + 1"
        return "w = l" if sort is Sort.SURE else "w = l if l > t else t"

    def open(self, depth: int, sort: Sort) -> None:
        """Write a duty that was not performed."""
        ended, due = bool(self.planned.until), "None" if sort is Sort.NONE else "d"
        if sort is not Sort.NONE:
            missed = {Sort.ELAPSED: "d < now", Sort.SURE: "l <= now"}.get(sort, "l is not None and l <= now")
            # A limit in elapsed time is inclusive: late from the microsecond after it (S18).
            self.out(depth, f"elif {missed}:", INDENT + self.late(sort))
            inner = depth + 1 + ended
            if ended:
                self.out(depth + 1, "if u is None or w < u:")
            self.out(inner, self.row("OVERDUE", "d", "w"), *self.missed("w", "d"))
            if ended:
                self.out(depth + 1, "else:", INDENT + self.row("ENDED", "d"))
        if ended:
            self.out(depth, "elif u is not None:", INDENT + self.row("ENDED", due))
        named = [each.anchor is not None for each in self.planned.singles]
        status = "ACTIVE if s is not None else NOT_STARTED" if named and all(named) else "ACTIVE"
        self.out(depth, "else:", INDENT + self.row(status, due))

    def kept(self, letter: str, value: str) -> tuple[str, ...]:
        """Return the statement that keeps an outcome for those that wait for it, if any do."""
        name = f"{letter}{self.place}"
        return (f"{name} = {value}",) if letter in self.awaited else ()

    def missed(self, at: str, due: str) -> tuple[str, ...]:
        """Return the statements that keep a violation for those that wait for it."""
        first = [
            f"if g{each} is None or {at} < g{each}: g{each} = {at}; h{each} = {due}"
            for each in self.writer.watchers.get(self.place, ())
        ]
        return (*self.kept("v", at), *self.kept("d", due), *first)

    def anchors(self, depth: int) -> str:
        """Write what each single limit counts from, as `a0` and so on; return from when on acts count (S24)."""
        singles = self.planned.singles
        own = [(number, each.anchor) for number, each in enumerate(singles) if each.anchor is not None]
        if not own:
            counted = any(each.pattern is None for each in self.planned.upon or ())
            return "(c if c < t else t)" if counted and singles else "t"
        for number, waited in own:
            self.anchor(depth, number, waited)
        self.out(depth, f"s = {'c' if len(own) < len(singles) else 'None'}")
        for number, _ in own:
            self.out(depth, f"if a{number} is not None and (s is None or a{number} < s):", f"{INDENT}s = a{number}")
        self.out(depth, "z = t if s is None or t < s else s")
        return "z"

    def anchor(self, depth: int, number: int, waited: Waited) -> None:
        """Write the anchor of the single limit *number*."""
        if waited.pattern is not None:
            self.out(depth, f"a{number} = {self.first([waited.pattern])}")
            return
        if waited.outcome is not Outcome.PERFORMED or len(waited.provisions) != 1:
            raise Crooked
        self.out(depth, f"a{number} = p{self.place_of(waited.provisions[0])}")

    def limit(self, depth: int) -> Sort:
        """Write the limit; return which sort of limit it is."""
        deadline = self.planned.deadline
        if deadline is None:
            return Sort.NONE
        numbers = iter(range(len(self.planned.singles)))
        if deadline.compose is None:
            return self.single(depth, deadline, next(numbers))
        if any(each.compose is not None or each.when is not None for each in deadline.limbs):
            raise Crooked
        latest = deadline.compose == "latest"
        for place, limb in enumerate(deadline.limbs):
            if self.single(depth, limb, next(numbers)) is Sort.ELAPSED:
                self.out(depth, "l = d + 1")
            if latest:
                self.out(depth, "h = h or l is None" if place else "h = l is None")
            better = f"if l is not None and (m is None or l {'>' if latest else '<'} m): " if place else ""
            self.out(depth, f"{better}e = d; m = l")
        self.out(depth, "d = e", "l = m")
        if latest:
            self.out(depth, "if h:", f"{INDENT}d = l = None")
        return Sort.ANY

    def single(self, depth: int, limb: Limb, number: int) -> Sort:
        """Write a single limit: its end as `d`, and unless it is elapsed time from the trigger, `l` too."""
        if limb.before is not None:
            self.following(depth, "d", [limb.before])
            if self.planned.until:
                self.out(depth, "if d is not None and u is not None and d >= u:", f"{INDENT}d = None")
            self.out(depth, "l = d")
            return Sort.ANY
        if limb.length is None or limb.counting is None:
            self.out(depth, "d = l = None")
            return Sort.ANY
        micros = ELAPSED.get(limb.length.unit) if limb.counting.hours == "exact" else None
        upon = self.planned.upon
        if limb.anchor is None and upon is not None:
            at_trigger = all(each.pattern is not None for each in upon)
            if micros is None:
                self.out(depth, f"d, l = {self.writer.name('L', limb)}(c)")
                return Sort.SURE if at_trigger else Sort.ANY
            self.out(depth, f"d = c + {limb.length.n * micros}", *(() if at_trigger else ("l = d + 1",)))
            return Sort.ELAPSED if at_trigger else Sort.ANY
        anchor = "c" if limb.anchor is None else f"a{number}"
        self.out(depth, f"if {anchor} is None:", f"{INDENT}d = l = None", "else:")
        if micros is None:
            self.out(depth + 1, f"d, l = {self.writer.name('L', limb)}({anchor})")
        else:
            self.out(depth + 1, f"d = {anchor} + {limb.length.n * micros}", "l = d + 1")
        return Sort.ANY
