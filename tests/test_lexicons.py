"""The shipped lexicons are themselves under test, because a slip in a word list misleads every rule.

They are read as plain YAML here, apart from the loader, so that a loader that repairs or drops a
form can't hide a fault in the data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimlint.rules.morphology import fold, plural

FOLDER = Path(__file__).parent.parent / "rulesets" / "_lexicon"
KINDS = ("condition", "symptom", "body", "cosmetic", "wellbeing", "intervention")
LEAST = {
    "condition": 1500,
    "symptom": 500,
    "body": 600,
    "cosmetic": 300,
    "wellbeing": 250,
    "intervention": 900,
}
PLAIN = re.compile(r"[a-z0-9à-ÿ'][a-z0-9à-ÿ'+&./: -]*[a-z0-9à-ÿ+]|[a-z]")
CAPITALS = re.compile(r"[A-Z][A-Z0-9+/&-]+")

INTERVENTIONS = """stem-cell-therapy mesenchymal-stem-cells msc-umbilical msc-cord-blood msc-bone-marrow msc-adipose
hematopoietic-transplant darvadstrocel remestemcel-l exosomes platelet-rich-plasma cord-blood-cells stromal-vascular-fraction
islet-cells induced-pluripotent-cells embryonic-stem-cells""".split()
CONDITIONS = """multiple-sclerosis systemic-sclerosis lupus lupus-nephritis rheumatoid-arthritis crohns-disease crohns-fistula
inflammatory-bowel-disease type-1-diabetes atopic-dermatitis asthma allergic-rhinitis food-allergy allergy autoimmune-disease
ankylosing-spondylitis psoriasis gvhd knee-osteoarthritis osteoarthritis als spinal-cord-injury autism aplastic-anemia""".split()


@cache
def lexicons() -> dict[str, dict[str, Any]]:
    """The files of this test's kinds by name."""
    loaded = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
    return {name: data for name, data in loaded.items() if data["kind"] in KINDS}


def concepts() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(file, kind, concept) of every concept."""
    for name, data in lexicons().items():
        for concept in data["concepts"]:
            yield name, data["kind"], concept


def owners() -> dict[str, str]:
    """The concept of each folded form."""
    return {fold(form): concept["id"] for _, _, concept in concepts() for form in concept["forms"]}


def test_concepts_are_sorted() -> None:
    """A sorted file has one place for a new concept and merges without a fight."""
    for name, data in lexicons().items():
        ids = [concept["id"] for concept in data["concepts"]]
        assert ids == sorted(ids), name


def test_every_concept_is_one_line() -> None:
    """One concept a line keeps a change to one concept a change to one line."""
    for name, data in lexicons().items():
        lines = (FOLDER / name).read_text("utf-8").splitlines()
        assert sum(line.startswith("  - {id: ") for line in lines) == len(data["concepts"]), name


def test_ids_are_unique_over_all_files() -> None:
    """An id means one thing, whichever file a reader finds it in, effects and cues included."""
    everything = [
        concept["id"]
        for path in FOLDER.glob("*.yaml")
        for concept in yaml.safe_load(path.read_text("utf-8"))["concepts"]
    ]
    mine = {concept["id"] for _, _, concept in concepts()}
    assert [one for one, count in Counter(everything).items() if count > 1 and one in mine] == []


def test_keys_are_known_and_classes_given() -> None:
    """Every concept has a class, and nothing but the documented keys."""
    for name, _, concept in concepts():
        assert set(concept) <= {"id", "class", "forms", "ambiguous", "plural"}, (name, concept["id"])
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", concept["class"]), (name, concept["id"])
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", concept["id"]), (name, concept["id"])


def test_forms_are_well_formed() -> None:
    """A form is text in lower case or an abbreviation in capitals, never empty, never with stray spaces."""
    for name, _, concept in concepts():
        assert concept["forms"], (name, concept["id"])
        for form in concept["forms"]:
            assert isinstance(form, str), (name, concept["id"], form)
            assert PLAIN.fullmatch(form) or CAPITALS.fullmatch(form), (name, concept["id"], form)
            assert "  " not in form, (name, concept["id"], form)
            assert len(fold(form)) >= 2, (name, concept["id"], form)


def test_a_form_belongs_to_one_concept() -> None:
    """No form stands twice in the folder, hyphens, marks and case apart."""
    seen: dict[str, str] = {}
    twice = []
    for _, _, concept in concepts():
        for form in concept["forms"]:
            key = fold(form)
            if key in seen:
                twice.append((form, concept["id"], seen[key]))
            seen[key] = concept["id"]
    assert twice == []


def test_a_plural_belongs_to_the_concept_of_its_singular() -> None:
    """No generated plural is a form of another concept."""
    known = owners()
    wrong = [
        (form, concept["id"], known[fold(plural(form))])
        for _, _, concept in concepts()
        if concept.get("plural", True)
        for form in concept["forms"]
        if not form.isupper() and known.get(fold(plural(form)), concept["id"]) != concept["id"]
    ]
    assert wrong == []


def test_side_effects_are_no_target() -> None:
    """What a treatment may do to a patient must never count as what it is for."""
    assert not {"side effect", "side effects", "adverse event", "adverse effect"} & set(owners())


@pytest.mark.parametrize("kind", KINDS)
def test_the_lexicons_are_big_enough(kind: str) -> None:
    """Whole specialties can't vanish unnoticed."""
    assert sum(len(concept["forms"]) for _, one, concept in concepts() if one == kind) >= LEAST[kind]


@pytest.mark.parametrize(("kind", "ids"), [("intervention", INTERVENTIONS), ("condition", CONDITIONS)])
def test_concepts_that_evidence_hangs_on_exist(kind: str, ids: list[str]) -> None:
    """The evidence registry names these concepts."""
    assert [one for one in ids if one not in {c["id"] for _, k, c in concepts() if k == kind}] == []


@pytest.mark.parametrize(
    ("form", "concept"),
    [
        ("MS", "multiple-sclerosis"),
        ("eczema", "atopic-dermatitis"),
        ("crohn's", "crohns-disease"),
        ("lou gehrig's disease", "als"),
        ("haematopoietic stem cell transplant", "hematopoietic-transplant"),
        ("PRP", "platelet-rich-plasma"),
        ("wharton's jelly", "msc-umbilical"),
        ("alofisel", "darvadstrocel"),
        ("ozempic", "semaglutide"),
        ("mumps", "mumps"),
        ("anaemia", "anaemia"),
        ("anemia", "anaemia"),
        ("crow's foot", "crows-feet"),
        ("hijama", "cupping"),
    ],
)
def test_names_lead_to_their_concept(form: str, concept: str) -> None:
    """Lay, clinical, trade, British and American names meet in one concept."""
    assert owners()[fold(form)] == concept


def test_words_with_another_sense_are_marked() -> None:
    """Everyday words fill a slot only beside a strong verb."""
    unclear = {fold(form) for _, _, c in concepts() if c.get("ambiguous") for form in c["forms"]}
    assert {
        "back",
        "cold",
        "tone",
        "look",
        "gas",
        "burn",
        "cut",
        "spot",
        "heart",
        "vision",
        "life",
    } <= unclear


def test_the_readme_names_every_file_and_class() -> None:
    """The folder's README can't fall behind the files."""
    text = (FOLDER / "README.md").read_text("utf-8")
    for name, data in lexicons().items():
        assert name in text
        if data["kind"] == "intervention":
            missing = {concept["class"] for concept in data["concepts"]} - set(
                re.findall(r"`([a-z-]+)`", text)
            )
            assert not missing, (name, missing)
