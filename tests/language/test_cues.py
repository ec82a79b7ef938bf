"""Which contexts hold over which words: the table that says what the guards of rules mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint import readers
from claimlint.language.cues import SCOPES, cast, clause_bounds, quoted
from tests.corecheck import engine

# Sentence with the words in question marked, and the contexts that must hold over them. A minus says that one must not.
TABLE = [
    # Negation
    ("The drip is not [[a cure]].", "negated"),
    ("It does not [[cure eczema]].", "negated"),
    ("It doesn't [[cure eczema]].", "negated"),
    ("It never [[cured anyone]].", "negated"),
    ("It cannot [[cure lupus]].", "negated"),
    ("There is no [[cure for lupus]].", "negated"),
    ("None of them [[cures lupus]].", "negated"),
    ("Neither gel [[relieves pain]].", "negated"),
    ("The gel failed to [[relieve pain]].", "negated"),
    ("They are far from [[a cure]].", "negated"),
    ("That it [[cures gout]] is a myth.", "negated"),
    ("It is unable to [[cure gout]].", "negated"),
    ("It eases pain rather than [[curing gout]].", "negated"),
    # What looks like negation and is none
    ("It not only [[relieves pain]] but heals.", "-negated"),
    ("It doesn't just [[relieve pain]].", "-negated"),
    ("No wonder it [[relieves pain]].", "-negated"),
    ("No doubt it [[relieves pain]].", "-negated"),
    ("Never again [[suffer from migraine]].", "-negated"),
    ("No other cream [[heals eczema]].", "-negated"),
    ("Without surgery, it [[relieves pain]].", "-negated"),
    ("Without any drugs it [[relieves pain]].", "-negated"),
    ("You are not alone: it [[relieves pain]].", "-negated"),
    ("It is nothing short of [[a miracle cure]].", "-negated"),
    ("You will no longer need pills, for it [[cures gout]].", "-negated"),
    # Negation ends with its clause
    ("It is not cheap, but it [[cures gout]].", "-negated"),
    ("It is not a drug; it [[cures gout]].", "-negated"),
    ("It does not burn, and it [[cures gout]].", "-negated"),
    ("It does not burn because it [[heals gently]].", "-negated"),
    ("It cures gout, but it does not [[relieve pain]].", "negated"),
    ("It [[cures gout]], but it does not relieve pain.", "-negated"),
    ("It does not sting although it [[cures gout]].", "-negated"),
    ("It is not new, however it [[cures gout]].", "-negated"),
    ("Creams do not help — our serum [[cures gout]].", "-negated"),
    # Hedges
    ("It may [[relieve pain]].", "hedged"),
    ("It might [[relieve pain]].", "hedged"),
    ("It could [[relieve pain]].", "hedged"),
    ("It can [[relieve pain]].", "-hedged"),
    ("It will [[relieve pain]].", "-hedged"),
    ("It has the potential to [[relieve pain]].", "hedged"),
    ("It is thought to [[relieve pain]].", "hedged"),
    ("It appears to [[relieve pain]].", "hedged"),
    ("Some evidence suggests that it [[relieves pain]].", "hedged"),
    ("Early trials suggest that it [[relieves pain]].", "hedged"),
    ("In theory it [[relieves pain]].", "hedged"),
    ("Perhaps it [[relieves pain]].", "hedged"),
    ("It is a promising candidate for [[pain relief]].", "hedged"),
    ("It may sting, but it [[relieves pain]].", "-hedged"),
    ("It [[relieves pain]], and it may sting.", "-hedged"),
    ("Come in May: it [[relieves pain]].", "-negated"),
    # Questions
    ("Does it [[cure gout]]?", "question"),
    ("Can honey [[heal a burn]]?", "question"),
    ("It [[cures gout]].", "-question"),
    ("Can it [[cure gout]]? Yes, it can.", "-question"),
    ("Does it [[cure gout]]? Absolutely!", "-question"),
    ("Can it [[cure gout]]? No, it can't.", "question"),
    ("Can it [[cure gout]]? Yes, but only in mice.", "question"),
    ("Is it safe? It [[cures gout]].", "-question"),
    # Reported speech
    ("Sellers say that it [[cures gout]].", "reported"),
    ("The clinic claims to [[cure gout]].", "reported"),
    ("It is marketed as [[a cure for gout]].", "reported"),
    ("The so-called [[cure for gout]] costs a fortune.", "reported"),
    ("Critics say it [[cures nothing]].", "reported"),
    ("They promised a [[cure for gout]].", "reported"),
    ("Many people believe that it [[cures gout]].", "reported"),
    ("He was told that it [[cures gout]].", "reported"),
    ("We say that it [[cures gout]].", "-reported"),
    ("Our doctors say it [[cures gout]].", "-reported"),
    # Warnings
    ("Beware of [[miracle cures]].", "warning"),
    ("It is a scam that [[cures nobody]].", "warning"),
    ("There is no evidence that it [[cures gout]].", "warning"),
    ("The advertisement falsely said that it [[cures gout]].", "warning"),
    ("Unproven treatments are said to [[cure gout]].", "warning"),
    ("The FDA warned a company that [[cures autism]].", "warning"),
    ("It openly [[cures gout]].", "-warning"),
    # Conditions
    ("If it [[cures gout]], we will tell you.", "conditional"),
    ("If you have gout, it [[cures pain]].", "-conditional"),
    ("Nobody knows whether it [[cures gout]].", "conditional"),
    ("Wait until it [[heals]], then walk.", "conditional"),
    ("Unless it [[cures gout]], it is useless.", "conditional"),
    # Aims
    ("The trial aims to [[relieve pain]].", "aim"),
    ("It is designed to [[relieve pain]].", "aim"),
    ("Scientists hope to [[cure gout]].", "aim"),
    ("The goal of care is [[pain relief]].", "aim"),
    ("It is being studied for [[pain relief]].", "aim"),
    ("More research is needed on [[pain relief]].", "aim"),
    ("One day it will [[cure gout]].", "aim"),
    ("A trial will test whether it [[relieves pain]].", "aim"),
    ("It [[relieves pain]] in minutes.", "-aim"),
    # Studies
    ("In a randomised trial it [[relieved pain]].", "study"),
    ("Participants who took it had [[less pain]].", "study"),
    ("Researchers found that it [[reduced pain]].", "study"),
    ("It [[reduced pain]] compared with placebo.", "study"),
    ("It [[reduced tumours]] in mice.", "study"),
    ("Our customers found that it [[reduced pain]].", "-study"),
    # Background
    ("Gout is a disease that [[causes pain]].", "background"),
    ("Asthma is usually caused by [[swollen airways]].", "background"),
    ("People with diabetes often have [[nerve pain]].", "background"),
    ("Smoking raises the risk of [[a stroke]].", "background"),
    ("Your body makes insulin to [[lower sugar]].", "background"),
    ("Our drip [[lowers sugar]].", "-background"),
    # Advice
    ("Ask your doctor before you [[treat the pain]].", "advice"),
    ("Do not [[treat burns]] with butter.", "advice"),
    ("You should [[treat a burn]] with cool water.", "advice"),
    ("It is important to [[treat high blood pressure]].", "advice"),
    ("Our drip will [[treat your pain]].", "-advice"),
    # Quotation
    ('The label says "[[cures gout]]" in red.', "quoted"),
    ('The "gold" label: it [[cures gout]].', "-quoted"),
    # Harder ones: far negation, lists, marks between, contrast without "but"
    ("Not one of the patients was [[cured of gout]].", "negated"),
    ("No trial, large or small, has shown that it [[cures gout]].", "negated"),
    ("Nobody has ever been [[cured of gout]] by it.", "negated"),
    ("It isn't a pill: it [[cures gout]].", "-negated"),
    ("Don't suffer: our drip [[cures gout]].", "-negated"),
    ("Don't wait! Our drip [[cures gout]].", "-negated"),
    ("Why not try our drip, which [[cures gout]]?", "-negated"),
    ("It not only soothes but also [[cures gout]].", "-negated"),
    ("It is not a treatment, it is [[a cure for gout]].", "-negated"),
    ("It cannot be denied that it [[cures gout]].", "-negated"),
    ("There is no better way to [[relieve pain]].", "-negated"),
    ("There is no pain that it cannot [[relieve]].", "-negated"),
    ("It never fails to [[relieve pain]].", "-negated"),
    ("It has not been shown that the gel [[relieves pain]].", "negated warning"),
    ("It may help you sleep and [[relieve pain]].", "hedged"),
    ("It may help you sleep; it [[relieves pain]].", "-hedged"),
    ("It can possibly [[relieve pain]].", "hedged"),
    ("This could be the drip that [[cures gout]].", "hedged"),
    ("You may be surprised that it [[cures gout]].", "-hedged"),
    ("It is believed by some to [[cure gout]].", "hedged"),
    ("According to its sellers, it [[cures gout]].", "reported"),
    ("It supposedly [[cures gout]].", "reported"),
    ("It is being sold as something that [[cures gout]].", "reported"),
    ("The agency says that no drip [[cures gout]].", "warning negated"),
    ("The aim of the drip is to [[relieve pain]].", "aim"),
    ("Designed to [[relieve pain]], the drip is new.", "aim"),
    ("We use a drip to [[relieve pain]].", "-aim"),
    ("Should you have gout, the drip [[cures it]].", "-conditional"),
    ("Never [[treat a burn]] with oil.", "advice"),
    ("Try our drip and [[relieve pain]] now.", "-advice"),
    # Two at once
    ("It may not [[cure gout]].", "hedged negated"),
    ("If it does not [[cure gout]], stop.", "conditional negated"),
    ("Sellers claim that it never [[fails to cure]].", "reported"),
    ("Can it not [[cure gout]]?", "question negated"),
]


def contexts(written: str) -> set[str]:
    """The contexts over the marked words; more than one mark must agree."""
    found = []
    while "[[" in written:
        start = written.index("[[")
        end = written.index("]]") - 2
        written = written.replace("[[", "", 1).replace("]]", "", 1)
        found.append((start, end))
    document = readers.read("a.txt", written.encode("utf-8"))
    results = []
    for start, end in found:
        for sentence in engine()._reader.read(document):
            results += [set(sentence.contexts(start, end))] * (sentence.start <= start < sentence.end)
    assert len(results) == len(found), "the pass found nothing in the sentence"
    assert all(result == results[0] for result in results)
    return results[0]


@pytest.mark.parametrize(("written", "expected"), TABLE, ids=[row[0][:60] for row in TABLE])
def test_context(written: str, expected: str) -> None:
    """Each context holds over the marked words, or does not, as the table says."""
    found = contexts(written)
    for name in expected.split():
        if name.startswith("-"):
            assert name[1:] not in found
        else:
            assert name in found


def test_table_is_large_enough() -> None:
    """Eighty rows and more, each context both ways where it has a trap."""
    assert len(TABLE) >= 80
    assert len({row[0] for row in TABLE}) == len(TABLE)


def test_quotation_block_is_quoted() -> None:
    """What stands in a quotation block is a quotation, marks or none."""
    document = readers.read("a.md", b"> It cures gout.\n")
    sentence = engine()._reader.read(document)[0]
    assert "quoted" in sentence.contexts(3, 13)


def test_reasons_say_which_words_decided() -> None:
    """A context carries the cue's own words and their place in the block."""
    document = readers.read("a.txt", b"It does not cure gout.")
    sentence = engine()._reader.read(document)[0]
    reason = sentence.contexts(12, 21)["negated"]
    assert (reason.kind, reason.text) == ("negated", "not")
    assert (reason.place.start, reason.place.end) == (8, 11)


def test_a_cue_inside_the_words_casts_nothing_on_them() -> None:
    """ "No side effects" is itself the offence: its own negation does not excuse it."""
    document = readers.read("a.txt", b"It has no side effects.")
    sentence = engine()._reader.read(document)[0]
    assert "negated" not in sentence.contexts(7, 22)
    assert "negated" in sentence.contexts(10, 22)


@pytest.mark.parametrize(
    ("scope", "reach", "low", "high"),
    [
        ("forward", 0, 7, 18),
        ("forward", 1, 7, 11),
        ("backward", 0, 0, 4),
        ("clause", 0, 0, 18),
        ("tail", 0, 7, 33),
        ("comma", 0, 7, 16),
        ("sentence", 0, 0, 33),
    ],
)
def test_reach_of_each_scope(scope: str, reach: int, low: int, high: int) -> None:
    """A cue reaches exactly as far as its scope says: word count, clause, comma or sentence."""
    text = "aaa bbb cc ddddd, but eee fff ggg"
    bounds = clause_bounds(text)
    assert bounds == [0, 18]
    cue = cast([(4, 7, "negated", scope, reach)], text, bounds)[0]
    assert (cue.low, cue.high) == (low, high)


def test_pseudo_cancels_only_what_it_holds() -> None:
    """A pseudo cue silences the cues inside it and no other."""
    text = "not only this but never that"
    found = cast(
        [(0, 3, "negated", "forward", 0), (0, 8, "negated", "pseudo", 0), (18, 23, "negated", "forward", 0)],
        text,
        clause_bounds(text),
    )
    assert [(cue.start, cue.end) for cue in found] == [(18, 23)]


@settings(max_examples=200)
@given(st.text(alphabet='ab ,;:—-"butwe ', max_size=120))
def test_bounds_and_quotes_lie_in_the_text(text: str) -> None:
    """Clause bounds start at 0 and ascend within the text; quotation marks pair."""
    bounds = clause_bounds(text)
    assert bounds[0] == 0
    assert bounds == sorted(set(bounds))
    assert bounds[-1] <= len(text)
    for cue in quoted(text):
        assert text[cue.low] == text[cue.high - 1] == '"'


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 9), st.sampled_from(sorted(SCOPES)), st.integers(0, 4)),
        max_size=6,
    )
)
def test_reach_stays_within_the_sentence(drawn: list[tuple[int, int, str, int]]) -> None:
    """Whatever the cues, their reach is a stretch of the sentence."""
    text = "aaa bbb, but ccc and we ddd; eee"
    matches = sorted((start, start + length, "hedged", scope, reach) for start, length, scope, reach in drawn)
    for cue in cast(matches, text, clause_bounds(text)):
        assert 0 <= cue.low <= len(text)
        assert 0 <= cue.high <= len(text)


def test_a_quotation_is_a_cue_at_its_mark() -> None:
    """The opening mark decides, and it reaches to the closing one."""
    assert quoted('they say "reset it" here') == [("quoted", 9, 10, 9, 19)]


@pytest.mark.parametrize(
    ("folded", "bounds"),
    [
        ("it stings, but it heals", [0, 9]),
        ("it stings: it heals", [0, 11]),
        ("it stings - it heals", [0, 12]),
        ("it stings and it heals and will heal", [0, 10, 23]),
        ("it rebut it, distance of butter", [0]),
        ("but it heals", [0]),
        ("ointment, which heals", [0, 8]),
    ],
)
def test_where_clauses_begin(folded: str, bounds: list[int]) -> None:
    """Behind a mark that parts clauses, and at the word that opens one; a word that only ends or begins alike opens none."""
    assert clause_bounds(folded) == bounds


SCENE = "no gain, it may heal, they say, in time"
#        0  3     9  12  16    22        32


@pytest.mark.parametrize(
    ("scope", "reach", "stretch"),
    [
        ("sentence", 0, (0, 39)),
        ("tail", 0, (15, 39)),
        ("clause", 0, (9, 22)),
        ("forward", 0, (15, 22)),
        ("forward", 1, (15, 22)),
        ("backward", 0, (9, 12)),
        ("comma", 0, (15, 20)),
    ],
)
def test_how_far_a_cue_reaches(scope: str, reach: int, stretch: tuple[int, int]) -> None:
    """Each scope is one stretch, counted from the cue, its clause or the sentence."""
    (cue,) = cast([(12, 15, "hedged", scope, reach)], SCENE, [0, 9, 22])
    assert (cue.low, cue.high) == stretch


def test_a_reach_in_words_ends_before_the_next_word() -> None:
    """So many words on, however long they are; at the end of the sentence where there are fewer."""
    folded = "not " + "one two three four"
    for reach, end in ((1, 8), (2, 12), (3, 18), (4, 22), (9, 22)):
        (cue,) = cast([(0, 3, "negated", "forward", reach)], folded, [0])
        assert (cue.low, cue.high) == (3, end)
    long = "not " + " ".join("word" for _ in range(60))
    (cue,) = cast([(0, 3, "negated", "forward", 30)], long, [0])
    assert cue.high == 4 + 5 * 30
    (cue,) = cast([(100, 103, "negated", "forward", 2)], long, [0])
    assert cue.high == 114


def test_a_pseudo_cue_silences_only_what_begins_in_it() -> None:
    """A cue right behind it holds."""
    pseudo = (0, 8, "negated", "pseudo", 0)
    assert cast([pseudo, (4, 6, "negated", "forward", 0)], "not only no pain", [0]) == []
    (cue,) = cast([pseudo, (8, 10, "negated", "forward", 0)], "not onlyno pain", [0])
    assert cue.start == 8


def test_a_cue_without_a_comma_reaches_to_the_end() -> None:
    """The comma may also stand right behind the cue."""
    (cue,) = cast([(0, 2, "aim", "comma", 0)], "to heal you", [0])
    assert (cue.low, cue.high) == (2, 11)
    (cue,) = cast([(0, 2, "aim", "comma", 0)], "to, you heal", [0])
    assert (cue.low, cue.high) == (2, 2)
