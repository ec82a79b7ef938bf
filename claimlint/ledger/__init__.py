"""Every claim of a document with the slots it inherits and what the evidence says of it.

A bullet inherits its lead-in and a paragraph its heading: "Lowers blood pressure" under "Benefits of the Lumora drip" is
a claim for the drip. The registry is asked once a claim, here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from claimlint.claims.find import claims
from claimlint.language.text import Sentence
from claimlint.ledger.around import UNNAMED, Around, named_in
from claimlint.ledger.species import ANIMALS, animals_alone
from claimlint.ledger.status import approval, status_claims, status_verdict
from claimlint.model import Claim, Document, Place, Reason, Scope, Strength, Verdict, replace

if TYPE_CHECKING:
    from claimlint.claims.grade import Grade, Grader

_AGAINST = frozenset({"contradicted", "superseded", "stronger-than-evidence"})
_SHORT_TEXT = 400
_OF_STATUS = ("approv", "licen", "authori", "clear", "withdrawn", "revoked", "lapsed")
"""Without one of these no text speaks of a regulator's decision."""
_SHORT = frozenset({Scope.LIST_ITEM, Scope.TABLE_CELL, Scope.HEADING})


class Entry(NamedTuple):
    """A claim, the verdict on it (None where no registry was given or nothing is asserted) and its sentence's text."""

    claim: Claim
    verdict: Verdict | None
    text: str


class Ledger:
    """Claims of documents, judged against one registry as of one date."""

    def __init__(self, registry: Any, as_of: date) -> None:
        self._registry = registry
        self._as_of = as_of
        self._approvals: Any = None
        if registry is not None and registry.data["approved"]:
            from claimlint.evidence.approved import Approvals

            self._approvals = Approvals(registry.approved(), registry.market, as_of)

    def graded(
        self,
        document: Document,
        sentences: Sequence[Sentence],
        entries: Sequence[Entry],
        grader: Remembering,
        selling: bool,
        seller: bool,
    ) -> list[Entry]:
        """Every relation that the document states, and where a seller speaks also each claim to be safe: for the ledger
        rather than for rules.

        ``sentences`` are all of the document's, since the grader also looks where no lexicon term stands, and ``entries``
        what `entries` made of them. Where both know a sentence its grade is the claim's strength, except that a seller's
        headline may claim without stating a relation in words.
        """
        by_sentence: dict[tuple[int, int], list[Claim]] = {}
        for entry in entries:
            place = entry.claim.sentence
            by_sentence.setdefault((place.block, place.start), []).append(entry.claim)
        around = Around(document, sentences)
        from claimlint.ledger.safety import denial

        # An abstract that finds a drug safe reports a result; a seller's page makes a promise.
        safety = list(self._safety(sentences, around)) if seller else []
        out = [*self._status(sentences, around, seller), *safety]
        safe = {entry.claim.sentence for entry in safety}
        for sentence in sentences:
            text = sentence.text
            grade = grader.grade(text)
            known = by_sentence.get((sentence.index, sentence.whole.start), ()) if by_sentence else ()
            for claim in known:
                judged = _regraded(claim, grade, selling)
                told = self._verdict(
                    judged, sentence.folded, around.words(sentence) if judged.intervention else ""
                )
                out.append(Entry(judged, told, text))
            if not known and grade is not None and grade.strength is not Strength.NONE:
                denied = denial(sentence)
                if denied is not None and sentence.whole in safe:
                    continue  # the claim to be safe that it makes has its row
                claim = named_in(_stated(sentence, grade), sentence)
                if denied is not None and denied.intervention is not None:
                    claim = denied
                told = self._of_harm(claim, sentence.folded) or self._verdict(
                    claim, sentence.folded, around.words(sentence) if claim.intervention else ""
                )
                out.append(Entry(claim, told, text))
        return out

    def entries(self, document: Document, sentences: Sequence[Sentence]) -> list[Entry]:
        """The document's claims in order of place."""
        around = Around(document, sentences)
        out = []
        for sentence in sentences:
            for claim in claims(sentence):
                filled = around.fill(claim, sentence)
                if animals_alone(sentence.folded):
                    filled = replace(filled, experiencer=ANIMALS)
                told = self._verdict(
                    filled, sentence.folded, around.words(sentence) if filled.intervention else ""
                )
                out.append(Entry(filled, told, sentence.text))
        return out

    def _safety(self, sentences: Sequence[Sentence], around: Around) -> Iterator[Entry]:
        """Claims to be safe, where a treatment is named in the sentence or around it."""
        from claimlint.ledger.safety import safety_claims

        for sentence in sentences:
            for claim in safety_claims(sentence):
                filled = around.with_intervention(claim, sentence)
                if filled.intervention is not None:
                    yield Entry(filled, self._verdict(filled, sentence.folded, ""), sentence.text)

    def _status(self, sentences: Sequence[Sentence], around: Around, seller: bool) -> Iterator[Entry]:
        """Claims of regulatory status: of a treatment that is named, and on a seller's page also of what it offers."""
        for sentence in sentences:
            for claim in status_claims(sentence):
                filled = around.with_intervention(claim, sentence) if seller else claim
                if seller or (filled.intervention is not None and filled.agent != "drug"):
                    told = None
                    if self._registry is not None:
                        told = status_verdict(filled, sentence, self._registry, self._as_of)
                    yield Entry(filled, told, sentence.text)

    def false_approvals(self, document: Document, sentences: Sequence[Sentence]) -> Iterator[Entry]:
        """Claims of an approval, or of its end, that the record contradicts or that it has outlived."""
        if self._registry is None:
            return
        speaking: list[Sentence] = []
        for _, block in groupby(sentences, attrgetter("index")):
            together = list(block)
            if any(word in together[0].norm.folded for word in _OF_STATUS):
                speaking += together
        if speaking:
            around = Around(document, sentences)
            for entry in self._status(speaking, around, seller=False):
                if entry.verdict is not None and entry.verdict.verdict in ("contradicted", "superseded"):
                    yield entry

    def approval(self, sentences: Sequence[Sentence], number: int) -> Verdict | None:
        """What the registry says of an approval that sentence ``number`` leans on; None where it knows of none."""
        return None if self._registry is None else approval(sentences, number, self._registry, self._as_of)

    def pair_verdict(self, sentence: Sentence, at: int) -> Verdict | None:
        """What the registry says of a plain claim for the treatment and the disease that the clause at ``at`` names first.

        None where the clause does not name both: words such as "is effective" then stand for no pair of their own.
        """
        if self._registry is None:
            return None
        low = max((bound for bound in sentence.bounds if bound <= at), default=sentence.start)
        high = min((bound for bound in sentence.bounds if bound > at), default=sentence.end)
        hits = [hit for hit in sentence.hits if low <= hit.start < high]
        offered = [hit for hit in hits if hit.kind == "intervention" and hit.cls not in UNNAMED]
        named = [hit for hit in hits if hit.kind == "condition" and hit.cls != "generic"]
        if not (offered and named):
            return None
        claim = Claim(
            sentence.whole,
            sentence.whole,
            Strength.CAUSAL,
            intervention=offered[0].concept,
            condition=named[0].concept,
            effect="treat",
            effect_class="treat",
            target_kind="condition",
        )
        return self._on_record(claim, sentence.folded, sentence.norm.folded)

    def weighed(
        self, sentence: Sentence, spans: Sequence[tuple[int, int]]
    ) -> tuple[list[tuple[int, int]], dict[Place, Verdict]]:
        """Words of praise at ``spans`` that the record doesn't bear out, and of those that it speaks against its verdict."""
        left: list[tuple[int, int]] = []
        against: dict[Place, Verdict] = {}
        for span in spans:
            found = self.pair_verdict(sentence, span[0])
            if found is None or found.verdict != "supported":
                left.append(span)
            if found is not None and found.verdict in _AGAINST:
                against[sentence.place(*span)] = found
        return left, against

    def approved(self, sentence: Sentence, place: Place | None) -> bool:
        """Whether ``place`` lies within words that a team has approved for the product that the sentence names."""
        if self._approvals is None or place is None:
            return False
        named = [
            hit.concept for hit in sentence.hits if hit.kind == "intervention" and hit.cls not in UNNAMED
        ]
        spans = self._approvals.spans(sentence.folded, named)
        wholes = [sentence.place(sentence.start + low, sentence.start + high) for low, high in spans]
        return any(whole.start <= place.start and place.end <= whole.end for whole in wholes)

    def evidence(self, verdict: Verdict) -> tuple[Mapping[str, Any], ...]:
        """The records behind a verdict, ready for JSON."""
        if self._registry is None:
            return ()
        from claimlint.evidence.verdict import finding_evidence

        return finding_evidence(verdict, self._registry)

    def wording(self, verdict: Verdict) -> str | None:
        """Words that the records behind a verdict bear out; None where there are none."""
        if self._registry is None or not verdict.records:
            return None
        from claimlint.evidence.verdict import suggested_wording

        return suggested_wording(verdict, self._registry)

    def _verdict(self, claim: Claim, folded: str, near: str) -> Verdict | None:
        """What the registry says of the claim in a sentence among others (in lower case), and then a team's approvals."""
        found = self._on_record(claim, folded, near)
        return found if self._approvals is None else self._approvals.settle(claim, folded, found)

    def _of_harm(self, claim: Claim, folded: str) -> Verdict | None:
        """What the record says of a harm that the sentence (in lower case) states; None where it states none."""
        if self._registry is None:
            return None
        from claimlint.evidence.harm import harm_verdict

        return harm_verdict(claim, folded, self._registry, self._as_of)

    def _on_record(self, claim: Claim, folded: str, near: str = "") -> Verdict | None:
        if self._registry is None or claim.intervention is None:
            return None
        from claimlint.evidence.verdict import verdict

        return verdict(claim, self._registry, self._as_of, folded, near)


class Remembering:
    """A grader that remembers the short sentences of late: the menus, buttons and notices that the pages of a site repeat."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader
        self._short = lru_cache(maxsize=4_096)(grader.grade)

    def grade(self, text: str) -> Grade | None:
        """The grade of one sentence, as the grader gives it."""
        return self._short(text) if len(text) <= _SHORT_TEXT else self._grader.grade(text)


def _stated(sentence: Sentence, grade: Grade) -> Claim:
    """The claim that a sentence makes by the words that graded it alone."""
    why = tuple(
        Reason(kind, words, sentence.place(sentence.start + low, sentence.start + high))
        for kind, words, low, high in grade.reasons
    )
    return Claim(
        sentence.whole,
        sentence.whole,
        grade.strength,
        grade.modal,
        negated=grade.negated,
        attributed=grade.attributed,
        why=why,
    )


def _regraded(claim: Claim, grade: Grade | None, selling: bool) -> Claim:
    """The claim at the strength that its sentence was graded with."""
    if grade is None:
        return claim
    if grade.strength is Strength.NONE:
        return claim if selling and not claim.contexts else replace(claim, strength=Strength.NONE)
    if claim.strength is Strength.ABSOLUTE and grade.strength is Strength.CAUSAL:
        return replace(claim, modal=claim.modal or grade.modal)
    return replace(claim, strength=grade.strength, modal=claim.modal or grade.modal)
