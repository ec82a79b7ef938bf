"""Results that speak against a treatment by the form of their sentence: no better than a control, or an approval taken back.

`seeds/designs.yaml` lists phrases of a few words; here are those whose parts stand further apart ("did not close more
fistulas than placebo").
"""

from __future__ import annotations

import re

_CONTROL = (
    r"(?:the |a |an )?(?:placebo|sham|controls?|dummy|comparator|saline|untreated|usual care|standard care|standard treatment|no treatment|"
    r"(?:other|control|placebo|comparison) (?:group|arm|treatment)|those (?:on|given|who had) placebo)\b"
)
_MORE = r"(?:more|greater|higher|larger|longer|better|faster|sooner|earlier|stronger|further)"
_LESS = r"(?:fewer|less|lower|smaller|shorter|milder|weaker|rarer)"
_NO_BETTER = re.compile(
    r"(?:\b(?:not|cannot|never|failed to|fails to|no|nor|neither)|n't)\s+(?:[\w'-]+\s+){0,7}?"
    rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+(?P<what>(?:[\w'-]+\s+){{0,7}}?)(?:than|over|compared (?:with|to)|versus|vs)\s+{_CONTROL}"
)
_ALIKE = re.compile(
    r"\b(?:similar|equal|equivalent|identical|comparable)\s+(?:to|with)\s+(?:those?\s+(?:of|with|on|in|after)\s+|that\s+(?:of|with|on|in)\s+)?"
    rf"{_CONTROL}|\bno (?:different|differently) (?:from|to|than) {_CONTROL}"
)
_HARMS = re.compile(
    r"\b(?:deaths?|infections?|harms?|complications?|bleeding|fever|side|adverse|toxic\w*|reactions?|tumou?rs?|cancers?|pain)\b"
)
WITHDRAWN = re.compile(
    r"\b(?:was|were|is|are|been|being|got) (?:\w+ ){0,1}?withdrawn\b(?! from (?:the )?(?:trial|study|treatment|analysis))|"
    r"\b(?:approval|authori[sz]ation|licen[cs]e) (?:\w+ ){0,4}?(?:withdrawn|revoked|ended|lapsed)\b"
)
"""What a sentence says of a product or an approval that was taken back."""
_TAKEN_BACK = re.compile(
    WITHDRAWN.pattern + r"|\b(?:was|were|is|are|been|being|got) (?:\w+ )?(?:revoked|delisted)\b|"
    r"\b(?:approval|authori[sz]ation|licen[cs]e) (?:\w+ ){0,4}?expired\b|"
    r"\bwithdr(?:ew|awn) (?:its|the|from the market)\b|\bno longer (?:approved|authori[sz]ed|licen[cs]ed)\b"
)
_NOT = re.compile(r"(?:\b(?:not|never)|n't)\s+(?:\w+\s+){0,2}$")


def no_better(text: str) -> bool:
    """Whether ``text`` (lower case) says that patients did no better than those who had a placebo or another control.

    "No more infections than placebo" says this of a harm, and nothing of a benefit.
    """
    for found in _NO_BETTER.finditer(text):
        if not (found["more"] and _HARMS.search(found["what"])):
            return True
    alike = _ALIKE.search(text)
    return alike is not None and not _HARMS.search(text)


def taken_back(text: str) -> bool:
    """Whether ``text`` (lower case) says that an approval or a product was withdrawn; "has not been withdrawn" does not."""
    found = _TAKEN_BACK.search(text)
    if found is None:
        return False
    denied = _NOT.search(text[max(0, found.start() - 40) : found.start()]) or re.search(
        r"\bnot\b|n't\b", found[0]
    )
    return denied is None
