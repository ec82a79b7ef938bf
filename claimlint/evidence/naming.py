"""What a document calls things: short names that it introduces, and conditions that it names in two words apart.

It is apart from the extractor because these are questions of words alone, whatever a sentence asserts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claimlint.language.lexicon import Hit
from claimlint.language.text import Sentence

_SHORT_NAMES = 50  # a page that introduces more is no page that a person wrote
_SHORT_NAME = re.compile(r"\s?\(([A-Z][A-Za-z-]{1,9})\)")
_NAMES = frozenset({"condition", "symptom", "body"})


def short_names(sentences: Sequence[Sentence]) -> dict[str, str]:
    """Abbreviations that the document introduces in brackets after a condition's name."""
    out: dict[str, str] = {}
    for sentence in sentences:
        for hit in sentence.hits:
            if hit.kind == "condition":
                match = _SHORT_NAME.match(sentence.norm.text, hit.end)
                if match and match[1].isupper() and len(out) < _SHORT_NAMES:
                    out.setdefault(match[1], hit.concept)
    return out


def holds(text: str, name: str) -> bool:
    """Whether the name stands in the text as a word of its own."""
    at = text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(name) : at + len(name) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = text.find(name, at + 1)
    return False


def joint(hits: Iterable[Hit], known: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Conditions of which a sentence names both halves ("fistulas in Crohn's disease"), each with the concepts that it stands for.

    The id of such a condition is made of the disease's first word and the other concept: crohns-fistula, lupus-nephritis.
    """
    named = {hit.concept for hit in hits if hit.kind in _NAMES}
    out: dict[str, frozenset[str]] = {}
    for condition, entry in known.items():
        first, _, rest = condition.partition("-")
        if entry.get("class") or rest not in named or known.get(rest, {}).get("generic"):
            continue
        wholes = {one for one in named if one != rest and one.partition("-")[0] == first}
        if wholes:
            out[condition] = frozenset({rest, *wholes})
    return out
