"""The lookup tables of one rule set, in builtins only, so that a run need not build them again.

Terms of the lexicons and the phrases of rules, cues and signals share one table of keys: one pass finds them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from claimlint.language.scan import Keys, build_keys
from claimlint.rules.phrases import compile_phrase
from claimlint.rules.ruleset import PREFIX, Term

_LAST_MARK = 0xF8FF


class Tables(TypedDict):
    """``entries[key]`` is (terms, plain phrases, phrases whose expression it calls).

    ``marks[term]`` is the private-use character that stands before the term in tagged text, ``classes`` the character class
    of each tag's marks, ``tagged`` the phrases that a term with such a mark calls, and ``parts[phrase]`` its (pattern, clauses).
    """

    keys: Keys
    entries: list[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]]
    marks: list[str]
    classes: dict[str, str]
    tagged: dict[str, list[int]]
    parts: list[list[tuple[str, tuple[tuple[str, ...], ...]]]]


def build(terms: Sequence[Term], phrases: Sequence[str]) -> Tables:
    """The tables for ``terms`` and ``phrases``, each phrase known by its position."""
    words: dict[str, tuple[list[int], list[int], list[int]]] = {}
    starts: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for number, term in enumerate(terms):
        table = starts if term[5] & PREFIX else words
        table.setdefault(term[0], ([], [], []))[0].append(number)
    tagged: dict[str, list[int]] = {}
    parts: list[list[tuple[str, tuple[tuple[str, ...], ...]]]] = []
    for number, source in enumerate(phrases):
        expressions: list[tuple[str, tuple[tuple[str, ...], ...]]] = []
        for part in compile_phrase(source):
            if not part.plain:
                expressions.append((part.pattern, part.clauses))
            for anchor in part.anchors:
                if anchor.startswith("<"):
                    tagged.setdefault(anchor[1:-1], []).append(number)
                    continue
                table = starts if anchor.endswith("*") else words
                table.setdefault(anchor.rstrip("*"), ([], [], []))[1 if part.plain else 2].append(number)
        parts.append(expressions)
    entries = [
        (tuple(a), tuple(dict.fromkeys(b)), tuple(dict.fromkeys(c)))
        for table in (words, starts)
        for a, b, c in table.values()
    ]
    keys = build_keys(
        dict(zip(words, range(len(words)), strict=True)),
        dict(zip(starts, range(len(words), len(entries)), strict=True)),
    )
    marks, members = _marks(terms, entries)
    by_mark: dict[str, list[int]] = {}
    for tag, numbers in tagged.items():
        for mark in members.get(tag, ()):
            by_mark.setdefault(mark, []).extend(numbers)
    classes = {tag: f"[{''.join(found)}]" for tag, found in members.items()}
    return {
        "keys": keys,
        "entries": entries,
        "marks": marks,
        "classes": classes,
        "tagged": by_mark,
        "parts": parts,
    }


def _marks(
    terms: Sequence[Term], entries: Sequence[tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]]
) -> tuple[list[str], dict[str, list[str]]]:
    """One mark for each combination of kinds and classes that a form may have, and the marks of each tag."""
    from claimlint.language.lexicon import tags_of

    codes: dict[tuple[tuple[str, str], ...], str] = {}
    members: dict[str, list[str]] = {}
    marks = [""] * len(terms)
    for ids, _, _ in entries:
        if not ids:
            continue
        key = tuple((terms[i][2], terms[i][3]) for i in ids)
        mark = codes.get(key)
        if mark is None:
            mark = codes[key] = chr(0xE000 + len(codes))
            for tag in sorted({tag for i in ids for tag in tags_of(terms[i])}):
                members.setdefault(tag, []).append(mark)
        for i in ids:
            marks[i] = mark
    if codes and ord(max(codes.values())) > _LAST_MARK:
        raise ValueError("too many combinations of lexicon classes")
    return marks, members
