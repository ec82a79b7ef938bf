"""Tells what governs a word of a clause: a modal, an auxiliary, "to", a determiner, or a subject.

Looked for to the left over adverbs, without a parser: it tells a verb from a noun, an assertion from a purpose, and a
hedge from a fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from claimlint.claims.grade_words import Unit

MODALS = frozenset({"may", "would", "can", "will", "should"})
SOFT = frozenset({"may", "seem", "maybe"})
_SKIPPED = frozenset({"adverb", "maybe", "neg"})
_KEPT = frozenset({"can", "will", "do"})
_AFTER = frozenset({"prep", "conj", "concession", "be", "have", "may", "can", "will", "should"})
_VERBS = ("cause-verb", "weak-verb", "assoc-verb", "therapy-verb")
_DEEPEST = 4
_REACH = 5
_FAR = 13


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of units. ``hedge`` is the unit of the clause before that hedges this one ("it is possible that")."""

    kind: str
    units: tuple[Unit, ...]
    hedge: Unit | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What governs a word: ``name`` is a modal's class, or seem, maybe, be, have, do, purpose, noun, and, subject, start."""

    name: str
    governor: Unit | None = None
    negated: bool = False


class Syntax:
    """The little grammar of one clause."""

    def __init__(self, clause: Clause) -> None:
        self.units = clause.units
        self.kind = clause.kind

    def role(self, i: int, depth: int = 0) -> Role:
        """What governs the unit at ``i``, and whether it is negated."""
        negated = hedged = False
        j = i - 1
        while j >= 0 and i - j <= _REACH:
            unit = self.units[j]
            negated = negated or "neg" in unit.tags
            hedged = hedged or "maybe" in unit.tags
            if not (unit.tags & _SKIPPED or unit.text.endswith("ly")) or unit.tags & _KEPT:
                break
            j -= 1
        if j < 0 or depth > _DEEPEST:
            return Role("maybe" if hedged else "start", None, negated)
        role = self._governed(i, j, depth)
        if hedged and role.name not in MODALS:
            role = Role("maybe", role.governor, role.negated)
        return Role(role.name, role.governor, role.negated or negated)

    def _governed(self, i: int, j: int, depth: int) -> Role:
        unit = self.units[j]
        tags = unit.tags
        for name in ("may", "would", "can", "will", "should"):
            if name in tags:
                return Role(name, unit, "neg" in tags)
        if "seem" in tags:
            return Role("seem", unit, self.near(j + 1, 3, "neg") is not None)
        if tags & {"be", "have"}:
            role = self.role(j, depth + 1)
            if role.name in MODALS or role.name in SOFT or role.name == "purpose":
                return role
            return Role("be" if "be" in tags else "have", unit, role.negated)
        if "do" in tags:
            return Role("do", unit, "neg" in tags)
        if "to" in tags:
            return self._infinitive(j, depth)
        if "help" in tags and j:
            return self.role(j, depth + 1)
        if "conj" in tags:
            return self._coordinated(j, depth)
        if "subject" in tags and i - j == 1:
            return Role("subject", unit)
        return Role("noun" if tags & {"det", "prep", "potential"} else "subject", unit)

    def _infinitive(self, j: int, depth: int) -> Role:
        k = j - 1
        while k >= 0 and self.units[k].tags & {"adverb", "neg"}:
            k -= 1
        if k >= 0:
            before = self.units[k]
            if before.tags & {"seem", "potential"}:
                return Role("seem", before, self.near(j, 3, "neg") is not None)
            if before.tags & {"help", "proceed"}:
                return self.role(k, depth + 1)
            if before.tags & {"known", "report-verb:past"}:
                role = self.role(k, depth + 1)
                soft = role.name in MODALS or role.name in SOFT
                return role if soft else Role("do", before, role.negated)
        return Role("purpose", self.units[j])

    def _coordinated(self, j: int, depth: int) -> Role:
        """A verb after "and" takes the governor of the verb before it."""
        for k in range(j - 1, max(-1, j - 1 - _FAR), -1):
            if any(tag.startswith(_VERBS) for tag in self.units[k].tags):
                role = self.role(k, depth + 1)
                return Role("and" if role.name == "noun" else role.name, role.governor, role.negated)
        return Role("and")

    def near(self, i: int, reach: int, *tags: str) -> Unit | None:
        """The first of the ``reach`` units before ``i`` that has one of the tags."""
        return next((u for u in self.units[max(0, i - reach) : i] if not u.tags.isdisjoint(tags)), None)

    def denied(self, i: int) -> bool:
        """Whether a negation stands shortly before the unit at ``i``."""
        return self.near(i, _REACH, "neg") is not None

    def of_study(self, i: int) -> bool:
        """Whether what acts is the study itself ("these results support")."""
        for unit in reversed(self.units[max(0, i - 3) : i]):
            if "study" in unit.tags:
                return True
            if unit.tags & {"prep", "conj"}:
                return False
        return False

    def ends(self, i: int) -> bool:
        """Whether the verb at ``i`` has no object; a wording of several words ("has no effect") brings its own."""
        if " " in self.units[i].text:
            return False
        k = i + 1
        while k < len(self.units) and self.units[k].text.endswith("ly") and not self.units[k].tags:
            k += 1
        if k >= len(self.units):
            return True
        following = self.units[k]
        return bool(following.tags & _AFTER) or any(mark in following.before for mark in ",;)")

    def by(self, i: int) -> bool:
        """Whether the passive at ``i`` names what did it ("reduced by exercise", not "reduced by 5%")."""
        return any(
            u.text == "by" and not v.text[0].isdigit() and "figure" not in v.tags
            for u, v in pairwise(self.units[i + 1 : i + 9])
        )
