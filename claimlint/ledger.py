"""Every claim of a document with the slots it inherits and what the evidence says of it.

A bullet inherits its lead-in and a paragraph its heading: "Lowers blood pressure" under "Benefits of the Lumora drip" is
a claim for the drip. The registry is asked once a claim, here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from claimlint.claims.frames import claims
from claimlint.language.lexicon import Hit
from claimlint.language.text import Sentence
from claimlint.model import Claim, Document, Scope, Verdict

_INHERITING = frozenset({"elided", "pronoun", "offer", "we", "you", "people", "other"})
_SHORT = frozenset({Scope.LIST_ITEM, Scope.TABLE_CELL, Scope.HEADING})
_UNNAMED = frozenset({"generic", "drug", "surgery"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim, the verdict on it (None where no registry was given or nothing is asserted) and its sentence's text."""

    claim: Claim
    verdict: Verdict | None
    text: str


class Ledger:
    """Claims of documents, judged against one registry as of one date."""

    def __init__(self, registry: Any, as_of: date) -> None:
        self._registry = registry
        self._as_of = as_of

    def entries(self, document: Document, sentences: Sequence[Sentence]) -> list[Entry]:
        """The document's claims in order of place."""
        around = _Around(document, sentences)
        out = []
        for sentence in sentences:
            for claim in claims(sentence):
                filled = around.fill(claim, sentence)
                out.append(Entry(filled, self._verdict(filled), sentence.text))
        return out

    def evidence(self, verdict: Verdict) -> tuple[Mapping[str, Any], ...]:
        """The records behind a verdict, ready for JSON."""
        if self._registry is None:
            return ()
        from claimlint.evidence.verdict import finding_evidence

        return finding_evidence(verdict, self._registry)

    def _verdict(self, claim: Claim) -> Verdict | None:
        if self._registry is None or claim.intervention is None:
            return None
        from claimlint.evidence.verdict import verdict

        return verdict(claim, self._registry, self._as_of)


class _Around:
    """What headings, lead-ins and the page name, for claims that name no intervention or condition."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._interventions: dict[int, list[Hit]] = {}
        self._conditions: dict[int, list[Hit]] = {}
        tally: Counter[str] = Counter()
        for sentence in sentences:
            for hit in sentence.hits:
                if hit.kind == "intervention" and hit.cls not in _UNNAMED:
                    self._interventions.setdefault(sentence.index, []).append(hit)
                    tally[hit.concept] += 1
                elif hit.kind == "condition" and hit.cls != "generic":
                    self._conditions.setdefault(sentence.index, []).append(hit)
        common = tally.most_common(1)
        self._topic = common[0][0] if common else None

    def fill(self, claim: Claim, sentence: Sentence) -> Claim:
        """The claim with intervention and condition taken from around it where it names none."""
        inherited = set()
        intervention = claim.intervention
        if intervention is None and claim.agent in _INHERITING:
            intervention = self._near(self._interventions, sentence, claim) or self._topic
            if intervention:
                inherited.add("intervention")
        condition = claim.condition
        if claim.target_kind != "condition":
            near = self._near(self._conditions, sentence, claim)
            if near:
                condition = near
                inherited.add("condition")
        if not inherited:
            return claim
        return replace(claim, intervention=intervention, condition=condition, inherited=frozenset(inherited))

    def _near(self, found: Mapping[int, list[Hit]], sentence: Sentence, claim: Claim) -> str | None:
        here = [hit for hit in found.get(sentence.index, ()) if hit.start < claim.place.end]
        if here:
            return here[-1].concept
        block = sentence.block
        for index in (block.lead_in, block.heading):
            hits = found.get(index) if index is not None else None
            if hits:
                return hits[-1].concept
        return None
