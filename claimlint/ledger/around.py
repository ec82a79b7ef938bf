"""What headings, lead-ins, neighbours and the page lend to a claim that names no treatment or condition itself.

It is apart from the ledger because inheriting is a question of the page's order, and the ledger one of evidence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from claimlint.claims.agent import specific
from claimlint.language.lexicon import TARGET_KINDS, Hit
from claimlint.language.text import Sentence
from claimlint.model import Claim, Document, Scope, replace

UNNAMED = frozenset({"generic", "drug", "surgery"})
"""Classes of interventions that name no particular one."""
_INHERITING = frozenset({"elided", "pronoun", "offer", "we", "you", "people", "other"})
_OF_ITS_OWN = re.compile(
    r"\b(?:serums?|creams?|gels?|lotions?|balms?|oils?|teas?|drops|drips?|sprays?|tablets?|capsules?|pills?|powders?|supplements?|patch(?:es)?|masks?|peels?|"
    r"devices?|machines?|pumps?|lasers?|lamps?|mattress(?:es)?|chairs?|bracelets?|insoles?|magnets?|massages?|exercises?|baths?|diets?)\b"
)
"""Things that are no other treatment's: "our serum" on a page about cells."""
_COMPARED = re.compile(r"\b(?:than|unlike|compared (?:with|to)|in contrast to)\b")


_CELLS = 6
"""Cells of a row that are looked back over."""


def named_in(claim: Claim, sentence: Sentence) -> Claim:
    """A claim that was graded by its sentence alone, with the first treatment, effect and condition that the sentence names.

    A part of the body or a symptom stands for the condition where no disease is named.
    """
    treatments = [hit for hit in sentence.hits if hit.kind == "intervention" and hit.cls not in UNNAMED]
    if not treatments:
        return claim
    treatment = specific(treatments[:2]) if _beside(treatments) else treatments[0]
    effect = next((hit for hit in sentence.hits if hit.kind == "effect"), None)
    targets = [hit for hit in sentence.hits if hit.kind in TARGET_KINDS and hit.cls != "generic"]
    target = next((hit for hit in targets if hit.kind == "condition"), targets[0] if targets else None)
    return replace(
        claim,
        intervention=treatment.concept,
        effect=effect.concept if effect else None,
        effect_class=effect.cls if effect else None,
        condition=target.concept if target else None,
        target_kind=target.kind if target else None,
    )


def _beside(hits: list[Hit]) -> bool:
    return len(hits) > 1 and hits[1].start - hits[0].end <= 2


def _start(hit: Hit) -> int:
    return hit.start


class Around:
    """What headings, lead-ins and the page name, for claims that name no intervention or condition."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._interventions: dict[int, list[Hit]] = {}
        self._conditions: dict[int, list[Hit]] = {}
        self._generic: set[str] = set()
        self._words: dict[int, str] = {}
        tally: Counter[str] = Counter()
        for sentence in sentences:
            for hit in sentence.hits:
                if hit.kind == "intervention" and hit.cls not in UNNAMED:
                    self._interventions.setdefault(sentence.index, []).append(hit)
                    tally[hit.concept] += 1
                elif hit.kind == "condition" and hit.cls != "generic":
                    self._conditions.setdefault(sentence.index, []).append(hit)
                elif hit.kind == "condition":
                    self._generic.add(hit.concept)  # "disability": the disease may be named behind it
        self._topic = max(tally, key=tally.__getitem__, default=None)  # of equals the first

    def words(self, sentence: Sentence) -> str:
        """What the claim stands among, in lower case: its block, the one before, its lead-in and its heading."""
        known = self._words.get(sentence.index)
        if known is None:
            blocks = self._document.blocks
            around = {
                sentence.index,
                max(0, sentence.index - 1),
                sentence.block.lead_in,
                sentence.block.heading,
            }
            known = " ".join(blocks[at].text.lower() for at in sorted(at for at in around if at is not None))
            self._words[sentence.index] = known
        return known

    def with_intervention(self, claim: Claim, sentence: Sentence) -> Claim:
        """The claim with the treatment that is named around it, where it names none."""
        if claim.intervention is not None:
            return claim
        found = self._near(self._interventions, sentence) or self._topic
        return (
            claim
            if found is None
            else replace(claim, intervention=found, inherited=frozenset({"intervention"}))
        )

    def fill(self, claim: Claim, sentence: Sentence) -> Claim:
        """The claim with intervention and condition taken from around it where it names none."""
        inherited = set()
        intervention = claim.intervention
        if intervention is None and claim.agent in _INHERITING and not self._of_its_own(claim, sentence):
            intervention = self._near(self._interventions, sentence) or self._topic
            if intervention:
                inherited.add("intervention")
        condition = claim.condition
        if claim.target_kind != "condition" or condition in self._generic:
            near = self._next(claim, sentence)
            if near is None and claim.target_kind != "condition":
                near = self._near(self._conditions, sentence)
            if near:
                condition = near
                inherited.add("condition")
        if not inherited:
            return claim
        return replace(claim, intervention=intervention, condition=condition, inherited=frozenset(inherited))

    def _of_its_own(self, claim: Claim, sentence: Sentence) -> bool:
        """Whether a product that isn't the page's treatment is the subject, or heads the list that the claim stands in."""
        lead = sentence.block.lead_in
        if claim.agent == "elided" and lead is not None and lead not in self._interventions:
            return _OF_ITS_OWN.search(self._document.blocks[lead].text.lower()) is not None
        if claim.agent not in ("offer", "other", "we"):
            return False
        text = sentence.block.text[sentence.whole.start : claim.place.start].lower()
        return _OF_ITS_OWN.search(text) is not None

    def _next(self, claim: Claim, sentence: Sentence) -> str | None:
        """The first condition after the claim's effect: "eases arthritis pain, and X heals lupus" says nothing of lupus yet."""
        hits = self._conditions.get(sentence.index, [])
        for number in range(bisect_left(hits, sentence.start, key=_start), len(hits)):
            hit = hits[number]
            if hit.start >= sentence.end:
                break
            if sentence.place(hit.start, hit.end).start >= claim.place.start:
                return hit.concept
        return None

    def _near(self, found: Mapping[int, list[Hit]], sentence: Sentence) -> str | None:
        """The last term up to the end of the sentence in its block, else in its lead-in or heading.

        What stands there to compare with ("rarer than for scleroderma") is not what is spoken of.
        """
        hits = found.get(sentence.index, [])
        up_to = bisect_left(hits, sentence.end, key=_start)
        text = sentence.norm.folded
        last = [
            hit
            for hit in hits[max(0, up_to - 4) : up_to]
            if not _COMPARED.search(text, max(0, hit.start - 30), hit.start)
        ]
        here = last[-2:]
        if here:
            return specific(here).concept
        for index in (sentence.block.lead_in, *self._cells_before(sentence), sentence.block.heading):
            around = found.get(index) if index is not None else None
            if around:
                return specific(around).concept
        return None

    def _cells_before(self, sentence: Sentence) -> range:
        """The cells that stand before one in its table, nearest first: the first of a row says what the row is about."""
        at = sentence.index
        while at > 0 and sentence.index - at < _CELLS and self._document.blocks[at].scope is Scope.TABLE_CELL:
            at -= 1
        return range(sentence.index - 1, at, -1)
