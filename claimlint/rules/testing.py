"""Reads the examples that every rule carries, so that they can be run wherever rules are tested.

A rule's author marks the offending words in place (``We [[cure]] it``); here the marks become a
span, and nothing else in claimlint needs to know how they are written.
"""

from __future__ import annotations

from dataclasses import dataclass

from claimlint.model import Rule


@dataclass(frozen=True, slots=True)
class Example:
    """One example: ``text`` without marks; ``span`` the marked words (code points, half open).

    ``format`` is txt, md or html. ``must_fire`` says on which side of the rule the example stands.
    """

    text: str
    span: tuple[int, int] | None
    format: str
    must_fire: bool


def examples(rule: Rule) -> list[Example]:
    """The rule's examples, those that must be found first, in the order of the file."""
    found = []
    for texts, must_fire in ((rule.flag, True), (rule.passes, False)):
        for written in texts:
            text, span = unmark(written)
            found.append(Example(text, span, rule.formats.get(written, "txt"), must_fire))
    return found


def unmark(written: str) -> tuple[str, tuple[int, int] | None]:
    """The text without ``[[`` and ``]]`` and the span between them; ValueError where they don't pair."""
    before, opened, rest = written.partition("[[")
    marked, closed, after = rest.partition("]]")
    if not opened and "]]" not in written:
        return written, None
    if not opened or not closed or "[[" in marked or "[[" in after or "]]" in after:
        raise ValueError("mark one stretch of words in an example: [[ before it and ]] behind it")
    if not marked.strip():
        raise ValueError("there is nothing between [[ and ]]")
    return before + marked + after, (len(before), len(before) + len(marked))
