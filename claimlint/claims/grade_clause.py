"""Finds what one clause states: each word that could carry a statement, judged by what governs it.

The governor is looked for to the left (a modal, an auxiliary, "to", a determiner): that tells a verb from a noun, an
assertion from a purpose, and a hedge from a fact, without a parser.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from claimlint.claims.grade_words import Unit
from claimlint.model import Strength

NONE, CORR, HEDGED, CAUSAL = Strength.NONE, Strength.CORRELATIONAL, Strength.HEDGED, Strength.CAUSAL
_SKIPPED = frozenset({"adverb", "maybe", "neg"})
_MODALS = frozenset({"may", "would", "can", "will", "should"})
_SOFT = frozenset({"may", "seem", "maybe"})
_UNBOUND = frozenset({"more", "less", "poor", "larger", "older", "later", "earlier", "highest", "stronger", "better"})
_HELP = frozenset({"help", "helps", "helped", "helping"})
_BLOCKS = (
    ("should", 2.6, "advice"),
    ("advice", 2.3, "advice"),
    ("research", 2.4, "research"),
    ("aim", 2.3, "aim"),
    ("mild", 1.5, "advice"),
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of units. ``hedge`` is the unit of the clause before that hedges this one ("it is possible that")."""

    kind: str
    units: tuple[Unit, ...]
    hedge: Unit | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A statement: its strength, how good a sign it is of what the clause asserts, and the units that decided."""

    strength: Strength
    weight: float
    kind: str
    modal: str | None
    negated: bool
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class _Role:
    """What governs a word: ``name`` is a modal's class, seem, maybe, be, have, do, purpose, noun, and, subject or start."""

    name: str
    governor: Unit | None = None
    negated: bool = False


def statements(clause: Clause) -> list[Found]:
    """Everything that the clause might state, in the order of its words."""
    reading = _Reading(clause)
    found = [item for at in range(len(clause.units)) for item in reading.at(at)]
    if clause.hedge is not None:
        found = [
            Found(HEDGED, f.weight, "hedge", None, f.negated, (clause.hedge, *f.units))
            if f.strength is CAUSAL
            else f
            for f in found
        ]
    return found + reading.blocks()


class _Reading:
    """One clause under the grader's eyes."""

    def __init__(self, clause: Clause) -> None:
        self.units = clause.units
        self.kind = clause.kind

    @cached_property
    def tags(self) -> frozenset[str]:
        return frozenset().union(*(unit.tags for unit in self.units))

    def blocks(self) -> list[Found]:
        """Advice, aims and calls for research, which assert nothing."""
        out = []
        for unit in self.units:
            for name, weight, kind in _BLOCKS:
                if name in unit.tags:
                    out.append(Found(NONE, weight, kind, None, False, (unit,)))
            if "uncertain" in unit.tags:
                out.append(Found(NONE, 2.3, "uncertain", None, False, (unit,)))
        return out

    def at(self, i: int) -> list[Found]:
        """What the unit at ``i`` may state."""
        unit = self.units[i]
        tags = unit.tags
        out: list[Found] = []
        for tag in sorted(tags):
            name, _, form = tag.partition(":")
            if name == "cause-verb":
                out += self._cause(i, form)
            elif name == "assoc-verb":
                out += self._assoc_verb(i, form)
            elif name == "weak-verb":
                out += self._weak(i, form)
            elif name == "therapy-verb":
                out += self._therapy(i, form)
            elif name == "change-verb":
                out += self._change(i, form)
            elif name == "cause-noun":
                out += self._noun(i)
            elif name == "change-noun":
                out += self._change_noun(i)
            elif name == "cause-adj":
                out += self._adjective(i)
            elif name == "assoc-adj":
                out += self._assoc_adj(i)
            elif name == "assoc-noun":
                out.append(self._found(CORR, 1.9, "association", i))
            elif name == "differ":
                out.append(self._found(CORR, 1.15, "difference", i))
            elif name == "compare":
                out += self._compare(i)
            elif name == "soft-adj":
                out += self._soft_adjective(i)
            elif name == "utility":
                out += self._utility(i)
        return out

    def _found(
        self, strength: Strength, weight: float, kind: str, i: int, role: _Role | None = None
    ) -> Found:
        unit = self.units[i]
        if role is None:
            negated = any("neg" in u.tags for u in self.units[max(0, i - 5) : i])
            return Found(strength, weight, kind, None, negated, (unit,))
        governor = role.governor
        modal = governor.text if governor is not None and role.name in _MODALS else None
        named = (
            (governor, unit)
            if governor is not None and governor.tags & _MODALS | governor.tags & {"seem"}
            else (unit,)
        )
        return Found(strength, weight, kind, modal, role.negated, named)

    # What governs a word

    def _role(self, i: int, depth: int = 0) -> _Role:
        negated = hedged = False
        j = i - 1
        while j >= 0 and i - j <= 5:
            unit = self.units[j]
            negated = negated or "neg" in unit.tags
            hedged = hedged or "maybe" in unit.tags
            if not (unit.tags & _SKIPPED or unit.text.endswith("ly")) or unit.tags & {"can", "will", "do"}:
                break
            j -= 1
        if j < 0 or depth > 4:
            return _Role("maybe" if hedged else "start", None, negated)
        role = self._governed(i, j, depth)
        if hedged and role.name not in _MODALS:
            role = _Role("maybe", role.governor, role.negated)
        return _Role(role.name, role.governor, role.negated or negated)

    def _governed(self, i: int, j: int, depth: int) -> _Role:
        unit = self.units[j]
        tags = unit.tags
        for name in ("may", "would", "can", "will", "should"):
            if name in tags:
                return _Role(name, unit, "neg" in tags)
        if "seem" in tags:
            return _Role("seem", unit, any("neg" in u.tags for u in self.units[max(0, j - 2) : j + 1]))
        if tags & {"be", "have"}:
            role = self._role(j, depth + 1)
            if role.name in _MODALS or role.name in ("seem", "purpose", "maybe"):
                return role
            return _Role("be" if "be" in tags else "have", unit, role.negated)
        if "do" in tags:
            return _Role("do", unit, "neg" in tags)
        if "to" in tags:
            return self._infinitive(j, depth)
        if unit.text in _HELP:
            return self._role(j, depth + 1) if j else _Role("subject", unit)
        if "conj" in tags:
            return self._coordinated(j, depth)
        if "subject" in tags and i - j == 1:
            return _Role("subject", unit)
        if tags & {"det", "prep", "potential"}:
            return _Role("noun", unit)
        return _Role("subject", unit)

    def _infinitive(self, j: int, depth: int) -> _Role:
        k = j - 1
        while k >= 0 and self.units[k].tags & {"adverb", "neg"}:
            k -= 1
        if k >= 0:
            before = self.units[k]
            if "seem" in before.tags or "potential" in before.tags:
                return _Role("seem", before, any("neg" in u.tags for u in self.units[max(0, k - 2) : j]))
            if before.text in _HELP or before.text in (
                "continue",
                "continues",
                "continued",
                "begin",
                "began",
            ):
                return self._role(k, depth + 1)
            if any(tag.startswith("report-verb:past") for tag in before.tags) or before.text in (
                "known",
                "able",
            ):
                return self._role(k, depth + 1)
        return _Role("purpose", self.units[j])

    def _coordinated(self, j: int, depth: int) -> _Role:
        """A verb after "and" takes the governor of the verb before it."""
        for k in range(j - 1, max(-1, j - 14), -1):
            if any(
                tag.startswith(("cause-verb", "weak-verb", "assoc-verb", "therapy-verb"))
                for tag in self.units[k].tags
            ):
                role = self._role(k, depth + 1)
                return _Role("and" if role.name == "noun" else role.name, role.governor, role.negated)
        return _Role("and", None)

    def _study(self, i: int) -> bool:
        """Whether what acts is the study itself ("these results support")."""
        for unit in reversed(self.units[max(0, i - 3) : i]):
            if "study" in unit.tags:
                return True
            if unit.tags & {"prep", "conj"}:
                return False
        return False

    # Verbs

    def _ends(self, i: int) -> bool:
        """Whether the verb at ``i`` has no object."""
        k = i + 1
        while k < len(self.units) and (self.units[k].text.endswith("ly") and not self.units[k].tags):
            k += 1
        if k >= len(self.units):
            return True
        following = self.units[k]
        return bool(following.tags & {"prep", "conj", "concession", "be", "have", "may", "can", "will", "should"}) or any(
            m in following.before for m in ",;)"
        )

    def _by(self, i: int) -> bool:
        after = self.units[i + 1 : i + 8]
        return any(u.text == "by" and not (v.text[:1].isdigit()) for u, v in zip(after, after[1:], strict=False))

    def _cause(self, i: int, form: str) -> list[Found]:
        role = self._role(i)
        if self._study(i) and role.name in ("subject", "will", "may", "can", "would"):
            return []
        tags = self.units[i].tags
        intransitive = f"change-verb:{form}" in tags and self._ends(i)
        nominal = bool(tags & {"change-noun", "cause-noun", "compare"})
        name = role.name
        if name in _SOFT and form in ("base", "past"):
            return [self._found(HEDGED, 2.5, "hedge", i, role)]
        if name == "would" and form in ("base", "past"):
            return [self._found(HEDGED, 1.3, "hedge", i, role)]
        if name in ("can", "will") and form in ("base", "past"):
            return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
        if name == "should":
            return []
        if name == "purpose":
            soft = self._softened(i)
            return [soft] if soft else [self._found(CAUSAL, 0.6, "purpose", i, role)]
        if name == "be" and form == "past":
            if f"state-verb:{form}" in tags and not self._by(i):
                return [self._found(CORR, 1.1, "state", i, role)]
            return [self._found(CAUSAL, 1.8, "causal verb", i, role)]
        if intransitive:
            return []
        if form == "ing":
            return self._gerund(i, role)
        if name == "have" and form == "past" and not nominal:
            return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
        if form == "base":
            if name == "do":
                return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
            if name in ("subject", "start", "and") and not self._ends(i) and not nominal:
                return [self._found(CAUSAL, 2.0, "causal verb", i, role)]
            return []
        if form == "third":
            if name == "noun" or (nominal and self._ends(i)):
                return []
            return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
        if name == "subject" and not self._ends(i):
            return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
        return []

    def _gerund(self, i: int, role: _Role) -> list[Found]:
        if role.name == "be":
            return [self._found(CAUSAL, 1.8, "causal verb", i, role)]
        if self.kind == "part" and i == 0:
            return [self._found(CAUSAL, 1.8, "causal verb", i, role)]
        soft = self._softened(i)
        return [soft] if soft else [self._found(CAUSAL, 0.4, "causal verb", i, role)]

    def _softened(self, i: int) -> Found | None:
        """ "could be a way of reducing", "might serve to improve": a hedge earlier in the clause covers a purpose."""
        for unit in reversed(self.units[:i]):
            if unit.tags & {"may", "seem"}:
                return Found(
                    HEDGED,
                    1.5,
                    "hedge",
                    unit.text if "may" in unit.tags else None,
                    False,
                    (unit, self.units[i]),
                )
        return None

    def _weak(self, i: int, form: str) -> list[Found]:
        """ "provides benefit", "achieved a reduction": the noun says what the verb does."""
        role = self._role(i)
        if form == "ing" or role.name in ("noun", "purpose", "should"):
            return []
        noun = next((u for u in self.units[i + 1 : i + 7] if u.tags & {"change-noun", "cause-noun"}), None)
        if noun is None:
            return []
        if role.name in _SOFT or role.name == "would":
            return [self._found(HEDGED, 1.9, "hedge", i, role)]
        if "cause-noun" in noun.tags or not any(tag.startswith("report-verb") for tag in self.units[i].tags):
            return [self._found(CAUSAL, 1.7, "causal verb", i, role)]
        return []

    def _therapy(self, i: int, form: str) -> list[Found]:
        role = self._role(i)
        if self._study(i) or self._ends(i):
            return []
        if role.name in _SOFT and form == "base":
            return [self._found(HEDGED, 1.4, "hedge", i, role)]
        if (role.name in ("can", "will") and form == "base") or (
            form == "third" and role.name in ("subject", "start", "and")
        ):
            return [self._found(CAUSAL, 1.1, "causal verb", i, role)]
        return []

    def _change(self, i: int, form: str) -> list[Found]:
        role = self._role(i)
        if form == "ing" or not self._ends(i) or role.name not in ("subject", "have", "do", "and", "will"):
            return []
        return [self._found(CORR, 1.05, "change", i, role)]

    def _assoc_verb(self, i: int, form: str) -> list[Found]:
        role = self._role(i)
        weight = 2.6
        if role.name in ("noun", "purpose", "should", "start") or (form == "ing" and role.name != "be"):
            weight = 1.2
        elif form == "past" and role.name == "subject":
            weight = 2.0
        return [self._found(CORR, weight, "association", i, role)]

    # Adjectives and nouns

    def _assoc_adj(self, i: int) -> list[Found]:
        role = self._role(i)
        stated = role.name in ("be", "have", "do", "and", "can", "will", "would") or role.name in _SOFT
        weight = 2.6 if stated else 1.4
        if self.units[i].tags & {"compare"} or self.units[i].text in (
            "different",
            "similar",
            "comparable",
            "higher",
            "lower",
            "greater",
            "worse",
            "poorer",
        ):
            weight -= 0.9
        return [self._found(CORR, weight, "association", i, role)]

    def _adjective(self, i: int) -> list[Found]:
        role = self._role(i)
        if role.name in ("noun", "subject", "start", "and"):
            k = i - 1
            while k >= 0 and i - k < 6 and "be" not in self.units[k].tags:
                k -= 1
            if k < 0 or "be" not in self.units[k].tags:
                return [self._found(CAUSAL, 0.7, "causal adjective", i, role)]
            above = self._role(k)
            name = above.name if above.name in _MODALS or above.name in _SOFT else "be"
            role = _Role(name, above.governor, above.negated or role.negated)
        if role.name in _SOFT or role.name == "would":
            return [self._found(HEDGED, 2.3, "hedge", i, role)]
        if role.name in ("be", "can", "will", "do", "have"):
            return [self._found(CAUSAL, 2.1, "causal adjective", i, role)]
        return [self._found(CAUSAL, 0.9, "causal adjective", i, role)]

    def _soft_adjective(self, i: int) -> list[Found]:
        """ "may be important for": only a hedge makes a statement of it."""
        hedge = next((u for u in self.units[max(0, i - 5) : i] if u.tags & {"may", "seem"}), None)
        if hedge is None:
            return []
        return [Found(HEDGED, 1.3, "hedge", hedge.text if "may" in hedge.tags else None, False, (hedge, self.units[i]))]

    def _noun(self, i: int) -> list[Found]:
        unit = self.units[i]
        hedge = next((u for u in self.units[max(0, i - 4) : i] if "potential" in u.tags), None)
        if hedge is None:
            hedge = next(
                (u for u in self.units[max(0, i - 6) : i] if u.tags & {"may", "seem", "maybe"}), None
            )
        negated = any("neg" in u.tags for u in self.units[max(0, i - 5) : i])
        if hedge is not None:
            return [
                Found(
                    HEDGED, 1.9, "hedge", hedge.text if "may" in hedge.tags else None, negated, (hedge, unit)
                )
            ]
        before = self.units[i - 1].text if i else ""
        weight = 0.9 if before in ("regarding", "concerning", "about", "into") else 1.5
        return [Found(CAUSAL, weight, "causal noun", None, negated, (unit,))]

    def _change_noun(self, i: int) -> list[Found]:
        if any(":" in tag for tag in self.units[i].tags) and self._role(i).name != "noun":
            return []
        return [self._found(CORR, 1.0, "change", i)]

    def _compare(self, i: int) -> list[Found]:
        k = next((k for k in range(i + 1, len(self.units)) if "than" in self.units[k].tags), None)
        if k is None:
            return (
                [self._found(CORR, 1.05, "comparison", i)]
                if self.units[i].text not in _UNBOUND
                else []
            )
        following = self.units[k + 1].text if k + 1 < len(self.units) else ""
        if following[:1].isdigit() or following in (
            "half",
            "previously",
            "expected",
            "one",
            "two",
            "three",
            "a",
        ):
            return []
        return [self._found(CORR, 1.4, "comparison", i)]

    def _utility(self, i: int) -> list[Found]:
        """ "may be a useful marker" asserts nothing, "may be a useful treatment" is hedged."""
        hedge = next(
            (u for u in self.units[max(0, i - 5) : i] if u.tags & {"may", "seem", "potential"}), None
        )
        if hedge is None:
            return []
        if "therapeutic" in self.tags:
            return [Found(HEDGED, 1.2, "hedge", None, False, (hedge, self.units[i]))]
        return [Found(NONE, 1.2, "usefulness", None, False, (hedge, self.units[i]))]
