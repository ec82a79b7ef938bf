"""Finds what one clause states: each word that could carry a statement, weighed by how it stands there.

A finite verb or predicate weighs most, a noun less, a purpose or a mere mention too little to count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from claimlint.claims.grade_role import MODALS, SOFT, Clause, Role, Syntax
from claimlint.claims.grade_words import Unit
from claimlint.model import Strength

NONE, CORR, HEDGED, CAUSAL = Strength.NONE, Strength.CORRELATIONAL, Strength.HEDGED, Strength.CAUSAL
_FAR = 40
"""How many words a hedge or a comparison may stand away."""
_BLOCKS = (
    ("should", 2.5, "advice"),
    ("research", 2.4, "research"),
    ("advice", 2.3, "advice"),
    ("aim", 2.3, "aim"),
    ("uncertain", 2.3, "uncertain"),
    ("mild", 1.5, "advice"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A statement: its strength, how good a sign it is of what the clause asserts, and the units that decided."""

    strength: Strength
    weight: float
    kind: str
    modal: str | None
    negated: bool
    units: tuple[Unit, ...]


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


class _Reading(Syntax):
    """One clause under the grader's eyes."""

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
        return out

    def at(self, i: int) -> list[Found]:
        """What the unit at ``i`` may state."""
        out: list[Found] = []
        for tag in sorted(self.units[i].tags):
            name, _, form = tag.partition(":")
            if name in _VERBS:
                out += _VERBS[name](self, i, form)
            elif name in _OTHERS:
                out += _OTHERS[name](self, i)
        return out

    def _found(self, strength: Strength, weight: float, kind: str, i: int, role: Role | None = None) -> Found:
        unit = self.units[i]
        if role is None:
            return Found(strength, weight, kind, None, self.denied(i), (unit,))
        governor = role.governor
        if governor is None or governor.tags.isdisjoint(MODALS | {"seem"}):
            return Found(strength, weight, kind, None, role.negated, (unit,))
        modal = governor.text if role.name in MODALS else None
        return Found(strength, weight, kind, modal, role.negated, (governor, unit))

    def _hedged(self, hedge: Unit, weight: float, i: int) -> list[Found]:
        modal = hedge.text if "may" in hedge.tags else None
        return [Found(HEDGED, weight, "hedge", modal, self.denied(i), (hedge, self.units[i]))]

    # Verbs

    def _cause(self, i: int, form: str) -> list[Found]:
        role = self.role(i)
        if self.of_study(i) and role.name in ("subject", "will", "may", "can", "would"):
            return []
        tags = self.units[i].tags
        intransitive = f"change-verb:{form}" in tags and self.ends(i)
        nominal = bool(tags & {"change-noun", "cause-noun", "compare"})
        name = role.name
        if name in SOFT and form in ("base", "past"):
            return [self._found(HEDGED, 2.5, "hedge", i, role)]
        if name == "would" and form in ("base", "past"):
            return [self._found(HEDGED, 1.3, "hedge", i, role)]
        if name in ("can", "will") and form in ("base", "past"):
            return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
        if name == "should":
            return []
        if name == "purpose":
            return self._softened(i) or [self._found(CAUSAL, 0.6, "purpose", i, role)]
        if name == "be" and form == "past":
            if f"state-verb:{form}" in tags and not self.by(i):
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
            if name in ("subject", "start", "and") and not self.ends(i) and not nominal:
                return [self._found(CAUSAL, 2.0, "causal verb", i, role)]
            return []
        if form == "third":
            if name == "noun" or (nominal and self.ends(i)):
                return []
            return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
        if name == "subject" and not self.ends(i):
            return [self._found(CAUSAL, 2.2, "causal verb", i, role)]
        return []

    def _gerund(self, i: int, role: Role) -> list[Found]:
        if role.name == "be" or (self.kind == "part" and i == 0):
            return [self._found(CAUSAL, 1.8, "causal verb", i, role)]
        return self._softened(i) or [self._found(CAUSAL, 0.4, "causal verb", i, role)]

    def _softened(self, i: int) -> list[Found]:
        """ "could be a way of reducing", "might serve to improve": a hedge earlier in the clause covers a purpose."""
        hedge = next(
            (u for u in reversed(self.units[max(0, i - _FAR) : i]) if u.tags & {"may", "seem"}), None
        )
        return [] if hedge is None else self._hedged(hedge, 1.5, i)

    def _weak(self, i: int, form: str) -> list[Found]:
        """ "provides benefit", "achieved a reduction": the noun says what the verb does."""
        role = self.role(i)
        if form == "ing" or role.name in ("noun", "purpose", "should"):
            return []
        after = self.units[i + 1 : i + 7]
        at = next((k for k, u in enumerate(after) if u.tags & {"change-noun", "cause-noun"}), None)
        if at is None:
            return []
        if any("neg" in unit.tags for unit in after[:at]):
            role = Role(role.name, role.governor, True)
        if role.name in SOFT or role.name == "would":
            return [self._found(HEDGED, 1.9, "hedge", i, role)]
        reports = any(tag.startswith("report-verb") for tag in self.units[i].tags)
        if "cause-noun" in after[at].tags or not reports:
            return [self._found(CAUSAL, 1.7, "causal verb", i, role)]
        return []

    def _therapy(self, i: int, form: str) -> list[Found]:
        role = self.role(i)
        if self.of_study(i) or self.ends(i):
            return []
        if role.name in SOFT and form == "base":
            return [self._found(HEDGED, 1.4, "hedge", i, role)]
        if (role.name in ("can", "will") and form == "base") or (
            form == "third" and role.name in ("subject", "start", "and")
        ):
            return [self._found(CAUSAL, 1.1, "causal verb", i, role)]
        return []

    def _change(self, i: int, form: str) -> list[Found]:
        role = self.role(i)
        if form == "ing" or not self.ends(i) or role.name not in ("subject", "have", "do", "and", "will"):
            return []
        return [self._found(CORR, 1.05, "change", i, role)]

    def _assoc_verb(self, i: int, form: str) -> list[Found]:
        role = self.role(i)
        weight = 2.6
        if role.name in ("noun", "purpose", "should", "start") or (form == "ing" and role.name != "be"):
            weight = 1.2
        elif form == "past" and role.name == "subject":
            weight = 2.0
        return [self._found(CORR, weight, "association", i, role)]

    # Adjectives and nouns

    def _association(self, i: int) -> list[Found]:
        if self.near(i, 5, "utility") and self.near(i, 5, "may", "can"):
            return [self._found(NONE, 1.9, "usefulness", i)]
        return [self._found(CORR, 1.9, "association", i)]

    def _difference(self, i: int) -> list[Found]:
        return [self._found(CORR, 1.15, "difference", i)]

    def _assoc_adj(self, i: int) -> list[Found]:
        role = self.role(i)
        stated = role.name in ("be", "have", "do", "and", "can", "will", "would") or role.name in SOFT
        weight = 2.6 if stated else 1.4
        if self.units[i].tags & {"compare", "like"}:
            weight -= 0.9
        return [self._found(CORR, weight, "association", i, role)]

    def _adjective(self, i: int) -> list[Found]:
        role = self.role(i)
        if role.name in ("noun", "subject", "start", "and"):
            k = i - 1
            while k >= 0 and i - k < 6 and "be" not in self.units[k].tags:
                k -= 1
            if k < 0 or "be" not in self.units[k].tags:
                return [self._found(CAUSAL, 0.7, "causal adjective", i, role)]
            above = self.role(k)
            name = above.name if above.name in MODALS or above.name in SOFT else "be"
            role = Role(name, above.governor, above.negated or role.negated)
        if role.name in SOFT or role.name == "would":
            return [self._found(HEDGED, 2.3, "hedge", i, role)]
        if role.name in ("be", "can", "will", "do", "have"):
            return [self._found(CAUSAL, 2.1, "causal adjective", i, role)]
        return [self._found(CAUSAL, 0.9, "causal adjective", i, role)]

    def _soft_adjective(self, i: int) -> list[Found]:
        """ "may be important for": only a hedge makes a statement of it."""
        hedge = self.near(i, 5, "may", "seem")
        return [] if hedge is None else self._hedged(hedge, 1.3, i)

    def _noun(self, i: int) -> list[Found]:
        hedge = self.near(i, 4, "potential") or self.near(i, 6, "may", "seem", "maybe")
        if hedge is not None:
            return self._hedged(hedge, 1.9, i)
        return [self._found(CAUSAL, 0.9 if self.near(i, 1, "topic") else 1.5, "causal noun", i)]

    def _change_noun(self, i: int) -> list[Found]:
        if any(":" in tag for tag in self.units[i].tags) and self.role(i).name != "noun":
            return []
        return [self._found(CORR, 1.0, "change", i)]

    def _compare(self, i: int) -> list[Found]:
        after = self.units[i + 1 : i + 1 + _FAR]
        than = next((k for k, unit in enumerate(after) if "than" in unit.tags), None)
        if than is None:
            return [] if "open" in self.units[i].tags else [self._found(CORR, 1.05, "comparison", i)]
        with_what = after[than + 1 : than + 2]
        if with_what and (with_what[0].text[0].isdigit() or "figure" in with_what[0].tags):
            return []  # "more than half", "higher than 5 mg"
        return [self._found(CORR, 1.4, "comparison", i)]

    def _utility(self, i: int) -> list[Found]:
        """ "may be a useful marker" asserts nothing, "may be a useful treatment" is hedged."""
        hedge = self.near(i, 5, "may", "seem", "potential")
        if hedge is None:
            return []
        if "therapeutic" in self.tags:
            return self._hedged(hedge, 1.2, i)
        return [Found(NONE, 1.2, "usefulness", None, False, (hedge, self.units[i]))]


_VERBS: dict[str, Callable[[_Reading, int, str], list[Found]]] = {
    "cause-verb": _Reading._cause,
    "assoc-verb": _Reading._assoc_verb,
    "weak-verb": _Reading._weak,
    "therapy-verb": _Reading._therapy,
    "change-verb": _Reading._change,
}
_OTHERS: dict[str, Callable[[_Reading, int], list[Found]]] = {
    "cause-noun": _Reading._noun,
    "change-noun": _Reading._change_noun,
    "cause-adj": _Reading._adjective,
    "assoc-adj": _Reading._assoc_adj,
    "assoc-noun": _Reading._association,
    "differ": _Reading._difference,
    "compare": _Reading._compare,
    "soft-adj": _Reading._soft_adjective,
    "utility": _Reading._utility,
}
