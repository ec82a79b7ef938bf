"""Who or what is said to act on the target: most false alarms of word lists have the wrong agent.

A body that makes a hormone, a disease that causes pain and a drug class named as the comparator are no claims
for what a page offers, so the words before an effect are read for their subject.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from claimlint.language.lexicon import TARGET_KINDS, Hit
from claimlint.language.text import Sentence
from claimlint.rules.ruleset import AMBIGUOUS

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
# How far into a sentence its subject begins at most, in code points.
_OPENING = 30
# How far back the sentence before is read, in code points: a cap keeps long blocks linear.
_REACH = 400
# Words that may stand between a subject and its verb, or open a verb phrase with no subject.
_AUXILIARY = frozenset(
    "is are was were be been being am can will could would may might must shall should do does did has have had having "
    "also often usually typically generally help helps helped helping to and or not then thus so even both that's "
    "further effectively safely naturally quickly significantly dramatically gently directly immediately rapidly greatly simply "
    "instantly visibly noticeably actually really works work working by just all of while used using use mainly primarily "
    "gradually successfully clinically easily fast ideally but however although though because since yet when plus "
    "if so by for in of on with from".split()
)
_WE = frozenset("we our us we'll we've we're ours my i i've".split())
_PRONOUN = frozenset("it this these those they which that its it's it'll they'll their".split())
_PLURAL = frozenset("these those they".split())
_YOU = frozenset("you your you'll you've you're yourself".split())
_PEOPLE = frozenset(
    "patient patients client clients people person men women man woman users user customers guests many most some one everyone anyone "
    "surgeon surgeons dentist dentists doctor doctors technician optometrist "
    "he she child children parents athletes individuals adults kids babies mothers moms seniors".split()
)
_OFFER = frozenset(
    "treatment treatments therapy therapies procedure procedures session sessions injection injections product products formula serum "
    "program programme protocol technique technology device machine service services approach system method solution supplement remedy "
    "remedies medicine oil oils cream adjustment adjustments cells infusion infusions drip drips laser care package results benefits "
    "protocols programs techniques technologies devices machines services systems methods solutions supplements creams lasers packages "
    "effects peel mask massage exercise bath capsule capsules tablet tablets pill pills drop drops dose doses sachet sachets gummy "
    "gummies spray patch patches gel tea powder drink smoothie spoonful pellet pellets implant implants balm".split()
)
_STANDARD = re.compile(
    r"\b(?:conventional|traditional|standard|current|existing|other|available|western|usual|modern)\s+(?:[^\W_]+\s+)?"
    r"(?:treatments?|therap(?:y|ies)|medicines?|medications?|drugs?|care|options)\b"
)
_NO_CURE = re.compile(
    r"\bno (?:known )?cure\b[^.;]{0,60}\b(?:but|though|yet|although|however),? "
    r"(?:treatments?|medicines?|medication|drugs) (?:can|may|helps?|will)\b"
)
"""What a leaflet says of a disease; "but our treatment" is a seller's."""
_LEADING = re.compile(
    r"\s*(?:in|with|by|for|after|before|from|through|during|within|as|at|on|thanks|unlike|using|because|when|if|once)\b[^,;]{1,80},"
)
_AFTER_HEAD = re.compile(
    r"\s(?:is|are|was|were|can|will|may|might|could|would|has|have|had|do|does|did|helps?|works?|of|for|in|with|on|from|to|at|by|that|which|who|"
    r"uses?|contains?)\s"
)
_DONATED = re.compile(
    r"\b(?:umbilical|cord|donor|marrow|fat|adipose|stem|injected|infused|harvested|transplanted|new|fresh)\b"
)
_BY = re.compile(r"\s(?:[^\W_]+ly\s)?(?:by|with|using|through)\s(?:[^\W_]+[\s-]){0,4}[^\W_]+")
_BODY_WORDS = frozenset("body brain cells system diet exercise lifestyle food foods nutrition".split())


class Agent(NamedTuple):
    """``kind`` is intervention, we, pronoun, offer, elided, you, people, drug, body, condition or other."""

    kind: str
    hit: Hit | None = None


def agent_before(sentence: Sentence, start: int, at: int, previous: Agent | None) -> Agent:
    """The subject among the words in [start, at) of the block's text.

    ``previous`` is the agent of the verb before, which a verb without a subject of its own shares.
    """
    folded = sentence.norm.folded
    core = _core(folded[start:at])
    if not core and previous is None and start > sentence.start:
        start = sentence.start  # the subject stands before a dash, a comma or a relative clause
        core = _core(folded[start:at])
    if previous is not None and folded[start:at].lstrip(" ,").startswith("to "):
        return previous  # a purpose: "boosts repair to reduce pain"
    if not core:
        return previous or Agent("elided")
    if _STANDARD.search(folded[start:at]) or _NO_CURE.search(folded, sentence.start, at + 1):
        return Agent("drug")
    hits = [hit for hit in sentence.hits if start <= hit.start and hit.end <= at and hit.kind != "effect"]
    offered = [hit for hit in hits if hit.kind == "intervention" and hit.cls not in ("drug", "generic")]
    if _WE & set(core):
        return Agent("we", specific(offered) if offered else None)
    if offered:
        return Agent("intervention", specific(offered))
    if core[0] in ("which", "that", "who"):
        return previous or _antecedent(sentence, start)
    if core[0] in _PRONOUN and _pronoun_with_verb(sentence, start, core[0]):
        return _pronoun(sentence, {core[0]})
    if "cells" in core and _DONATED.search(folded[start:at]):
        return Agent("offer")
    low, high = _head(folded, start, at)
    head = set(_core(folded[low:high])) or set(core)
    named = [hit for hit in hits if low <= hit.start and hit.end <= high]
    drugs = [hit for hit in named if hit.kind == "intervention" and hit.cls == "drug"]
    if drugs:
        return Agent("drug", drugs[0])
    targets = [
        hit for hit in named if hit.kind in TARGET_KINDS and (hit.kind == "body" or not hit.flags & AMBIGUOUS)
    ]
    last = _core(folded[low:high])[-1:]
    if targets and last and folded[targets[-1].start : targets[-1].end].endswith(last[0]):
        return Agent("body" if targets[-1].kind in ("body", "cosmetic", "wellbeing") else "condition")
    if head & _PRONOUN:
        return _pronoun(sentence, head)
    if head & _OFFER:
        return Agent("offer")
    if head & _YOU:
        return Agent("you")
    if head & _PEOPLE:
        return Agent("people")
    if targets:
        return Agent("body" if targets[-1].kind in ("body", "cosmetic", "wellbeing") else "condition")
    if head & _BODY_WORDS:
        return Agent("body")
    return Agent("other")


def agent_after(sentence: Sentence, at: int) -> Agent | None:
    """Who acts in a passive ("is treated with steroids", "is relieved by our laser"), where it is said."""
    match = _BY.match(sentence.norm.folded, at, sentence.end)
    if match is None:
        return None
    if _WE & set(_core(match[0])):
        return Agent("we")
    for hit in sentence.hits:
        if match.start() <= hit.start < match.end() and hit.kind == "intervention":
            return Agent("drug" if hit.cls == "drug" else "intervention", hit)
    return None


def _pronoun_with_verb(sentence: Sentence, start: int, word: str) -> bool:
    """Whether a pronoun stands by itself ("these speed up") rather than before a noun ("these cells")."""
    at = sentence.norm.folded.find(word, start)
    return any(hit.kind == "effect" and hit.start == at + len(word) + 1 for hit in sentence.hits)


def _pronoun(sentence: Sentence, words: set[str]) -> Agent:
    return Agent("drug" if words & _PLURAL and _after_standard_care(sentence) else "pronoun")


def _after_standard_care(sentence: Sentence) -> bool:
    """Whether the sentence before, in the same block, opens with standard care and offers nothing of its own."""
    before = sentence.norm.folded[max(0, sentence.start - _REACH) : sentence.start].rstrip()
    opening = before[max(before.rfind(mark, 0, -1) for mark in ".!?") + 1 :]
    found = _STANDARD.search(opening)
    return found is not None and found.start() <= _OPENING and not _WE & set(_core(opening))


def _head(folded: str, start: int, at: int) -> tuple[int, int]:
    """Where the subject's head stands: before the first auxiliary or preposition, past a leading phrase with a comma."""
    region = folded[start:at]
    lead = _LEADING.match(region)
    if lead:
        start += lead.end()
        region = folded[start:at]
    first = _AFTER_HEAD.search(region)
    return start, start + first.start() if first and first.start() > 0 else at


def specific(hits: list[Hit]) -> Hit:
    """The last hit, or the one beside it that says which cells ("UC-MSC stem cells")."""
    named = [hit for hit in hits[-2:] if hit.concept != "stem-cell-therapy"]
    return named[-1] if named else hits[-1]


def _core(region: str) -> list[str]:
    """The words that can be or hold a subject."""
    return [word for word in _WORD.findall(region) if word not in _AUXILIARY and not word.endswith("ly")]


def _antecedent(sentence: Sentence, at: int) -> Agent:
    """What a relative pronoun at ``at`` points to: the nearest term before it."""
    folded = sentence.norm.folded
    before = [hit for hit in sentence.hits if hit.end <= at and hit.kind != "effect"]
    words = _core(folded[sentence.start : at])
    last = before[-1] if before else None
    own = last is not None and last.kind != "intervention" and not folded[last.end : at].strip(" ,")
    if words and words[-1] in _OFFER and not own:  # "the immune system, which" is the body's own
        return Agent("offer")
    if last is None:
        return Agent("pronoun")
    if last.kind == "intervention":
        return Agent("drug" if last.cls == "drug" else "intervention", last)
    return Agent("body" if last.kind in ("body", "cosmetic", "wellbeing") else "condition")
