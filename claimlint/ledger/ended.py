"""Whether a sentence that speaks of an approval says itself that it is over: "no longer approved", "was approved until 2024".

Such a sentence claims no approval. It is held against the record of withdrawals, which bears it out or contradicts it.
"""

from __future__ import annotations

import re
from datetime import date

from claimlint.language.text import Sentence

_LEANS = re.compile(r"approv|licen[cs]|authori[sz]|cleared")
_NO_LONGER = re.compile(
    r"\b(?:no longer|used to (?:be|have|hold)|ceased to (?:be|have)|stopped being)\s+(?:[\w-]+\s+){0,3}$"
)
_FORMERLY = re.compile(r"\b(?:formerly|previously|once)\s+(?:[\w-]+\s+){0,2}$")
_WAS = re.compile(r"\b(?:was|were|been|had|remained|stayed)\s+(?:[\w-]+\s+){0,3}$")
_NOT = re.compile(r"(?:\b(?:not|never|without)|n't)\s+(?:[\w-]+\s+){0,3}$")
_UNTIL = re.compile(
    r"\b(?:until|till|up to)\s+(?:[a-z]+[\s-]+|\d{1,2}(?:st|nd|rd|th)?,?\s+){0,4}"
    r"(?:(?P<year>(?:19|20)\d\d)|was|were|ended|lapsed|withdrew)\b"
)
_OVER = re.compile(r"\b(?:withdrawn|revoked|lapsed|expired)\b")
_REACH, _AFTER = 60, 80  # characters before and behind the words in which such words stand


def ended(sentence: Sentence, start: int, end: int, as_of: date) -> bool:
    """Whether the approval that is spoken of at [start, end) is said to have ended by the day ``as_of``."""
    before = _before(sentence, start, end)
    if _NO_LONGER.search(before):
        return True
    if _NOT.search(before) or not _WAS.search(before):
        return False
    until = _UNTIL.search(sentence.norm.folded, end, min(sentence.end, end + _AFTER))
    return until is not None and (until["year"] is None or int(until["year"]) <= as_of.year)


def told_over(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words before or behind it tell that the approval is of the past, though they do not say it of it outright."""
    if _FORMERLY.search(_before(sentence, start, end)):
        return True
    folded = sentence.norm.folded
    return any(
        _NOT.search(folded, max(end, over.start() - _REACH), over.start()) is None
        for over in _OVER.finditer(folded, end, sentence.end)
    )


def _before(sentence: Sentence, start: int, end: int) -> str:
    """What stands before the word for the approval, the words at [start, end) that precede it included."""
    folded = sentence.norm.folded
    word = _LEANS.search(folded, start, end)
    at = word.start() if word else start
    return folded[max(sentence.start, at - _REACH) : at]
