"""The shipped records: sound, complete, valid by their schemas, and true to the source documents."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import claimlint
from claimlint.evidence.check import problems
from claimlint.rules.locate import data_folder

FOLDER = data_folder("seeds")
SCHEMAS = Path(claimlint.__file__).parent / "schemas"
SEEDS = os.environ.get("CLAIMLINT_SEEDS")
FILES = sorted(path.name for path in FOLDER.glob("*.yaml"))


class _Loader(yaml.SafeLoader):
    """YAML in which a date is text, as the program reads it."""


_Loader.yaml_implicit_resolvers = {
    key: [pair for pair in pairs if not pair[0].endswith("timestamp")]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(name: str) -> Any:
    """A shipped file as plain values."""
    return yaml.load((FOLDER / name).read_text("utf-8"), Loader=_Loader)


def schema(name: str) -> Any:
    """A published schema."""
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_files_are_valid_by_the_published_schemas(name: str) -> None:
    """An independent validator agrees that each shipped file follows its schema."""
    kind = {f"{one}.yaml": one for one in ("tiers", "evidence", "designs")}.get(name, "seed")
    Draft202012Validator.check_schema(schema(kind))
    assert [error.message for error in Draft202012Validator(schema(kind)).iter_errors(read(name))] == []


def test_the_folder_passes_its_own_check() -> None:
    """`claimlint evidence check` finds nothing in what ships."""
    assert problems(str(FOLDER)) == []


def test_all_assertions_are_listed() -> None:
    """Five documents with 66 assertions between them."""
    counts = [len(read(name)["assertions"]) for name in FILES if name[0] == "0"]
    assert counts == [24, 14, 11, 7, 10]


PAIRS = [
    ("darvadstrocel", "crohns-fistula"),
    ("remestemcel-l", "gvhd"),
    ("hematopoietic-transplant", "multiple-sclerosis"),
    ("hematopoietic-transplant", "systemic-sclerosis"),
    ("hematopoietic-transplant", "crohns-disease"),
    ("mesenchymal-stem-cells", "multiple-sclerosis"),
    ("msc-umbilical", "lupus"),
    ("mesenchymal-stem-cells", "rheumatoid-arthritis"),
    ("mesenchymal-stem-cells", "type-1-diabetes"),
    ("mesenchymal-stem-cells", "inflammatory-bowel-disease"),
    ("msc-cord-blood", "atopic-dermatitis"),
    ("msc-bone-marrow", "atopic-dermatitis"),
    ("mesenchymal-stem-cells", "asthma"),
    ("mesenchymal-stem-cells", "food-allergy"),
    ("mesenchymal-stem-cells", "ankylosing-spondylitis"),
    ("mesenchymal-stem-cells", "psoriasis"),
    ("mesenchymal-stem-cells", "safety"),
    ("mesenchymal-stem-cells", "autoimmune-disease"),
    ("omisirge", "aplastic-anemia"),
    ("cartistem", "knee-osteoarthritis"),
    ("lenzumestrocel", "als"),
    ("stemirac", "spinal-cord-injury"),
    ("stem-cell-therapy", "autism"),
]


@pytest.mark.parametrize("pair", PAIRS)
def test_each_pair_has_a_record(pair: tuple[str, str]) -> None:
    """Every pair that was looked into is on record."""
    assert pair in {
        (record["intervention"], record["condition"]) for record in read("evidence.yaml")["records"]
    }


def test_the_axes_stay_apart() -> None:
    """No record derives a tier from an approval: the pairs with approvals alone have no tier."""
    for record in read("evidence.yaml")["records"]:
        granted = {entry["status"] for entry in record.get("regulatory", ())} & {"R2", "R3"}
        if granted and record["verified"]["tier"] in ("E3", "E4"):
            assert record.get("studies") or record["sources"]
    tiers = read("tiers.yaml")
    assert not {t["id"] for t in tiers["evidence"]} & {t["id"] for t in tiers["regulatory"]}


@pytest.mark.parametrize(
    ("tier", "allowed"),
    [("E0", "none"), ("E1", "none"), ("E2", "hedged"), ("E3", "hedged"), ("E4", "causal")],
)
def test_the_ladder_allows_what_the_contract_says(tier: str, allowed: str) -> None:
    """The strongest claim that each tier carries without a finding."""
    assert {entry["id"]: entry["allowed"] for entry in read("tiers.yaml")["evidence"]}[tier] == allowed


@pytest.mark.skipif(not SEEDS, reason="CLAIMLINT_SEEDS does not name the folder of source documents")
@pytest.mark.parametrize("name", [name for name in FILES if name[0] == "0"])
def test_locators_and_hashes_fit_the_documents(name: str) -> None:
    """Each file's hash, and each assertion's line, offsets and span hash, fit the source document."""
    record = read(name)
    data = (Path(str(SEEDS)) / record["file"]).read_bytes()
    text = data.decode("utf-8")
    assert hashlib.sha256(data).hexdigest() == record["sha256"]
    assert len(text) == record["characters"]
    for entry in record["assertions"]:
        at = entry["at"]
        assert text.count("\n", 0, at["start"]) + 1 == at["line"]
        assert text.count("\n", 0, at["end"] - 1) + 1 == at.get("end_line", at["line"])
        span = text[at["start"] : at["end"]]
        assert hashlib.sha256(span.encode()).hexdigest() == entry["sha256"]


def runs(text: str) -> set[tuple[str, ...]]:
    """All runs of nine words."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + 9]) for at in range(len(words) - 8)}


@pytest.mark.skipif(not SEEDS, reason="CLAIMLINT_SEEDS does not name the folder of source documents")
def test_no_sentence_of_the_documents_stands_in_the_repository() -> None:
    """No run of nine words of a source document occurs in any text file of the checkout."""
    theirs = {run for path in Path(str(SEEDS)).glob("*.txt") for run in runs(path.read_text("utf-8"))}
    assert len(theirs) > 1000
    root = Path(claimlint.__file__).parents[1]
    below = ("claimlint", "rulesets", "seeds", "docs", "tests", "examples", "reports", "bench", ".ci")
    files = [path for name in below for path in sorted((root / name).rglob("*")) if path.suffix != ".pyc"]
    files += sorted(root.glob("*.*"))
    texts = {}
    for path in files:
        if path.is_file():
            texts[str(path.relative_to(root))] = path.read_bytes().decode("utf-8", "replace")
    assert len(texts) > 100
    copied = {name: sorted(shared)[:2] for name, text in texts.items() if (shared := runs(text) & theirs)}
    assert copied == {}
