"""Rich text of editors and content systems: sentences that data holds cut into runs, one for each style.

Slate, ProseMirror (TipTap), Lexical, Portable Text and Contentful all write ``[{text: "It "}, {text: "soothes", bold: true}]``;
a reader of the page sees one sentence. This module tells such runs from the items of an ordinary list, and joins them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from claimlint.model import Scope
from claimlint.readers.copy_values import Decoded, Decoder

LISTS = frozenset({"children", "content", "leaves", "spans", "nodes"})
"""Keys whose lists may hold runs."""
TEXTS = frozenset({"text", "value"})
KINDS = frozenset({"type", "_type", "nodeType", "object", "kind"})
"""Keys that say what an object is."""
LOOKS = KINDS | {"style", "tag", "listItem"}
"""Those, and keys that say what a paragraph looks like."""
_RUN_KINDS = frozenset({"text", "span", "leaf", "bold", "strong", "italic", "em", "underline"})
_INLINE_KINDS = frozenset({
    "link", "a", "hyperlink", "autolink", "anchor", "inlinelink", "entry-hyperlink", "asset-hyperlink", "text",
})  # fmt: skip
_BREAKS = frozenset({"hardbreak", "hard_break", "linebreak", "br", "break"})
_MARKS = frozenset(
    "mark bold italic underline underlined strikethrough strike code strong em emphasi subscript superscript sub sup"
    " highlight linethrough format annotation".split()
)
"""Keys of ``last_word`` that only styles of a run have."""
_ALLOWED = _MARKS | frozenset(
    "type key object kind style mode detail version data id color size font family fontfamily text value".split()
)
_HEADING = re.compile(r"(?:h(?=[1-6])|heading[-_]?)([1-6]|one|two|three|four|five|six)?+")
_ITEM = re.compile(r"list[-_]?item(?:[-_]?child)?|lic?|bullet|number")
_QUOTE = re.compile(r"(?:block)?[-_]?quote")
_CODE = re.compile(r"code(?:[-_]?block)?")
_LEVELS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_MANY = 60
"""Runs that are handed up from a link; more are no link."""


class Run:
    """One string of rich text: its place, its text, and whether its object says that it is a run.

    ``breaks`` says that a line ends before it.
    """

    __slots__ = ("breaks", "decoded", "end", "key", "start", "styled")

    def __init__(self, key: str, start: int, end: int, decoded: Decoded) -> None:
        self.key = key
        self.start = start
        self.end = end
        self.decoded = decoded
        self.styled = False
        self.breaks = False


def is_run(key: str, keys: set[str], kinds: dict[str, str]) -> bool | None:
    """True for an object that is a run of text, None for one that may be one; its text stands under ``key``."""
    if not keys <= _ALLOWED:
        return False
    said = [kinds[name].lower() for name in KINDS if name in kinds]
    if any(kind not in _RUN_KINDS for kind in said) or (key == "value" and not said):
        return False
    return True if said or keys & _MARKS else None


def is_inline(kinds: dict[str, str]) -> bool:
    """True for an object that is part of the sentence around it: a link."""
    return any(kinds[name].lower() in _INLINE_KINDS for name in KINDS if name in kinds)


def is_break(kinds: dict[str, str]) -> bool:
    """True for an object that stands for the end of a line inside a paragraph."""
    return any(kinds[name].lower() in _BREAKS for name in KINDS if name in kinds)


def handed_up(runs: list[Run]) -> bool:
    """True for the runs of a link that may join the sentence around it; a limit keeps deep nesting linear."""
    return len(runs) <= _MANY


def flows(runs: list[Run]) -> bool:
    """True for the runs of one sentence or paragraph: some are styled, and none begins like an item behind the end of another."""
    if not any(run.styled for run in runs):
        return False
    texts = [(run.decoded[0], run.breaks) for run in runs if run.decoded[0]]
    for (before, _), (text, breaks) in pairwise(texts):
        ends = before[-1]
        if not breaks and text[0].isupper() and (ends.islower() or ends in ".!?"):
            return False
    return True


def joined(runs: list[Run]) -> Decoded:
    """The text of all ``runs``, every place kept."""
    decoder = Decoder()
    before: Run | None = None
    for run in runs:
        text, segments = run.decoded
        if run.breaks and before is not None and text:
            decoder.add(" ", before.end, run.start)
        stops = [at for at, _, _ in segments[1:]] + [len(text)]
        for (at, start, end), stop in zip(segments, stops, strict=True):
            decoder.add(text[at:stop], start, end)
        if text:
            before = run
    return decoder.done()


def look(kinds: dict[str, str]) -> tuple[Scope, int] | None:
    """What a paragraph of rich text is on the page, and its level; None where its object does not say."""
    for name in ("style", "listItem", "tag", *sorted(KINDS)):
        word = kinds.get(name, "").lower()
        if not word:
            continue
        heading = _HEADING.fullmatch(word)
        if heading is not None:
            mark = heading[1] or "2"
            return Scope.HEADING, _LEVELS.get(mark) or int(mark)
        for pattern, scope in ((_ITEM, Scope.LIST_ITEM), (_QUOTE, Scope.QUOTATION), (_CODE, Scope.CODE)):
            if pattern.fullmatch(word):
                return scope, 0
    return None
