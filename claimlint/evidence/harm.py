"""Statements of harm ("causes fever", "carries a risk of infection") held against the safety record of their treatment.

They are no claims of benefit: a record that tells the same harm bears them out, and one that is silent neither does nor denies it.
A harm that is denied or made small is the opposite, a claim to be safe, and no record of harms bears it out. What denies it is
read here rather than from the cues of a clause, which take "they do not lower the risk of infection" for a denied risk.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from claimlint.evidence.registry import Registry, tier_of
from claimlint.evidence.verdict import settle
from claimlint.model import Claim, Strength, Verdict

_NONE = r"(?:no|zero|nil|without|little to no|(?:almost|virtually|practically) (?:no|zero)|next to no|free (?:of|from))"
_SMALL = r"(?:little|low|minimal|minimum|negligible|tiny|remote|(?:hardly|scarcely|barely) any)"
_SCALE = (
    r"(?:(?:an?|the|any|such|real|added|additional|extra|known|some|more|greater|great|high|higher|increased|further|particular|undue|"
    r"serious|severe|significant|major|mild|rare|fatal|later|lasting|long-term|new|very|extremely|\d{1,2})\s+)"
)
_STATED = re.compile(
    r"\b(?:(?P<verb>caus(?:e|es|ed|ing)|leads? to|bring(?:s|ing)? on|triggers?)|(?P<noun>(?:risks?|chances?|danger) of)|"
    r"(?:side effects?|adverse \w+) (?:include|includes|included|of|like|are|were))"
    rf"\s+(?P<scale>(?:{_NONE}\s+|{_SMALL}\s+|{_SCALE}){{0,3}})(?P<harm>[a-z]{{4,}})"
)
_HARMS = re.compile(
    r"(?:infect|death|dying|fever|bleed|blood clot|clot|cancer|tumou?r|reject|reaction|allerg|pain|scar|damag|harm|injur|complicat|side|"
    r"adverse|toxic|nausea|vomit|stroke|blind|paralys|addict|depend|infertil|swell|inflamm|organ|thrombo|seizure|discomfort|leuk|malignan|unwanted)"
)
"""How the words for harms begin: what is said not to "cause" anything else is no claim to be safe."""
_ZONE = 90  # characters before and behind the words in which a denial of them may stand
_DENIED_NOUN = re.compile(rf"(?<![\w-]){_NONE}\s+{_SCALE}{{0,3}}$")
_SMALL_NOUN = re.compile(rf"(?<![\w-]){_SMALL}\s+{_SCALE}{{0,2}}$")
_NOT_VERB = re.compile(r"(?:\b(?:not|never|cannot|nor|neither)|n't)\s+(?P<between>(?:[a-z-]+\s+){0,4})$")
_BEARS = re.compile(
    rf"\b(?:carry|have|pose|bring|involve|entail|present|add|come with|raise|increase|create|be)\s+{_SCALE}{{0,4}}$"
)
_ANOTHER = re.compile(r"\b(?:no|not|never|none|nobody|nothing|neither|few)\b|n't\b")
_CLAUSE = re.compile(r"[,;:]|\b(?:and|but)\b")
_GOES_ON = re.compile(
    r"\b(?:and|but|that|which|who|only|just|because|so|if|since|than|until|unless|without|no|rul\w+ out|exclud\w*)\b"
)
"""Between a denial and a verb these turn to something else ("not only works and causes", "does not mean that it causes")."""
_SMALL_AFTER = re.compile(
    r"^[^,;:.]{0,60}?\b(?:is|are|was|were|remains?)\s+(?:[a-z]+\s+){0,2}"
    r"(?P<how>minimal|negligible|low|tiny|remote|zero|nil|absent|none?xistent|non-existent|eliminated|excluded)\b"
)
_STUDIED = re.compile(r"\b(?:trials?|stud(?:y|ies)|meta-analys[ei]s|placebo|controls?|randomi[sz]ed)\b")
_UNSHOWN = re.compile(r"\b(?:no|little|without|any) (?:\w+ ){0,2}(?:evidence|proof|signs?|indication|data)\b")
"""With these words a sentence says what isn't known, and states no harm."""
_TOLD_BY = 6
"""Letters of a word that tell it apart from others in a record, whatever its ending."""


class Denied(NamedTuple):
    """A harm that a text denies or makes small, at [start, end) of it, and how strong the claim to be safe is that this makes.

    ``strength`` is none where a study's result is told: what a trial saw promises nothing.
    """

    start: int
    end: int
    strength: Strength


def denied_harm(text: str) -> Denied | None:
    """The first harm that ``text`` (lower case, one sentence) denies or makes small; None where it does neither."""
    for stated in _STATED.finditer(text):
        before = text[max(0, stated.start() - _ZONE) : stated.start()]
        found = _denial(before, stated, text)
        if found is not None and _of_harm(stated):
            low, strength = found
            if _STUDIED.search(text):
                strength = Strength.NONE
            return Denied(stated.start() - len(before) + low, stated.end(), strength)
    return None


def harm_verdict(claim: Claim, text: str, registry: Registry, as_of: date | None) -> Verdict | None:
    """What the safety record says of the harm that ``text`` (lower case) states of the claim's treatment.

    None where it states none or denies it, and where the record does not tell of it.
    """
    stated = _STATED.search(text)
    if claim.intervention is None or claim.negated or stated is None:
        return None
    if denied_harm(text) is not None or _UNSHOWN.search(text):
        return None
    for record in registry.find(claim.intervention, "safety"):
        told = " ".join([record["summary"], *record.get("findings", ()), record.get("wording", "")]).lower()
        if re.search(rf"\b{stated['harm'][:_TOLD_BY]}", told):
            known = Verdict(
                "supported",
                tier_of(record),
                registry.allowed(record),
                (str(record["id"]),),
                str(record["summary"]),
            )
            return settle(known, record, as_of)
    return None


def _of_harm(stated: re.Match[str]) -> bool:
    """Whether what is spoken of is a harm: "cause remission" and "a chance of remission" are not."""
    return _HARMS.match(stated["harm"]) is not None


def _denial(before: str, stated: re.Match[str], text: str) -> tuple[int, Strength] | None:
    """Where in ``before`` the denial begins and how strong it is; two denials make none ("not free of the risk of")."""
    if re.match(rf"{_NONE}\s", stated["scale"]):
        found: tuple[int, Strength] | None = (len(before), Strength.ABSOLUTE)  # "causes no fever"
    elif re.match(rf"{_SMALL}\s", stated["scale"]):
        found = (len(before), Strength.CAUSAL)
    else:
        found = _by_noun(before, stated) or _by_verb(before, stated) or _behind(before, stated, text)
    if found is None or _ANOTHER.search(_CLAUSE.split(before[: found[0]])[-1]):
        return None
    return found


def _by_noun(before: str, stated: re.Match[str]) -> tuple[int, Strength] | None:
    """ "no risk of", "without any risk of", "little danger of"."""
    if stated["verb"]:
        return None
    for pattern, strength in ((_DENIED_NOUN, Strength.ABSOLUTE), (_SMALL_NOUN, Strength.CAUSAL)):
        found = pattern.search(before)
        if found is not None:
            return found.start(), strength
    return None


def _by_verb(before: str, stated: re.Match[str]) -> tuple[int, Strength] | None:
    """ "do not cause", "cannot carry a risk of"."""
    bears = None if stated["verb"] else _BEARS.search(before)
    if bears is None and not stated["verb"]:
        return None
    no = _NOT_VERB.search(before if bears is None else before[: bears.start()])
    return None if no is None or _GOES_ON.search(no["between"]) else (no.start(), Strength.ABSOLUTE)


def _behind(before: str, stated: re.Match[str], text: str) -> tuple[int, Strength] | None:
    """ "the risk of infection is minimal"."""
    after = _SMALL_AFTER.match(text[stated.end() : stated.end() + _ZONE]) if stated["noun"] else None
    return None if after is None or _ANOTHER.search(after[0]) else (len(before), Strength.CAUSAL)
