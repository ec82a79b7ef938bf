"""The scanner's two means, words and automaton, are one function in two speeds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint.language import scan
from claimlint.language.scan import Scanner, build_keys, pad
from claimlint.language.tables import keys_of
from tests.corecheck import engine

_PARTS = [
    "stem",
    "cell",
    "cells",
    "pain",
    "improv",
    "improves",
    "ms",
    "a",
    "nad",
    "immune",
    "système",
    "ß",
    "ﬁ",
    "x2",
]
_MARKS = [" ", "  ", "-", ", ", ".", "\n", "'", "²", "_", "é", "\u00a0", "/", "(", ""]
keys = st.lists(st.sampled_from(_PARTS), min_size=1, max_size=4).map(" ".join)
texts = st.one_of(
    st.lists(st.sampled_from(_PARTS + _MARKS), max_size=60).map("".join),
    st.text(max_size=80).map(str.lower),
)


def by_words(scanner: Scanner, text: str) -> list[tuple[int, int, int]]:
    """Hits by the dictionary: the scanner has not scanned enough to build its automaton."""
    assert scanner._automaton is None
    return sorted(scanner.scan(pad(text)))


def by_automaton(scanner: Scanner, text: str) -> list[tuple[int, int, int]]:
    """Hits by the automaton, built at once."""
    assert scanner._automaton is not None or scanner._build()
    return sorted(scanner.scan(pad(text)))


@settings(max_examples=300, deadline=None)
@given(st.sets(keys, max_size=12), st.sets(st.sampled_from(_PARTS), max_size=6), texts)
def test_both_means_agree(words: set[str], starts: set[str], text: str) -> None:
    """For any table and any text, the dictionary and the automaton find the same keys at the same places."""
    pytest.importorskip("ahocorasick_rs")
    word_list, start_list = sorted(words), sorted(starts)
    table = build_keys(
        {word: number for number, word in enumerate(word_list)},
        {start: number + len(word_list) for number, start in enumerate(start_list)},
    )
    if not word_list and not start_list:
        assert by_words(Scanner(table), text) == []
        return
    assert by_words(Scanner(table), text) == by_automaton(Scanner(table), text)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_both_means_agree_on_the_shipped_table(data: st.DataObject) -> None:
    """The same holds for the table that ships, on texts made of its own keys."""
    pytest.importorskip("ahocorasick_rs")
    table = keys_of(engine()._book.tables)
    if not hasattr(test_both_means_agree_on_the_shipped_table, "cache"):
        pool = sorted(table["words"].all())[::37] + sorted(table["starts"])
        test_both_means_agree_on_the_shipped_table.cache = pool, Scanner(table)  # type: ignore[attr-defined]
    pool, fast = test_both_means_agree_on_the_shipped_table.cache  # type: ignore[attr-defined]
    pieces = data.draw(st.lists(st.sampled_from([*pool, *_MARKS]), max_size=40))
    text = data.draw(st.sampled_from(["", " "])).join(pieces)
    assert by_words(Scanner(table), text) == by_automaton(fast, text)


@settings(max_examples=200, deadline=None)
@given(keys, texts, texts)
def test_a_key_is_found_where_it_stands(key: str, before: str, after: str) -> None:
    """A key between two spaces is found there whatever stands around it, and each hit covers its key."""
    scanner = Scanner(build_keys({key: 7}, {}))
    text = f"{before} {key} {after}"
    found = scanner.scan(pad(text))
    assert (7, len(before) + 1, len(before) + 1 + len(key)) in found
    for entry, start, end in found:
        assert entry == 7
        assert pad(text)[1:-1][start:end] == key


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ms", [(0, 2)]),
        ("ms.", [(0, 2)]),
        ("(ms)", [(1, 3)]),
        ("ms-related ms", [(0, 2), (11, 13)]),
        ("ms²", [(0, 2)]),
        ("cms msx", []),
        ("", []),
        (" ", []),
    ],
)
def test_whole_words_only(text: str, expected: list[tuple[int, int]]) -> None:
    """Keys match whole words, at both ends of a text and beside marks, never inside a longer word."""
    scanner = Scanner(build_keys({"ms": 0}, {}))
    assert [(start, end) for _, start, end in scanner.scan(pad(text))] == expected


def test_starts_match_the_beginnings_of_words() -> None:
    """A start is found at the beginning of a longer word, and in the middle of none."""
    scanner = Scanner(build_keys({}, {"improv": 3, "im": 4}))
    assert sorted(scanner.scan(pad("improves unimproved improv"))) == [
        (3, 0, 6),
        (3, 20, 26),
        (4, 0, 2),
        (4, 20, 22),
    ]


@settings(max_examples=300)
@given(st.text(max_size=60).map(str.lower))
def test_padding_keeps_offsets(text: str) -> None:
    """Padding is one character at either end and one for one between, so offsets carry over."""
    padded = pad(text)
    assert len(padded) == len(text) + 2
    assert padded[0] == padded[-1] == " "
    for char, out in zip(text, padded[1:-1], strict=True):
        assert out in (char, " ")


def test_automaton_is_built_after_enough_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short run never builds the automaton; a long one does, and goes on with the same results."""
    pytest.importorskip("ahocorasick_rs")
    monkeypatch.setattr(scan, "BUILD_AFTER", 40)
    scanner = Scanner(build_keys({"pain": 0, "knee pain": 1}, {"pai": 2}))
    first = sorted(scanner.scan(pad("knee pain, knee pain")))
    assert scanner._automaton is None
    second = sorted(scanner.scan(pad("knee pain, knee pain")))
    assert scanner._automaton is not None
    assert first == second != []
