"""How strong a relation a sentence states: a table of sentences, and what holds for any text at all."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint import rules
from claimlint.claims.grade import Grader
from claimlint.model import Strength

NONE, CORR, HEDGED = Strength.NONE, Strength.CORRELATIONAL, Strength.HEDGED
CAUSAL, ABSOLUTE = Strength.CAUSAL, Strength.ABSOLUTE

CASES = [
    # A bare verb asserts a cause, in a headline, a finding or an advertisement.
    ("Walnuts cut the risk of gout, a trial of 400 nurses finds", CAUSAL),
    ("Daily cocoa boosts memory in older adults", CAUSAL),
    ("Seaweed capsules help people sleep longer", CAUSAL),
    ("Poor sleep leads to weight gain", CAUSAL),
    ("Meditation lowers blood pressure, a new study shows", CAUSAL),
    ("Early surgery saves lives", CAUSAL),
    ("Stress shrinks the brain", CAUSAL),
    ("Light therapy works for depression", CAUSAL),
    ("Women who walked daily cut their risk of stroke", CAUSAL),
    ("Pollution damages the brain, scientists warn", CAUSAL),
    ("Our therapy treats arthritis", CAUSAL),
    ("Relieves joint pain", CAUSAL),
    ("Our laser removes scars", CAUSAL),
    ("Stem cells reduce inflammation and promote healing", CAUSAL),
    ("The drops reduced itching compared with placebo.", CAUSAL),
    ("The spray resulted in fewer sneezes and better sleep.", CAUSAL),
    ("Yoga was shown to improve balance in nursing homes.", CAUSAL),
    ("Exercise is effective in reducing fatigue", CAUSAL),
    ("The tablet is more effective than placebo", CAUSAL),
    ("The diet had no effect on blood sugar", CAUSAL),
    ("The vaccine did not prevent infection", CAUSAL),
    ("We found that zinc shortens a cold by a day.", CAUSAL),
    ("Iron stores can be increased by cooking in iron pots.", CAUSAL),
    ("The pill can help patients live longer", CAUSAL),
    # Certainty that no study gives.
    ("Our clinic cures asthma once and for all", ABSOLUTE),
    ("The Lumora drip is proven to reverse ageing", ABSOLUTE),
    ("Guaranteed to eliminate back pain", ABSOLUTE),
    ("The Lumora patch always stops migraine", ABSOLUTE),
    ("Total cholesterol and headaches: oats lowered total cholesterol in nurses.", CAUSAL),
    # A hedge before the causal word.
    ("A handful of almonds may lower cholesterol", HEDGED),
    ("Lavender tea could lead to fewer migraines, researchers say", HEDGED),
    ("Green light might ease chronic pain, according to a small study", HEDGED),
    ("Eating fermented foods appears to reduce anxiety", HEDGED),
    ("The tablet seems to be effective against fatigue", HEDGED),
    ("Mindfulness has the potential to reduce stress", HEDGED),
    ("The findings raise the possibility that gut bacteria influence mood", HEDGED),
    ("New research suggests that omega-3 may protect the heart", HEDGED),
    ("The pill is likely to help thousands of patients", HEDGED),
    ("Statins may not reduce dementia risk", HEDGED),
    ("Swimming could be a way of reducing stiffness.", HEDGED),
    ("The gel may be a useful treatment for burns.", HEDGED),
    ("Magnesium plays a possible role in sleep.", HEDGED),
    # Two things that go together.
    ("Night shifts linked to weaker bones", CORR),
    ("Coffee tied to lower odds of stroke", CORR),
    ("Higher fibre intake was associated with a reduction in colon cancer", CORR),
    ("Tea drinking may be associated with longer life.", CORR),
    ("People who eat more fish are less likely to develop dementia", CORR),
    ("Children who sleep less are at greater risk of obesity", CORR),
    ("Men with gum disease had a 20 per cent higher risk of kidney cancer", CORR),
    ("There is a strong link between stress and heart disease", CORR),
    ("No link was found between the vaccine and autism", CORR),
    ("Blood pressure predicts stroke", CORR),
    ("Obesity is a risk factor for diabetes", CORR),
    ("Loneliness goes hand in hand with depression", CORR),
    ("Asthma rates are higher in cities", CORR),
    ("Ferritin was increased in runners.", CORR),
    ("Grip strength was correlated with age, and future studies should look at diet.", CORR),
    # Nothing asserted: aims, advice, calls for research, usefulness, questions, records.
    ("More research is needed to see whether the drug works", NONE),
    ("The study aims to find out whether yoga reduces stress", NONE),
    ("Further trials of the association between zinc and colds are warranted.", NONE),
    ("It is unclear whether the diet prevents gout.", NONE),
    ("Patients should avoid alcohol before surgery", NONE),
    ("Swimming should be encouraged to reduce stiffness.", NONE),
    ("This may be a useful marker for screening", NONE),
    ("The scale could be a practical tool for nurses.", NONE),
    ("Could broccoli prevent cancer?", NONE),
    ("Trial registration: ISRCTN00000000.", NONE),
    ("The trial enrolled 200 patients at six hospitals", NONE),
    ("These results support the reliability of the questionnaire.", NONE),
    ("The clinic opens at nine on weekdays", NONE),
    ("Book your consultation today", NONE),
]


@pytest.fixture(scope="module")
def grader() -> Grader:
    """A grader with the shipped word lists."""
    return Grader(rules.load())


@pytest.mark.parametrize(("text", "strength"), CASES)
def test_strength(grader: Grader, text: str, strength: Strength) -> None:
    """Each sentence gets the strength that its wording states."""
    grade = grader.grade(text)
    assert (grade.strength if grade else NONE) is strength


@pytest.mark.parametrize(
    ("text", "modal"),
    [
        ("This serum can reduce wrinkles", "can"),
        ("The gel will ease pain", "will"),
        ("The gel might ease pain", "might"),
        ("The gel eases pain", None),
    ],
)
def test_modal(grader: Grader, text: str, modal: str | None) -> None:
    """The modal verb that governs the statement is named."""
    grade = grader.grade(text)
    assert grade is not None
    assert grade.modal == modal


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("The gel did not reduce scars.", True),
        ("The gel had no effect on scars.", True),
        ("Coffee was not associated with gout.", True),
        ("The gel reduced scars.", False),
    ],
)
def test_negated(grader: Grader, text: str, negated: bool) -> None:
    """A negative result keeps its strength and is marked as negated."""
    grade = grader.grade(text)
    assert grade is not None
    assert grade.strength is not NONE
    assert grade.negated is negated


def test_attributed(grader: Grader) -> None:
    """Reported speech is marked, with the words that report."""
    grade = grader.grade("Lavender eases pain, researchers say.")
    assert grade is not None
    assert grade.attributed
    assert ("attribution", "researchers say", 21, 36) in grade.reasons
    plain = grader.grade("Lavender eases pain.")
    assert plain is not None
    assert not plain.attributed


def test_reasons_name_the_deciding_words(grader: Grader) -> None:
    """The reasons are the words that decided, as they stand in the text."""
    grade = grader.grade("A handful of Almonds MAY lower cholesterol")
    assert grade is not None
    assert grade.reasons == (("hedge", "MAY", 21, 24), ("hedge", "lower", 25, 30))


@given(st.text() | st.lists(st.sampled_from([text for text, _ in CASES]), max_size=3).map(", and ".join))
def test_reasons_lie_in_the_text(text: str) -> None:
    """Whatever the text, each reason is a stretch of it."""
    grade = _SHARED.grade(text)
    for _, words, start, end in grade.reasons if grade else ():
        assert 0 <= start < end <= len(text)
        assert text[start:end] == words


@pytest.mark.parametrize(
    "text", ["", " ", "?", "...", "\x00", "İİİ may", "-", "\ue000", "may", "to", "and", "that"]
)
def test_odd_input(grader: Grader, text: str) -> None:
    """Text that states nothing has no strength."""
    grade = grader.grade(text)
    assert grade is None or grade.strength is NONE


@pytest.mark.parametrize(
    "piece", ["may reduce and ", "to ", "reducing ", "higher ", "not ", "that, which because ", "a-"]
)
def test_long_input_takes_little_time(grader: Grader, piece: str) -> None:
    """A sentence of 200,000 characters is graded within a second."""
    began = perf_counter()
    grader.grade(piece * (200_000 // len(piece)))
    assert perf_counter() - began < 1.0


_SHARED = Grader(rules.load())
