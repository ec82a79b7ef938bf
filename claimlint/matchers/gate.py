"""The kind ``gate``: what may not be advertised at all under the law of a place, told once for the page.

A use counts only where it is tied to what is offered, because a clinic may well treat the same disease with something else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from claimlint.language.lexicon import Hit
from claimlint.language.text import Sentence
from claimlint.matchers import Candidate
from claimlint.model import Reason, Rule, Signals

_USES = frozenset({"condition", "symptom"})
_TREATMENT = re.compile(
    r"\W*(?:it|they|these|this|(?:the|this|these|our|such) (?:cells?|therap|treatment|injection|infusion))\w*"
)
"""How a sentence goes on about the treatment that the one before it names."""


def gate(
    rule: Rule, signals: Signals, sentences: Sequence[Sentence], said: Collection[int]
) -> list[Candidate]:
    """One finding for a page that promotes what may not be advertised; none where it says one of ``says``.

    ``conditions`` limits it to offers for these, ``beyond`` to offers for any but these (classes or ids).
    """
    if not signals.promotes or said:
        return []
    about = set(rule.match["about"])
    named, beyond = set(rule.match.get("conditions", ())), set(rule.match.get("beyond", ()))
    offer: Reason | None = None
    for sentence in sentences:
        for hit in sentence.hits:
            if hit.kind == "intervention" and (hit.cls in about or hit.concept in about):
                offer = offer or sentence.reason("offer", hit.start, hit.end)
    if offer is None:
        return []
    if not named and not beyond:
        return [Candidate(None, why=(offer,))]
    harms = {reason.place.block for reason in signals.reasons.get("harms", ())}
    treats = _cells_by_block(about, sentences)
    before: Sentence | None = None
    for sentence in sentences:
        led = _led(sentence, before, about, treats)
        before = sentence
        if sentence.index in harms:
            continue  # a disease that is named as a harm is no use on offer
        for hit in sentence.hits:
            own = {hit.cls, hit.concept}
            wanted = bool(own & named) or (bool(beyond) and not own & beyond)
            if (
                wanted
                and hit.kind == "condition"
                and hit.cls != "generic"
                and _for(hit, sentence, about, led)
            ):
                contexts = sentence.contexts(hit.start, hit.end).keys()
                if not contexts & {"negated", "warning"}:
                    return [Candidate(None, why=(offer, sentence.reason("use", hit.start, hit.end)))]
    return []


def _named(sentence: Sentence) -> list[Hit]:
    """The interventions that a sentence names, but for words such as "treatment"."""
    return [hit for hit in sentence.hits if hit.kind == "intervention" and hit.cls != "generic"]


def _cells_by_block(about: Collection[str], sentences: Sequence[Sentence]) -> dict[int, bool]:
    """Block -> whether the last intervention that it names is one of ``about``."""
    return {
        sentence.index: hit.cls in about or hit.concept in about
        for sentence in sentences
        for hit in _named(sentence)
    }


def _led(
    sentence: Sentence, before: Sentence | None, about: Collection[str], treats: Mapping[int, bool]
) -> bool:
    """Whether a sentence that names no intervention speaks of the offer: by its lead-in, its heading, or as "it"."""
    block = sentence.block
    if block.lead_in is not None and treats.get(block.lead_in):
        return True
    if not any(hit.kind == "effect" for hit in sentence.hits):
        return False
    if block.heading is not None and treats.get(block.heading):
        return True
    if before is None or before.index != sentence.index or not _TREATMENT.match(sentence.folded):
        return False
    spoken = _named(before)
    return bool(spoken) and bool({spoken[-1].cls, spoken[-1].concept} & set(about))


def _for(use: Hit, sentence: Sentence, about: Collection[str], led: bool) -> bool:
    """Whether ``use`` is what one of ``about`` is offered for.

    The interventions named last before it count, up to the use of an earlier one ("cells for pain and massage for gout"); where
    none stands before it, the next ones.
    """
    interventions = _named(sentence)
    if not interventions:
        return led
    earlier = [hit for hit in interventions if hit.start < use.start]
    if earlier:
        others = [hit.end for hit in sentence.hits if hit.kind in _USES and hit.end <= earlier[-1].start]
        since = max(others, default=0)
        near = [hit for hit in earlier if hit.start >= since]
    else:
        first = interventions[0].start
        others = [hit.start for hit in sentence.hits if hit.kind in _USES and hit.start > first]
        until = min(others, default=sentence.end)
        near = [hit for hit in interventions if hit.start < until]
    return any(hit.cls in about or hit.concept in about for hit in near)
