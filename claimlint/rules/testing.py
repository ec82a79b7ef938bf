"""Reads the examples that every rule carries, so that they can be run wherever rules are tested.

A rule's author marks the offending words in place (``We [[cure]] it``); here the marks become a
span, and nothing else in claimlint needs to know how they are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimlint.model import Rule

Span = tuple[int, int]
_MARKS = re.compile(r"(\[\[|\]\])")


@dataclass(frozen=True, slots=True)
class Example:
    """One example: ``text`` without marks; ``spans`` the marked words (code points, half open).

    Every span must be found. ``format`` is txt, md or html. ``must_fire`` says on which side of the
    rule the example stands.
    """

    text: str
    spans: tuple[Span, ...]
    format: str
    must_fire: bool

    @property
    def span(self) -> Span | None:
        """The first marked stretch; None where the example is about the document as a whole."""
        return self.spans[0] if self.spans else None


def examples(rule: Rule) -> list[Example]:
    """The rule's examples, those that must be found first, in the order of the file."""
    found = []
    for texts, must_fire in ((rule.flag, True), (rule.passes, False)):
        for written in texts:
            text, spans = unmark(written)
            found.append(Example(text, spans, rule.formats.get(written, "txt"), must_fire))
    return found


def unmark(written: str) -> tuple[str, tuple[Span, ...]]:
    """The text without ``[[`` and ``]]`` and the spans between them; ValueError where they don't pair."""
    text, spans, opened_at = "", [], -1
    for part in _MARKS.split(written):
        if part == "[[" and opened_at < 0:
            opened_at = len(text)
        elif part == "]]" and opened_at >= 0:
            if not text[opened_at:].strip():
                raise ValueError("there is nothing between [[ and ]]")
            spans.append((opened_at, len(text)))
            opened_at = -1
        elif part in ("[[", "]]"):
            raise ValueError("the marks don't pair: [[ before the words and ]] behind them")
        else:
            text += part
    if opened_at >= 0:
        raise ValueError("the marks don't pair: [[ before the words and ]] behind them")
    return text, tuple(spans)
