"""The lookup tables of one rule set, in builtins only, so that a run need not build them again.

Terms of the lexicons and the phrases of rules, cues and signals share one table of keys: one pass finds them all.
Keys are joined and numbers packed, because a cold run reads all of it and uses a hundredth.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import TypedDict

from claimlint.language.expressions import frozen
from claimlint.language.scan import Groups, Keys, Words, build_keys, head
from claimlint.rules.ruleset import PREFIX, Term

_LAST_MARK = 0xF8FF
_CLASS = re.compile("\x00([a-z:-]+)\x00")

Part = tuple[str, bytes, int]
"""(expression, its `frozen` code, bits of the clauses that it needs)."""


class Tables(TypedDict):
    """Entry n belongs to the n-th key of ``words`` (in groups, see `scan.Words`), then of ``starts`` (joined by line ends).

    ``ends[n]`` is where the terms of entry n end in ``terms``, which holds three numbers a term: the place of its meaning in
    ``senses``, its flags and the private-use character that stands before it in tagged text. ``phrases[n]`` is (plain phrases,
    phrases whose expression the key calls). ``longest`` maps a number of words to the first words of keys of up to so many.
    ``classes`` is the character class of each tag's marks, ``tagged`` the phrases that a term with such a mark calls,
    ``parts[phrase]`` its expressions, and ``clauses`` the bits of the clauses in which a word, start (``improv*``) or ``<tag>`` stands.
    """

    words: Groups
    starts: str
    longest: dict[int, str]
    ends: bytes
    terms: bytes
    senses: list[tuple[str, str, str, str]]
    phrases: dict[int, tuple[tuple[int, ...], tuple[int, ...]]]
    classes: dict[str, str]
    tagged: dict[str, list[int]]
    parts: list[list[Part]]
    clauses: dict[str, tuple[int, ...]]


def build(terms: Sequence[Term], phrases: Sequence[str]) -> Tables:
    """The tables for ``terms`` and ``phrases``, each phrase known by its position."""
    from claimlint.rules.phrases import compile_phrase

    words: dict[str, tuple[list[int], list[int], list[int]]] = {}
    starts: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for number, term in enumerate(terms):
        table = starts if term[5] & PREFIX else words
        table.setdefault(term[0], ([], [], []))[0].append(number)
    tagged: dict[str, list[int]] = {}
    needs: dict[tuple[str, ...], int] = {}
    sources: list[list[tuple[str, int]]] = []
    for number, source in enumerate(phrases):
        expressions: list[tuple[str, int]] = []
        for part in compile_phrase(source):
            if not part.plain:
                numbers = [needs.setdefault(clause, len(needs)) for clause in part.clauses]
                expressions.append((part.pattern, sum(1 << one for one in set(numbers))))
            for anchor in part.anchors:
                if anchor.startswith("<"):
                    tagged.setdefault(anchor[1:-1], []).append(number)
                    continue
                table = starts if anchor.endswith("*") else words
                table.setdefault(anchor.rstrip("*"), ([], [], []))[1 if part.plain else 2].append(number)
        sources.append(expressions)
    words = dict(sorted(words.items(), key=lambda item: head(item[0])))
    entries = [*words.values(), *starts.values()]
    marks, members = _marks(terms, [ids for ids, _, _ in entries])
    by_mark: dict[str, list[int]] = {}
    for tag, called in tagged.items():
        for mark in members.get(tag, ()):
            by_mark.setdefault(mark, []).extend(called)
    classes = {tag: f"[{''.join(found)}]" for tag, found in members.items()}
    senses: dict[tuple[str, str, str, str], int] = {}
    ends, packed = array("I"), array("I")
    for ids, _, _ in entries:
        for i in ids:
            packed.extend((senses.setdefault(terms[i][1:5], len(senses)), terms[i][5], ord(marks[i])))
        ends.append(len(packed) // 3)
    return {
        "words": _groups(words),
        "starts": "\n".join(starts),
        "longest": _longest(words),
        "ends": ends.tobytes(),
        "terms": packed.tobytes(),
        "senses": list(senses),
        "phrases": {
            n: (tuple(dict.fromkeys(plain)), tuple(dict.fromkeys(called)))
            for n, (_, plain, called) in enumerate(entries)
            if plain or called
        },
        "classes": classes,
        "tagged": by_mark,
        "parts": [[_part(pattern, need, classes) for pattern, need in found] for found in sources],
        "clauses": _clauses(needs),
    }


def keys_of(tables: Tables) -> Keys:
    """The table that `scan.Scanner` takes."""
    first, starts = keys_before(tables), split(tables["starts"])
    longest: dict[str, int] = {}
    for count, firsts in tables["longest"].items():
        longest.update(dict.fromkeys(firsts.split("\n"), count))
    return {
        "words": Words({}, tables["words"]),
        "longest": longest,
        "starts": dict(zip(starts, range(first, first + len(starts)), strict=True)),
    }


def keys_before(tables: Tables) -> int:
    """How many keys ``words`` has, which is the entry of the first of ``starts``."""
    return len(tables["ends"]) // array("I").itemsize - len(split(tables["starts"]))


def split(joined: str) -> list[str]:
    """The keys of ``starts``."""
    return joined.split("\n") if joined else []


def _groups(words: dict[str, tuple[list[int], list[int], list[int]]]) -> Groups:
    groups: dict[str, tuple[int, list[str]]] = {}
    for number, key in enumerate(words):
        groups.setdefault(head(key), (number, []))[1].append(key)
    return {name: (number, "\n".join(keys)) for name, (number, keys) in groups.items()}


def _longest(words: dict[str, tuple[list[int], list[int], list[int]]]) -> dict[int, str]:
    groups: dict[int, list[str]] = {}
    for first, count in build_keys(dict.fromkeys(words, 0), {})["longest"].items():
        groups.setdefault(count, []).append(first)
    return {count: "\n".join(groups[count]) for count in sorted(groups)}


def _part(pattern: str, need: int, classes: dict[str, str]) -> Part:
    source = _CLASS.sub(lambda match: classes.get(match[1], "(?!)"), pattern)
    return source, frozen(source), need


def _clauses(needs: dict[tuple[str, ...], int]) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for clause, number in needs.items():
        for member in clause:
            start = member[0] == " " != member[-1]
            found.setdefault(f"{member[1:]}*" if start else member.strip(), []).append(number)
    return {member: tuple(numbers) for member, numbers in found.items()}


def _marks(terms: Sequence[Term], entries: Sequence[Sequence[int]]) -> tuple[list[str], dict[str, list[str]]]:
    """One mark for each combination of kinds and classes that a form may have, and the marks of each tag."""
    from claimlint.language.lexicon import tags_of

    codes: dict[tuple[tuple[str, str], ...], str] = {}
    members: dict[str, list[str]] = {}
    marks = [""] * len(terms)
    for ids in entries:
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
