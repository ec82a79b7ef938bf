"""Loading the registry, and finding records: who may borrow whose evidence."""

from __future__ import annotations

import marshal
from pathlib import Path

import pytest

from claimlint.errors import RuleError
from claimlint.evidence import Registry, load
from claimlint.evidence.registry import build
from claimlint.rules.locate import data_path

SEEDS = data_path("seeds")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """The registry that ships."""
    return load(cache=False)


def ids(registry: Registry, intervention: str, condition: str) -> list[str]:
    """The ids of what `find` returns, in order."""
    return [str(record["id"]) for record in registry.find(intervention, condition)]


@pytest.mark.parametrize(
    ("intervention", "condition", "expected"),
    [
        ("hematopoietic-transplant", "lupus", ["hematopoietic-transplant/lupus"]),
        ("msc-umbilical", "asthma", ["mesenchymal-stem-cells/asthma"]),
        ("msc-umbilical", "lupus-nephritis", ["msc-umbilical/lupus"]),
        ("msc-bone-marrow", "lupus", []),
        ("mesenchymal-stem-cells", "gvhd", ["remestemcel-l/gvhd"]),
        ("msc-umbilical", "crohns-disease", ["mesenchymal-stem-cells/inflammatory-bowel-disease"]),
        ("msc-umbilical", "crohns-fistula", []),
        ("mesenchymal-stem-cells", "systemic-sclerosis", []),
        ("exosomes", "lupus", []),
        ("unheard-of", "lupus", []),
        (
            "stem-cell-therapy",
            "multiple-sclerosis",
            ["mesenchymal-stem-cells/multiple-sclerosis", "hematopoietic-transplant/multiple-sclerosis"],
        ),
    ],
)
def test_find(registry: Registry, intervention: str, condition: str, expected: list[str]) -> None:
    """A kind borrows from the broader kind, a broad one takes its kinds, nobody takes a sibling's."""
    assert ids(registry, intervention, condition) == expected


def test_a_class_takes_its_members_weakest_first(registry: Registry) -> None:
    """A claim about a class of conditions is held against all of its members on record."""
    tiers = [
        record["verified"]["tier"] for record in registry.find("mesenchymal-stem-cells", "autoimmune-disease")
    ]
    assert len(tiers) > 5
    assert tiers == sorted(tiers)


def test_superseded_records_are_never_found(registry: Registry) -> None:
    """What was replaced stays on file and takes no part in a verdict."""
    old = [record for record in registry.records() if record.get("superseded_by")]
    assert old
    for record in old:
        found = registry.find(record["intervention"], record["condition"])
        assert record["id"] not in [one["id"] for one in found]
        assert record["superseded_by"] in [one["id"] for one in found]


def test_the_loaded_form_can_be_cached() -> None:
    """What `build` returns is plain enough for marshal, and comes back equal."""
    data = build([f"{SEEDS}/tiers.yaml", f"{SEEDS}/evidence.yaml"])
    assert marshal.loads(marshal.dumps(data)) == data


def test_names_are_for_readers(registry: Registry) -> None:
    """Concepts have names; an unknown one shows its id in words."""
    assert registry.name("lupus") == "lupus"
    assert registry.name("some-new-thing") == "some new thing"


EXTRA = """\
version: 1
as_of: 2026-01-01
records:
  - id: msc-umbilical/knee-osteoarthritis
    intervention: msc-umbilical
    condition: knee-osteoarthritis
    verified: {tier: E2, confidence: M}
    summary: A trial of our own (2026).
    sources: [{title: Our trial, url: "https://example.org/trial", confidence: M}]
    as_of: 2026-01-01
    recheck_months: 12
"""


def test_extra_files_add_records(tmp_path: Path) -> None:
    """A team's own file adds pairs to the registry."""
    file = tmp_path / "own.yaml"
    file.write_text(EXTRA, encoding="utf-8")
    registry = load([str(file)], cache=False)
    assert ids(registry, "msc-umbilical", "knee-osteoarthritis") == ["msc-umbilical/knee-osteoarthritis"]


def test_extra_files_may_not_replace_records(tmp_path: Path) -> None:
    """An id that is taken is an error at its line, so that nobody overrides a record unseen."""
    file = tmp_path / "own.yaml"
    text = EXTRA.replace("msc-umbilical/knee-osteoarthritis", "msc-umbilical/lupus")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"own\.yaml:4: the id 'msc-umbilical/lupus' is taken"):
        load([str(file)], cache=False)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that isn't there is one clear error."""
    with pytest.raises(RuleError, match="can't be read"):
        load([str(tmp_path / "none.yaml")], cache=False)
