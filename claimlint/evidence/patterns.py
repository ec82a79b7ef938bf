"""Compiles the plain phrases of evidence files into expressions that run in linear time.

A phrase is lower-case text: a space or hyphen stands for either, * for the rest of a word, (a|b) for one of
these, ~ for up to two words. Everything else stands for itself, so no file can bring in an expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def union(phrases: Iterable[str]) -> re.Pattern[str]:
    """One expression for any of the phrases, as whole words of lower-case, normalised text."""
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_pattern, phrases)) + r")(?!\w)")


def literal(text: str) -> re.Pattern[str]:
    """The expression for exactly these words, whatever runs of spaces or hyphens stand between them."""
    from claimlint.language.normalise import normalise

    words = re.split(r"[\s-]+", normalise(text).folded.strip().rstrip(".!"))
    return re.compile(r"(?<!\w)" + r"[\s-]+".join(map(re.escape, words)) + r"(?!\w)")


def _pattern(phrase: str) -> str:
    text = re.escape(phrase).replace(r"\(", "(?:").replace(r"\)", ")").replace(r"\|", "|")
    text = text.replace(r"\ \~\ ", r"\s+(?:\S+\s+){0,2}").replace(r"\*", r"[\w/-]*")
    return text.replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]")
