"""Forms that the lexicon generates, by tables of words whose forms are known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimlint.rules import morphology

words = st.from_regex(r"[a-z]{3,12}", fullmatch=True)


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("allergy", "allergies"),
        ("kidney", "kidneys"),
        ("diagnosis", "diagnoses"),
        ("lupus", "lupus"),
        ("virus", "viruses"),
        ("arthritis", "arthritis"),
        ("diabetes", "diabetes"),
        ("illness", "illnesses"),
        ("rash", "rashes"),
        ("itch", "itches"),
        ("stomach", "stomachs"),
        ("stem cell", "stem cells"),
        ("loss of hair", "losses of hair"),
        ("crohn's disease", "crohn's diseases"),
        ("woman", "women"),
        ("human", "humans"),
        ("tooth", "teeth"),
        ("bacterium", "bacteria"),
        ("well-being", "well-beings"),
        ("dark spot on the skin", "dark spots on the skin"),
    ],
)
def test_plural(singular: str, plural: str) -> None:
    """A noun phrase takes the plural that a dictionary gives, at its head."""
    assert morphology.plural(singular) == plural


@pytest.mark.parametrize(
    ("verb", "third", "past", "gerund"),
    [
        ("reduce", "reduces", ("reduced",), ("reducing",)),
        ("stop", "stops", ("stopped",), ("stopping",)),
        ("benefit", "benefits", ("benefited",), ("benefiting",)),
        ("develop", "develops", ("developed",), ("developing",)),
        ("occur", "occurs", ("occurred",), ("occurring",)),
        ("cancel", "cancels", ("cancelled", "canceled"), ("cancelling", "canceling")),
        ("control", "controls", ("controlled",), ("controlling",)),
        ("heal", "heals", ("healed",), ("healing",)),
        ("reset", "resets", ("reset",), ("resetting",)),
        ("unclog", "unclogs", ("unclogged",), ("unclogging",)),
        ("remedy", "remedies", ("remedied",), ("remedying",)),
        ("destroy", "destroys", ("destroyed",), ("destroying",)),
        ("fix", "fixes", ("fixed",), ("fixing",)),
        ("free", "frees", ("freed",), ("freeing",)),
        ("die", "dies", ("died",), ("dying",)),
        ("undo", "undoes", ("undid", "undone"), ("undoing",)),
        ("give", "gives", ("gave", "given"), ("giving",)),
        ("panic", "panics", ("panicked",), ("panicking",)),
        ("equip", "equips", ("equipped",), ("equipping",)),
        ("flush", "flushes", ("flushed",), ("flushing",)),
        ("have", "has", ("had",), ("having",)),
        ("be", "is", ("was", "were", "been"), ("being",)),
        ("get rid of", "gets rid of", ("got rid of", "gotten rid of"), ("getting rid of",)),
        ("wipe out", "wipes out", ("wiped out",), ("wiping out",)),
    ],
)
def test_verb(verb: str, third: str, past: tuple[str, ...], gerund: tuple[str, ...]) -> None:
    """A verb takes the forms that a dictionary gives; a phrasal verb at its first word."""
    assert (morphology.third_person(verb), morphology.past(verb), morphology.gerund(verb)) == (
        third,
        past,
        gerund,
    )


@pytest.mark.parametrize(
    ("verb", "other"),
    [
        ("normalise", "normalize"),
        ("optimize", "optimise"),
        ("analyse", "analyze"),
        ("colour", "color"),
        ("favor", "favour"),
        ("harmonise with", "harmonize with"),
    ],
)
def test_spellings_come_in_pairs(verb: str, other: str) -> None:
    """British and American spellings are both generated, whichever is listed."""
    assert morphology.spellings(verb) == (verb, other)


@pytest.mark.parametrize(
    "verb", ["exercise", "advise", "raise", "size", "seize", "pour", "scour", "monitor", "devour"]
)
def test_no_false_spelling_pair(verb: str) -> None:
    """A verb that is spelt alike on both sides of the Atlantic stays alone."""
    assert morphology.spellings(verb) == (verb,)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Crohn's disease", "crohn s disease"),
        ("Crohn\u2019s disease", "crohn s disease"),
        ("anti-inflammatory", "anti inflammatory"),
        ("Ménière's  disease", "ménière s disease"),
        ("snake_oil", "snake oil"),
        (" COVID-19 ", "covid 19"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    """Terms are compared in lower case with a space for each mark, and letters of any script kept."""
    assert morphology.fold(written) == folded


@given(words)
def test_forms_keep_the_words_beginning_and_never_vanish(word: str) -> None:
    """Whatever the word, regular forms begin like it and are single words in lower case."""
    forms = [morphology.plural(word), morphology.third_person(word), *morphology.gerund(word)]
    for form in forms:
        assert form.isalpha()
        assert form.islower()
        assert form[0] == word[0] or word == "be"
    assert morphology.past(word)


@given(st.text(max_size=40))
def test_fold_leaves_letters_digits_and_spaces(text: str) -> None:
    """Whatever the text, a folded form holds letters, digits and inner spaces only."""
    folded = morphology.fold(text)
    assert all(char == " " or char.isalnum() for char in folded)
    assert folded == folded.strip()


@given(words)
def test_spelling_pairs_lead_back(word: str) -> None:
    """The other spelling of the other spelling is the word itself."""
    *_, other = morphology.spellings(word)
    assert word in morphology.spellings(other)
