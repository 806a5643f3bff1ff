"""CLIPS (clipspy): conditions, limits, statuses and the duty upon a violation as forward-chaining rules.

Results are read from a global: reading facts through clipspy leaks. Even so every case leaves the environment slower,
so it is made anew after some hundreds of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.peers.kinds import Mode, OneCase
from benchmarks.workload.glue import ASKED, Short, flat
from benchmarks.workload.words import AFTER_DETECTION, AFTER_GRADING, CHANNELS, HOUR, PROVISIONS, SEVERITIES
from policyengine.wording import Wording

_LIFE = 500
_GRAVE = "(classified ?t&:(> ?t 0)) (severity major|extraordinary)"
_DETECTED = "(detected ?t&:(> ?t 0))"
_FOUND = (
    f"{_DETECTED} (reach ?r) (channel ?c) (vital_interests ?v&:(or (>= ?r 100000) (eq ?v yes) "
    "(eq ?c news_media) (eq ?c hot_list)))"
)
_NUMBERS = ("reach", "now", "fifth", "detected", "classified", *sorted(AFTER_DETECTION), *sorted(AFTER_GRADING))


def _rule(number: int, when: str, due: str, late: str = "(+ ?due 1)") -> str:
    act = PROVISIONS[number][3]
    return f"""(defrule r{number} (case {when} (now ?now) ({act} ?done)) =>
  (bind ?due {due})
  (add {number} ?due (status-of ?now {late} ?done)))"""


def _after(hours: int) -> str:
    return f"(+ ?t {hours * HOUR})"


_BUILD = (
    "(deftemplate case (multislot notices) " + " ".join(f"(slot {name})" for name in {*ASKED, *_NUMBERS}) + ")",
    "(deftemplate duty (slot rule) (slot due) (slot status))",
    "(defglobal ?*out* = (create$))",
    """(deffunction add (?rule ?due ?status)
  (bind ?*out* (create$ ?*out* ?rule ?due ?status))
  (assert (duty (rule ?rule) (due ?due) (status ?status))))""",
    """(deffunction status-of (?now ?late ?done)
  (if (> ?done 0) then (if (< ?done ?late) then 1 else 2) else (if (< ?now ?late) then 0 else 3)))""",
    _rule(1, _DETECTED, _after(1)),
    _rule(2, _DETECTED, _after(1)),
    _rule(3, _FOUND, _after(4)),
    _rule(4, _GRAVE, _after(1)),
    _rule(5, _GRAVE, _after(24)),
    _rule(6, _GRAVE, _after(2)),
    f"(defrule r7 (case {_GRAVE} (closed ?closed)) => (add 7 0 (if (> ?closed 0) then 4 else 0)))",
    _rule(8, "(classified ?t&:(> ?t 0)) (severity ~major&~extraordinary)", _after(48)),
    f"""(defrule r9
  (case (classified ?t&:(> ?t 0)) (other_agency yes) (now ?now) (released ?e) (confirm_with_agency ?done)) =>
  (bind ?due {_after(24)})
  (bind ?late (+ ?due 1))
  (if (and (> ?e 0) (<= ?e ?due)) then (bind ?due ?e) (bind ?late ?e))
  (add 9 ?due (status-of ?now ?late ?done)))""",
    _rule(10, f"{_DETECTED} (illegal_rumour yes)", _after(24)),
    _rule(11, f"{_DETECTED} (report_required yes) (fifth ?f)", "?f", "?due"),
    f"""(defrule r12 (declare (salience -10)) (duty (rule ?r&~12) (status 2|3) (due ?w))
  (not (duty (rule ~12) (status 2|3) (due ?d&:(< ?d ?w))))
  (not (duty (rule 12)))
  (case (now ?now) (notices $?n)) =>
  (bind ?done 0)
  (foreach ?x ?n (if (and (= ?done 0) (>= ?x ?w)) then (bind ?done ?x)))
  (bind ?due (+ ?w {24 * HOUR}))
  (add 12 ?due (status-of ?now (+ ?due 1) ?done)))""",
)


class _Environment:
    """An environment with the policy in it, made anew before it is slow."""

    def __init__(self, clips: Any) -> None:  # noqa: ANN401 - a module without types
        self._clips = clips
        words = {word: word for word in (*SEVERITIES, *CHANNELS)} | {True: "yes", False: "no"}
        self._symbols = {value: clips.Symbol(word) for value, word in words.items()}
        self._left = 0

    def _renew(self) -> None:
        self._left = _LIFE
        self._held = self._clips.Environment()
        for text in _BUILD:
            self._held.build(text)
        self._case = self._held.find_template("case")
        self._out = self._held.find_global("out")

    def judge(self, facts: dict[str, Any]) -> list[Short]:
        """Return the duties."""
        if not self._left:
            self._renew()
        self._left -= 1
        self._held.reset()
        slots = {name: facts[name] for name in _NUMBERS}
        slots |= {name: self._symbols[facts[name]] for name in ASKED if name not in slots}
        self._case.assert_fact(notices=tuple(facts["notices"]), **slots)
        self._held.run()
        found = iter(self._out.value)
        return sorted(zip(found, found, found, strict=True))


def make() -> OneCase:
    """Return the peer."""
    environment = _Environment(import_module("clips"))

    def call(case: dict[str, Any]) -> list[Short]:
        return environment.judge(flat(case))

    return OneCase(
        Mode.FULL,
        Wording("CLIPS（C，Rete），12 条全部", "CLIPS (Rete in C), all 12 provisions"),
        call,
        packages=("clipspy",),
    )
