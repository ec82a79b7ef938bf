"""Which contexts hold at a place in a sentence: negation, hedge, question, attribution and the rest.

Decided per clause, never by exact scope: published systems find cues at 86 F1 and exact scopes at 54 (CoNLL-2010), so a
cue reaches to the end of its clause, or as its lexicon entry says, and the words that decided are kept.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

FOR_SIGNALS = frozenset({"elsewhere", "aftercare"})
"""Contexts that only signals ask for: no reason for a reader of a finding."""
SCOPES = frozenset({"forward", "backward", "clause", "tail", "comma", "sentence", "pseudo"})

# Where a clause ends: marks, contrast, relative and causal words, and a new subject after a comma.
# Every branch begins with a plain character, which is what makes the search fast (a third of the time of one with \b first).
_OPENERS = (
    "but however although though whereas while because which unless so\\sthat and\\sthat since "
    r"and\s+(?:we|it|they|you|he|she|i|this|our|is|are|was|were|has|have|can|will)"
).split()
_CLAUSE = re.compile(
    r";|—|-(?<=\s-)\s|:\s|,\s*(?:yet|(?:(?:and|so|but|or)\s+)?(?:we|it|they|you|he|she|i|this|these|our|the|which|who|your|making|helping|allowing|(?:(?:often|thus|thereby|usually)\s+)?(?:resulting|leaving|giving|ensuring|letting|keeping)))\b|"
    + "|".join(rf"{opener[0]}(?<!\w{opener[0]}){opener[1:]}\b" for opener in _OPENERS)
)
_QUOTE = re.compile(r'"[^"]{2,300}"')


class Cue(NamedTuple):
    """A cue phrase at [start, end) that casts ``context`` over [low, high)."""

    context: str
    start: int
    end: int
    low: int
    high: int


def clause_bounds(folded: str) -> list[int]:
    """Offsets at which a new clause begins, the first (0) included, ascending."""
    bounds = [0]
    for match in _CLAUSE.finditer(folded):
        at = match.end() if match[0][0] in ";—:-" else match.start()
        if at > bounds[-1]:
            bounds.append(at)
    return bounds


def cast(matches: list[tuple[int, int, str, str, int]], folded: str, bounds: list[int]) -> list[Cue]:
    """Cues with the stretch that each reaches.

    ``matches`` are (start, end, context, scope, reach in words or 0); offsets count in ``folded``, one sentence.
    """
    pseudo = [(m[0], m[1]) for m in matches if m[3] == "pseudo"]
    length = len(folded)
    cues: list[Cue] = []
    for start, end, context, scope, reach in matches:
        if scope == "pseudo":
            continue
        if any(low <= start < high for low, high in pseudo):
            continue
        clause = bisect_right(bounds, start) - 1
        low = bounds[clause]
        # A clause that opens within the cue itself ("but", "that") does not end its reach.
        after = bisect_left(bounds, end)
        high = bounds[after] if after < len(bounds) else length
        if scope == "sentence":
            low, high = 0, length
        elif scope == "tail":
            low, high = end, length
        elif scope == "backward":
            high = start
        elif scope == "comma":
            comma = folded.find(",", end)
            low, high = end, comma if comma >= 0 else length
        elif scope == "forward":
            low = end
            if reach:
                high = min(high, _words_on(folded, end, reach))
        cues.append(Cue(context, start, end, low, high))
    return cues


def quoted(folded: str) -> list[Cue]:
    """A cue for each stretch in quotation marks."""
    return [Cue("quoted", m.start(), m.start() + 1, m.start(), m.end()) for m in _QUOTE.finditer(folded)]


def _words_on(folded: str, at: int, count: int) -> int:
    for match in re.finditer(r"[^\W_]+", folded[at : at + 200]):
        count -= 1
        if count < 0:
            return at + match.start()
    return len(folded)
