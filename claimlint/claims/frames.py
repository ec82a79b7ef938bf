"""Finds frames in one sentence: an effect and what it acts on.

They are few: verb and object ("reduces pain"), target and verb ("redness fades"), noun and target ("relief from
pain"). What a frame asserts, and who acts in it, is for `claims.find` to say.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from claimlint.language.lexicon import TARGET_KINDS, Hit
from claimlint.language.text import Sentence
from claimlint.model import Scope
from claimlint.rules.ruleset import AMBIGUOUS, BASE, GERUND, NOUN, PAST, THIRD, VERB, WEAK

_NEXT = 5
"""Characters within which a word stands next to another, an article apart."""
_REACH = 60  # characters between an effect and its object, about eight words
_STOPS = re.compile(
    r"[;:—]|\s(?:at|for|to|with|about|through|after|before|during|while|as|by|because|but|if|when|until|unless|caused|due|into)\s"
)
_OF_LINK = re.compile(r"\s*(?:of|in|from|for|to|against|with)\s")
_GIVES = re.compile(
    r"\b(?:provid|offer|deliver|giv|bring|achiev|experienc|notic|see|feel|get|expect|enjoy|report|find|gain|have|produc|yield|result|lead|"
    r"caus|show|promot|support|help|allow|need|for|with|receiv|obtain|ensur|guarante|effect|benefit|includ)[^\W_]*\b[^.;:]{0,40}\Z"
)
_DETERMINED = re.compile(
    r"\b(?:the|a|an|of|this|that|his|her|their|no|for|in|on|with|and|your|our|from|after|during|about|under|before)\s+\Z"
)
_VERBAL_BEFORE = re.compile(
    r"(?:\A|[,;:.—(•&-]|ly|\b(?:by|for|and|or|while|of|in|are|is|be|help|helps|to|from|start|starts|keep|without|then|towards?))\s*\Z"
)
_INTRANSITIVE = frozenset(
    {
        "vanish",
        "improve",
        "diminish",
        "heal",
        "ease",
        "recover",
        "stop",
        "increase",
        "calm",
        "lower",
        "reduce",
        "clear",
    }
)
_EXCESS = re.compile(
    r"\b(?:overactive|hyperactive|excess|excessive|unwanted|abnormal|harmful|runaway|stubborn|unhealthy|elevated|toxic|dead|damaged|"
    r"overreacting|too much)\s(?:[^\W_]+\s)?\Z"
)
_PREPOSITION = re.compile(r"\b(?:in|within|at|on|for|with|by|from|after|before|during|over|to|into)\b")
_SUBJECT_GERUND = re.compile(r"\s(?:is|are|was|can|may|will|helps?)\s")
_BE = re.compile(
    r"\b(?:is|are|be|been|being|was|were|gets?|becomes?|get)\s+(?:[^\W_]+ly\s+|not\s+|also\s+|being\s+){0,8}\Z"
)


class Frame(NamedTuple):
    """An effect with its target, before anything is judged. ``start`` and ``end`` span the claim's words."""

    effect: Hit
    target: Hit
    start: int
    end: int
    shape: str  # object, subject, noun
    subject_from: int
    subject_to: int


def frames(sentence: Sentence) -> Iterator[Frame]:
    """Every effect of the sentence that has a target in reach, in order."""
    hits = sentence.hits
    targets = [hit for hit in hits if hit.kind in TARGET_KINDS]
    if not targets:
        return
    for effect in hits:
        if effect.kind != "effect" or sentence.norm.folded[effect.start - 1 : effect.start] == "-":
            continue
        found = _object(sentence, effect, targets)
        if found is None:
            found = _subject(sentence, effect, targets)
        if found is None:
            found = _noun(sentence, effect, targets)
        if found is not None and _coherent(sentence, found):
            yield found


def _coherent(sentence: Sentence, frame: Frame) -> bool:
    """Whether the effect does something good to the target: what it lowers is bad, what it raises is good.

    "The immune system attacks nerves" and "stress increases pain" are biology, not offers; an "overactive" or "excess"
    good is bad.
    """
    effect, target = frame.effect, frame.target
    before = sentence.norm.folded[max(sentence.start, target.start - 24) : target.start]
    if effect.direction in ("down", "end") and _EXCESS.search(before):
        return True
    if effect.direction in ("down", "end") and target.kind in ("body", "wellbeing"):
        return target.cls == "measure" or effect.cls in ("heal", "restore", "detoxify")
    if effect.direction == "up" and target.kind in ("condition", "symptom"):
        return effect.cls in ("restore", "regenerate") or effect.concept in (
            "improve",
            "support",
            "encourage",
        )
    if target.kind in ("condition", "symptom"):
        return effect.concept != "maintain" and effect.cls != "provide"
    return not (target.kind == "body" and effect.concept in ("address", "combat"))


def _object(sentence: Sentence, effect: Hit, targets: list[Hit]) -> Frame | None:
    flags = effect.flags
    if not flags & VERB:
        return None
    folded = sentence.norm.folded
    before = folded[max(sentence.start, effect.start - 24) : effect.start].strip()
    if before:
        before += " "
    if (
        flags & (BASE | NOUN) == BASE | NOUN
        and _DETERMINED.search(before)
        and not re.search(r"\bto\s+\Z", before)
    ):
        return None  # "the cure", "of treatment": a noun here
    if flags & PAST and not flags & (BASE | THIRD) and _DETERMINED.search(before):
        return None  # "the damaged tissue", "of increased risk"
    if effect.cls == "vanish":
        return None  # takes no object
    if flags & PAST and not flags & (BASE | THIRD) and _BE.search(" " + before):
        return None  # passive: what follows is no object
    if flags & BASE and _BE.search(" " + before):
        return None  # "it is clear": an adjective
    if flags & GERUND and not before and _SUBJECT_GERUND.search(folded, effect.end, sentence.end):
        return None  # "Reducing exposure is the best defence": the subject of another verb
    if flags & PAST and flags & WEAK and not before:
        return None  # "Targeted conditions": an adjective
    if flags & (GERUND | NOUN) and not flags & (BASE | THIRD) and not _VERBAL_BEFORE.search(before):
        return None  # "mucosal healing": a noun here
    for target in _heads(targets):
        if target.start < effect.end:
            continue
        if target.start - effect.end > _REACH:
            return None
        if effect.concept == "banish" and _treatment_behind(sentence, effect):
            return None  # "beat natalizumab in MS": a comparison
        between = folded[effect.end : target.start]
        listed = between.startswith(":") and not before  # "Improve: sleep": a list written as a definition
        if _STOPS.search(between[listed:] + " ") or _divided(sentence, effect.end + 3 * listed, target.start):
            return None
        if "," in between and _PREPOSITION.search(between):
            return None  # "collapses within hours, redness"
        if flags & WEAK and any(
            effect.end <= other.start < target.start and other.kind == "effect" and other.flags & VERB
            for other in sentence.hits
        ):
            return None  # "helps reduce": the second verb says what happens
        if folded[target.end : target.end + 1] == "-":
            continue  # "allergy-causing": a modifier
        if target.flags & AMBIGUOUS and (flags & WEAK or target.start - effect.end > 30):
            continue
        return Frame(effect, target, effect.start, target.end, "object", sentence.start, effect.start)
    return None


def _treatment_behind(sentence: Sentence, effect: Hit) -> bool:
    """Whether what the verb acts on is another treatment."""
    return any(hit.kind == "intervention" and 0 < hit.start - effect.end <= _NEXT for hit in sentence.hits)


def _heads(targets: list[Hit]) -> list[Hit]:
    """Of terms side by side the last, which is the head ("intestinal inflammation")."""
    return [
        target
        for number, target in enumerate(targets)
        if number + 1 == len(targets) or targets[number + 1].start - target.end > 1
    ]


def _divided(sentence: Sentence, low: int, high: int) -> bool:
    """Whether a new clause begins between the two places."""
    return any(low <= at <= high for at in sentence.bounds)


def _subject(sentence: Sentence, effect: Hit, targets: list[Hit]) -> Frame | None:
    """The target before its verb: passive ("pain is reduced") or intransitive ("redness fades")."""
    flags = effect.flags
    if not flags & VERB or flags & GERUND:
        return None
    nearest = None
    for target in targets:
        if target.end <= effect.start:
            nearest = target
    if nearest is None or effect.start - nearest.end > 30 or nearest.flags & AMBIGUOUS:
        return None
    between = sentence.norm.folded[nearest.end : effect.start]
    if any(mark in between for mark in ",;:—.(") or _STOPS.search(between):
        return None
    if flags & PAST and _BE.search(" " + between):
        pass
    elif effect.concept in _INTRANSITIVE and not between.strip(" ") and flags & (THIRD | BASE | PAST):
        if flags & NOUN and not flags & THIRD and nearest.kind != "symptom":
            return None  # "skin heal"... a compound noun
        if flags & NOUN and flags & BASE:
            return None
        if nearest.kind == "body" and effect.concept not in ("improve", "heal", "recover"):
            return None  # "blood flow increases": biology
    else:
        return None
    return Frame(effect, nearest, nearest.start, effect.end, "subject", sentence.start, nearest.start)


def _noun(sentence: Sentence, effect: Hit, targets: list[Hit]) -> Frame | None:
    if not effect.flags & NOUN:
        return None
    folded = sentence.norm.folded
    short = sentence.end - sentence.start < 70 and sentence.block.scope in (Scope.LIST_ITEM, Scope.TABLE_CELL)
    given = bool(_GIVES.search(folded[max(sentence.start, effect.start - 70) : effect.start]))
    if not (short or given):
        return None
    for target in targets:
        if target.start >= effect.end and target.start - effect.end <= 45:
            between = folded[effect.end : target.start]
            if _OF_LINK.match(between) and not _STOPS.search(between):
                return Frame(effect, target, effect.start, target.end, "noun", sentence.start, effect.start)
        if 0 <= effect.start - target.end <= 2 and effect.cls != "treat" and effect.concept != "recover":
            return Frame(effect, target, target.start, effect.end, "noun", sentence.start, target.start)
    return None
