"""Claims that a treatment is safe, for the ledger: they state no relation to a disease, yet a reviewer has to sign them off.

Rules find such words by phrases of their own; here they become claims, so that the record of harms answers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimlint.language.cues import FOR_SIGNALS
from claimlint.language.text import Sentence
from claimlint.model import Claim, Confidence, Strength

_UNNAMED = frozenset({"generic", "drug", "surgery"})
_SAFE = re.compile(
    r"\b(?:(?:is|are|be|it's|they're)\s(?:[a-z0-9%-]+\s){0,3}(?:safe|harmless|well[- ]tolerated|risk[- ]free)\b"
    r"(?!\s(?:to (?:say|assume|eat|drink|drive)|place|space|hands|levels?|haven|distance))|"
    r"\b(?:has|have|with|without|no|zero|carr(?:y|ies)|cause[sd]?)\s(?:any\s|no\s|zero\s|known\s|serious\s|harmful\s|reported\s){0,2}"
    r"(?:side[- ]effects|adverse (?:effects|events|reactions)|risks?)\b|"
    r"\ba\s(?:[a-z-]+,?\s){0,2}safe,?\s(?:[a-z,-]+\s){0,3}(?:treatment|therapy|option|alternative|way|method|approach|procedure|solution)\b|"
    r"\b(?:completely|perfectly|totally|entirely|absolutely|100\s?%)\s(?:safe|harmless|risk[- ]free)\b|\bsafe (?:and|yet|&) effective\b)"
)
_DENIES_HARM = re.compile(r"\b(?:no|zero|without)\b")
_HARM = re.compile(r"(?:side[- ]effects|adverse (?:effects|events|reactions)|risks?)$")
_ABSOLUTE = re.compile(
    r"\b(?:completely|perfectly|totally|entirely|absolutely|100\s?%|always|zero|risk[- ]free|harmless|proven)\b"
)
_WEAK = re.compile(
    r"\b(?:generally|usually|considered|relatively|appears?|seems?|thought|largely|mostly|serious)\b"
)


def safety_claims(sentence: Sentence) -> Iterator[Claim]:
    """What the sentence claims of safety, with the treatment that stands before the words, if any; agent "pronoun" where none."""
    folded = sentence.norm.folded
    for match in _SAFE.finditer(folded, sentence.start, sentence.end):
        words = match[0]
        denies = bool(_HARM.search(words))
        if denies and not _DENIES_HARM.search(words):
            continue  # "has side effects" is a disclosure
        if not denies and re.search(r"\bnot\b|n't\b", words):
            continue  # "is not safe for everyone" is one too
        contexts = {
            name: reason
            for name, reason in sentence.contexts(match.start(), match.end()).items()
            if name not in FOR_SIGNALS
        }
        if "study" in contexts:
            continue  # what a trial saw is told as its result
        if denies:
            contexts.pop("negated", None)  # the denial of harm is the claim
        if "hedged" in contexts or _WEAK.search(words):
            strength = Strength.HEDGED
        elif denies or _ABSOLUTE.search(words):
            strength = Strength.ABSOLUTE
        else:
            strength = Strength.CAUSAL
        named = [
            hit
            for hit in sentence.hits
            if hit.kind == "intervention" and hit.cls not in _UNNAMED and hit.start < match.end()
        ]
        why = [sentence.reason("effect", match.start(), match.end()), *contexts.values()]
        if named:
            why.append(sentence.reason("intervention", named[-1].start, named[-1].end))
        yield Claim(
            sentence.place(match.start(), match.end()),
            sentence.whole,
            strength,
            intervention=named[-1].concept if named else None,
            effect="safe",
            effect_class="safety",
            agent="intervention" if named else "pronoun",
            negated="negated" in contexts,
            attributed="reported" in contexts,
            contexts=frozenset(contexts),
            confidence=Confidence.HIGH if named else Confidence.MEDIUM,
            why=tuple(why),
        )
