"""From lexicon concepts to terms: forms, flags, duplicates and a team's own words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from claimlint.errors import RuleError
from claimlint.rules import load
from claimlint.rules.lexicon import concept_terms
from claimlint.rules.ruleset import (
    ADJ,
    AMBIGUOUS,
    BASE,
    CAPS,
    GERUND,
    NOUN,
    PAST,
    PREFIX,
    THIRD,
    VERB,
    WEAK,
)

Write = Callable[[str, str], Path]


def flags(kind: str, **concept: object) -> dict[str, int]:
    """The forms of one concept with their flags."""
    return {term[0]: term[5] for term in concept_terms(kind, {"id": "x", **concept})}


def test_condition_forms_and_plurals() -> None:
    """Nouns get a plural, capitals keep to capitals, a final star means the start of a word."""
    got = flags("condition", forms=["multiple sclerosis", "MS", "MSC", "autoimmun*", "hay-fever"])
    assert got == {
        "multiple sclerosis": 0,
        "multiple scleroses": 0,
        "ms": CAPS,
        "msc": CAPS,
        "mscs": CAPS,
        "autoimmun": PREFIX,
        "hay fever": 0,
        "hay fevers": 0,
    }


def test_plural_can_be_switched_off() -> None:
    """plural: false leaves the forms as they are listed."""
    assert flags("symptom", forms=["back pain"], plural=False) == {"back pain": 0}


def test_effect_forms_say_what_they_are() -> None:
    """A verb's forms carry their part in the sentence; one form may be several things."""
    got = flags("effect", verbs=["cure"], nouns=["cure"], adjectives=["curative"], weak=True, ambiguous=True)
    both = WEAK | AMBIGUOUS
    assert got["cure"] == VERB | BASE | NOUN | both
    assert got["cures"] == VERB | THIRD | NOUN | both
    assert got["curing"] == VERB | GERUND | both
    assert got["cured"] == VERB | PAST | both
    assert got["curative"] == ADJ | both


def test_irregular_forms_beside_verbs_are_verbs() -> None:
    """`forms` beside `verbs` are further verb forms, without a plural."""
    got = flags("effect", verbs=["bespell"], forms=["bespelt", "bespelling twice"])
    assert got["bespelt"] == VERB | PAST
    assert got["bespelling twice"] == VERB | GERUND
    assert "bespelts" not in got


def test_a_plain_spelling_lifts_the_demand_for_capitals() -> None:
    """A form listed both ways matches both ways."""
    assert flags("condition", forms=["AIDS", "aids"])["aids"] == 0


def test_term_carries_class_and_direction() -> None:
    """Class and direction travel with every form."""
    (first, *_) = concept_terms(
        "effect", {"id": "ease", "class": "relieve", "direction": "down", "verbs": ["ease"]}
    )
    assert first == ("ease", "ease", "effect", "relieve", "down", VERB | BASE)


def test_duplicate_form_keeps_the_first_concept_of_a_kind(write: Write, tmp_path: Path) -> None:
    """Within a kind the first concept keeps a form; another kind may have it too."""
    write(
        "_lexicon/a.yaml",
        "kind: condition\nconcepts:\n- {id: aa, forms: [zyxwart]}\n- {id: bb, forms: [zyxwart, zyxwort]}\n",
    )
    write("_lexicon/b.yaml", "kind: body\nconcepts:\n- {id: cc, forms: [zyxwart]}\n")
    terms = load(folders=[str(tmp_path / "own")], cache=False).terms
    assert [(term[1], term[2]) for term in terms if term[0] == "zyxwart"] == [
        ("aa", "condition"),
        ("cc", "body"),
    ]
    assert [term[1] for term in terms if term[0] == "zyxwort"] == ["bb"]


def test_own_words_become_terms() -> None:
    """A team's products and conditions are terms of class own, with plurals, capitals and all."""
    plain, own = (
        load(cache=False),
        load(cache=False, lexicon={"products": ["Lumora Drop"], "conditions": ["ZZQ"]}),
    )
    added = [term for term in own.terms if term not in plain.terms]
    assert added == [
        ("lumora drop", "own/lumora-drop", "intervention", "own", "", 0),
        ("lumora drops", "own/lumora-drop", "intervention", "own", "", 0),
        ("zzq", "own/zzq", "condition", "own", "", CAPS),
        ("zzqs", "own/zzq", "condition", "own", "", CAPS),
    ]
    assert own.fingerprint != plain.fingerprint


def test_own_word_that_is_known_keeps_its_concept() -> None:
    """A condition that the lexicons know keeps its concept, on which evidence hangs."""
    plain = load(cache=False)
    known = next(term for term in plain.terms if term[2] == "condition" and not term[5] & CAPS)
    own = load(cache=False, lexicon={"conditions": [known[0]]})
    assert [term[1] for term in own.terms if term[0] == known[0] and term[2] == "condition"] == [known[1]]


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        ("- {id: aa, forms: [b]}\n- {id: aa, forms: [c]}", 4, "the condition 'aa' is there already"),
        ("- {id: aa, forms: ['--']}", 3, "'aa' has a form without a letter"),
        ("- {id: aa, formes: [b]}", 3, "unknown key 'formes' in 'concepts', item 1 (did you mean 'forms'?)"),
        (
            "- {id: Aa, forms: [b]}",
            3,
            "'concepts.id' must be lower-case letters, digits and hyphens, not 'Aa'",
        ),
        (
            "- id: aa\n  forms: [b]\n  scope: forwards",
            5,
            "unknown scope 'forwards' (did you mean 'forward'?)",
        ),
        ("- id: aa\n  phrases:\n  - fine\n  - (open", 6, "the phrase '(open'"),
        ("- id: aa\n  forms: [yes]", 4, "'concepts.forms', item 1 must be text: put it in quotes, \"yes\""),
    ],
)
def test_broken_lexicon(write: Write, tmp_path: Path, body: str, line: int, message: str) -> None:
    """What is wrong with a lexicon is told with its line."""
    path = write("_lexicon/a.yaml", f"kind: condition\nconcepts:\n{body}\n")
    with pytest.raises(RuleError) as caught:
        load(folders=[str(tmp_path / "own")], cache=False)
    assert (caught.value.path, caught.value.line) == (path.as_posix(), line)
    assert message in caught.value.reason
