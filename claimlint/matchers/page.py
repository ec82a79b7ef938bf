"""The kinds that judge a page as a whole: ``required``, ``call-to-action`` and ``hidden-text``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from claimlint.language.hidden import Hidden, coded, hidden, respelt_words
from claimlint.language.spelt import Known
from claimlint.language.text import Sentence
from claimlint.matchers import Candidate
from claimlint.model import Block, Document, Place, Reason, Rule, Scope, Signals

_MACHINE_HYPHENS = 4


def required(rule: Rule, signals: Signals, classes: Collection[str]) -> Iterator[Candidate]:
    """A page that does all of ``when`` and lacks ``lacks``; ``about`` limits it to pages that offer such interventions.

    ``classes`` are the classes and concepts of the interventions that the page names.
    """
    about = rule.match.get("about")
    if about and not set(about) & set(classes):
        return
    if not all(getattr(signals, name) for name in rule.match.get("when", ())):
        return
    if any(getattr(signals, name) for name in rule.match.get("unless_signals", ())):
        return
    if getattr(signals, rule.match["lacks"]):
        return
    yield Candidate(None, why=_because(signals, rule.match.get("when", ())))


def says(
    rule: Rule, signals: Signals, sentences: Sequence[Sentence], said: Sequence[int]
) -> Iterator[Candidate]:
    """A page that does all of ``when``, speaks of ``about`` and nowhere says one of ``says``, or not near enough.

    ``said`` are the blocks in which one of the phrases stands. With ``within`` it must stand at most so many blocks from the
    first sentence that names what the rule is about; the finding then stands at those words.
    """
    if not all(getattr(signals, name) for name in rule.match.get("when", ())):
        return
    if any(getattr(signals, name) for name in rule.match.get("unless_signals", ())):
        return
    about = set(rule.match.get("about", ()))
    first = next(
        (
            (sentence, hit)
            for sentence in sentences
            for hit in sentence.hits
            if hit.kind == "intervention" and (not about or hit.cls in about or hit.concept in about)
        ),
        None,
    )
    if about and first is None:
        return
    near = rule.match.get("within")
    if said and (near is None or first is None or any(abs(block - first[0].index) <= near for block in said)):
        return
    if near is None or first is None:
        yield Candidate(None, why=_because(signals, rule.match.get("when", ())))
    else:
        sentence, hit = first
        yield Candidate(
            sentence.place(hit.start, hit.end), sentence.text, (sentence.reason("about", hit.start, hit.end),)
        )


def call_to_action(rule: Rule, signals: Signals) -> Iterator[Candidate]:
    """The page's first invitation, where the page promotes, invites and lacks ``lacks`` (harms)."""
    if not (signals.promotes and signals.cta) or getattr(signals, rule.match.get("lacks", "harms")):
        return
    why = signals.reasons.get("cta", ())
    yield Candidate(why[0].place if why else None, why=tuple(why[:1]))


def hidden_text(rule: Rule, document: Document, known: Known) -> Iterator[Candidate]:
    """Characters and spellings that disguise a word; ``known`` tells the words that rules and lexicons use.

    A page with many odd soft hyphens was hyphenated by a machine: that is typography, not disguise.
    """
    kinds = rule.match.get("kinds")
    found = [
        (index, block, one)
        for index, block in enumerate(document.blocks)
        for one in _disguises(block, document.source, known)
        if not kinds or one.kind in kinds
    ]
    soft = sum(one.kind == "soft-hyphen" for _, _, one in found)
    for index, block, one in found:
        if one.kind == "soft-hyphen" and soft > _MACHINE_HYPHENS:
            continue
        place = Place(index, one.start, one.end)
        yield Candidate(place, block.text, (Reason(one.kind, block.text[one.start : one.end], place),))


def _disguises(block: Block, source: str, known: Known) -> list[Hidden]:
    found = hidden(block.text)
    if block.scope is not Scope.CODE:  # in which letters between hyphens mean something
        found += respelt_words(block.text, known) + coded(block, source)
    return found


def _because(signals: Signals, names: Collection[str]) -> tuple[Reason, ...]:
    return tuple(reason for name in names for reason in signals.reasons.get(name, ())[:1])
