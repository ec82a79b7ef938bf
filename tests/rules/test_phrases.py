"""The phrase language: what can't be compiled, what compiles to plain words, and that what is written matches.

Random phrases are built as trees together with texts that they must match, and run through the same reader as rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint import readers
from claimlint.language.reader import Reader
from claimlint.language.tables import build
from claimlint.rules.phrases import Compiled, PhraseError, compile_phrase, fold
from claimlint.rules.ruleset import THIRD, VERB, Term

TERMS: list[Term] = [
    ("eczema", "eczema", "condition", "skin", "", 0),
    ("multiple sclerosis", "ms", "condition", "neurology", "", 0),
    ("pain", "pain", "symptom", "pain", "", 0),
    ("cures", "cure", "effect", "cure", "end", VERB | THIRD),
    ("drip", "drip", "intervention", "injection", "", 0),
    ("metformin", "metformin", "intervention", "drug", "", 0),
]
CLASSES = {
    "<condition>": ["eczema", "multiple sclerosis", "Multiple-Sclerosis"],
    "<condition:neurology>": ["multiple sclerosis"],
    "<target>": ["eczema", "pain"],
    "<effect:cure>": ["cures"],
    "<intervention>": ["drip", "metformin"],
    "<drug>": ["metformin"],
    "<number>": ["7", "1,200", "seven", "dozens"],
    "<percent>": ["95%", "7 percent", "10-20%", "99.9 %"],
}
WORDS = [
    "lumora",
    "zest",
    "relief",
    "never",
    "a",
    "of",
    "it",
    "don't",
    "side-effects",
    "vitamin",
    "zeal",
    "to",
]
FILLERS = ["quite", "b12", "wholly", "x", "the"]


@dataclass(frozen=True)
class Made:
    """A piece of a phrase as its author writes it and one text that it matches."""

    phrase: str
    text: str
    literal: bool  # whether the piece has a word that any match needs


def _word() -> st.SearchStrategy[Made]:
    shown = st.sampled_from([str.lower, str.upper, str.capitalize])
    whole = st.builds(
        lambda word, case, dash: Made(word, case(word.replace("-", dash)), True),
        st.sampled_from(WORDS),
        shown,
        st.sampled_from(["-", " "]),
    )
    start = st.builds(
        lambda word, tail: Made(f"{word}*", word + tail, True),
        st.sampled_from(["improv", "zest", "heal"]),
        st.sampled_from(["", "es", "ing", "s2"]),
    )
    return st.one_of(whole, whole, start)


def _class() -> st.SearchStrategy[Made]:
    return st.sampled_from(sorted(CLASSES)).flatmap(
        lambda name: st.sampled_from(CLASSES[name]).map(
            lambda text: Made(name, text, name not in ("<number>", "<percent>"))
        )
    )


def _join(parts: list[Made], gaps: list[str]) -> Made:
    words = [part.text for part in parts]
    text = words[0]
    for gap, word in zip(gaps, words[1:], strict=False):
        text += gap + word if text and word else word
    return Made(" ".join(part.phrase for part in parts), text.strip(), any(part.literal for part in parts))


def _sequence(item: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
    return st.builds(_join, st.lists(item, min_size=1, max_size=3), st.just([" "] * 3))


def _extend(item: st.SearchStrategy[Made]) -> st.SearchStrategy[Made]:
    choice = st.builds(
        lambda branches, pick: Made(
            "(" + "|".join(branch.phrase for branch in branches) + ")",
            branches[pick % len(branches)].text,
            all(branch.literal for branch in branches),
        ),
        st.lists(_sequence(item), min_size=1, max_size=3),
        st.integers(0, 2),
    )
    optional = st.builds(
        lambda inner, word, there: Made(
            f"[{inner.phrase}] {word.phrase}",
            f"{inner.text} {word.text}" if there else word.text,
            word.literal,
        ),
        _sequence(item),
        _word(),
        st.booleans(),
    )
    gap = st.builds(
        lambda one, count, fill, two: Made(
            f"{one.phrase} ~{count} {two.phrase}",
            " ".join([one.text, *fill[:count], two.text]),
            one.literal or two.literal,
        ),
        item,
        st.integers(1, 4),
        st.lists(st.sampled_from(FILLERS), max_size=4),
        item,
    )
    return st.one_of(choice, optional, gap)


made = st.recursive(st.one_of(_word(), _class()), _extend, max_leaves=8)


def matches(phrase: str, text: str) -> list[str]:
    """What ``phrase`` finds in ``text``, through tables, reader and sentence."""
    reader = Reader(TERMS, build(TERMS, [phrase]), {})
    document = readers.read("a.txt", text.encode("utf-8"))
    return [
        sentence.norm.text[start:end]
        for sentence in reader.read(document)
        for start, end in sentence.matches(0)
    ]


@settings(max_examples=400, deadline=None)
@given(made)
def test_a_phrase_matches_what_it_says(piece: Made) -> None:
    """A phrase either has nothing to hang on, and says so, or finds a text made from it, whole.

    A text that says a word twice can be read in two ways ("lumora improv improv" for "lumora ~1 improv*"): it is found from its start.
    """
    if not piece.literal:
        with pytest.raises(PhraseError, match="not optional"):
            compile_phrase(piece.phrase)
        return
    compiled = compile_phrase(piece.phrase)
    assert all(part.anchors for part in compiled)
    found = matches(piece.phrase, piece.text)
    said = piece.text.lower().split()
    if len(set(said)) == len(said):
        assert any(_letters(words) == _letters(piece.text) for words in found), (piece, found)
    assert any(words and _letters(piece.text).startswith(_letters(words)) for words in found), (piece, found)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


@settings(max_examples=200, deadline=None)
@given(made, st.sampled_from(["xyz", "Nothing here.", "7", ""]))
def test_a_phrase_is_not_found_in_other_words(piece: Made, text: str) -> None:
    """Text that shares no word with the phrase is never matched, and no part matches the empty string."""
    try:
        compiled = compile_phrase(piece.phrase)
    except PhraseError:
        return
    reader = Reader(TERMS, build(TERMS, [piece.phrase]), {})
    for number in range(sum(not part.plain for part in compiled)):
        assert not reader.expression(0, number).fullmatch("")
    if not re.search("<number>|<percent>", piece.phrase):
        assert matches(piece.phrase, text) == []


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab ()[]{}|~1<>^$*,:!?%'é\\.+-", max_size=24))
def test_any_string_compiles_or_is_refused(text: str) -> None:
    """Nothing but PhraseError leaves the compiler, and what compiles has valid expressions and anchors."""
    try:
        parts = compile_phrase(text)
    except PhraseError as error:
        parts = []
        message = str(error)
    else:
        message = ""
    assert bool(parts) != (repr(text) in message)
    for part in parts:
        assert isinstance(part, Compiled)
        assert part.anchors
        if not part.plain:
            re.compile(part.pattern.replace("\x00", ""))


@pytest.mark.parametrize(
    ("phrase", "says"),
    [
        ("", "not optional"),
        ("   ", "not optional"),
        ("[maybe]", "not optional"),
        ("~3", "not optional"),
        ("<number>", "not optional"),
        ("<percent> [success]", "not optional"),
        ("(cure|)", "empty alternative"),
        ("(cure", "never closes"),
        ("cure)", "nothing to close"),
        ("[cure)", "nothing to close"),
        ("cure | heal", "outside brackets"),
        ("cure ~ heal", "where a word is expected"),
        ("cure <Not A Class", "where a word is expected"),
        ("***", "not optional"),
    ],
)
def test_errors_say_what_is_wrong(phrase: str, says: str) -> None:
    """A phrase that can't be compiled is quoted with the reason."""
    with pytest.raises(PhraseError, match=re.escape(says)) as caught:
        compile_phrase(phrase)
    assert repr(phrase) in str(caught.value)


@pytest.mark.parametrize(
    ("phrase", "wordings"),
    [
        ("side effects", {"side effects"}),
        ("Side-Effects", {"side effects"}),
        ("(no|without) [any] risk", {"no risk", "no any risk", "without risk", "without any risk"}),
        ("(cure|heal)", {"cure", "heal"}),
        ("don't wait", {"don t wait"}),
    ],
)
def test_what_can_be_spelled_out_needs_no_expression(phrase: str, wordings: set[str]) -> None:
    """Phrases of words, choices and options become plain wordings that the one pass finds by itself."""
    parts = compile_phrase(phrase)
    assert [part.plain for part in parts] == [True]
    assert set(parts[0].anchors) == wordings


def test_many_wordings_become_an_expression() -> None:
    """A product of choices that would run to thousands of wordings is kept as one expression."""
    words = "(a1|a2|a3|a4|a5|a6|a7|a8)"
    parts = compile_phrase(" ".join([words] * 4))
    assert [part.plain for part in parts] == [False]
    assert matches(" ".join([words] * 4), "a1 a8 a3 a4") == ["a1 a8 a3 a4"]


def test_anchor_is_the_rarest_part() -> None:
    """The one pass looks for the rarest word, never for "the" where something else stands."""
    (part,) = compile_phrase("the ~2 extraordinarily of")
    assert part.anchors == ("extraordinarily",)
    (part,) = compile_phrase("<condition> ~2 (vanish*|gone)")
    assert set(part.anchors) == {"vanish*", "gone"}


def test_fold() -> None:
    """Folding keeps letters and figures of ASCII and leaves single spaces."""
    assert fold("  Don't—Wait_now! ") == "don t—wait now"


def test_long_repeats_are_linear() -> None:
    """A hostile run of near matches takes no time that grows with its square."""
    phrase = "no ~4 (risk|harm) ~4 <condition>"
    text = "no " * 4000 + "risk"
    assert matches(phrase, text) == []
