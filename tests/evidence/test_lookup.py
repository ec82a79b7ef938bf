"""Records are found by the names that people use, and what is near is told where none is found."""

from __future__ import annotations

import pytest

from claimlint.cli import main

HSCT = "hematopoietic-transplant"


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[list[str], str]:
    """The ids that are listed for the words, and what is said besides."""
    assert main(["evidence", "list", *words]) == 0
    told = capsys.readouterr()
    return [line.split()[0] for line in told.out.splitlines()], told.err


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["ryoncil"], ["remestemcel-l/gvhd"]),
        (["Prochymal"], ["remestemcel-l/gvhd"]),
        (["alofisel"], ["darvadstrocel/crohns-fistula", "darvadstrocel/crohns-fistula/2018"]),
        (["MS"], [f"{HSCT}/multiple-sclerosis", "mesenchymal-stem-cells/multiple-sclerosis"]),
        (["multiple", "sclerosis"], [f"{HSCT}/multiple-sclerosis", "mesenchymal-stem-cells/multiple-sclerosis"]),
        (["hsct", "MS"], [f"{HSCT}/multiple-sclerosis"]),
        (["Crohn's disease", "hsct"], [f"{HSCT}/crohns-disease"]),
        (["eczema", "cord"], ["msc-cord-blood/atopic-dermatitis", "msc-cord-blood/atopic-dermatitis/2017"]),
        (["rheumat"], ["mesenchymal-stem-cells/rheumatoid-arthritis"]),
    ],
)  # fmt: skip
def test_names_lead_to_records(capsys: pytest.CaptureFixture[str], words: list[str], ids: list[str]) -> None:
    """Products, abbreviations, synonyms and the start of a word do; letters inside a word ("msc" for "MS") do not."""
    assert listed(capsys, *words) == (ids, "")


def test_a_name_takes_in_narrower_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    """Who asks for transplant gets all of its records, and for mesenchymal cells also those of their products."""
    ids, _ = listed(capsys, "hsct")
    assert len(ids) > 3
    assert {one.split("/")[0] for one in ids} == {HSCT}
    assert "remestemcel-l/gvhd" in listed(capsys, "MSCs")[0]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["ryoncyl"], "did you mean 'ryoncil'?"),
        (["exosomes", "MS"], f"near are {HSCT}/multiple-sclerosis, mesenchymal-stem-cells/multiple-sclerosis"),
        (["xyzzy"], "'claimlint evidence list' shows all records"),
    ],
)  # fmt: skip
def test_what_is_near_is_told(capsys: pytest.CaptureFixture[str], words: list[str], hint: str) -> None:
    """An empty list says why: a slip of spelling, a pair that nobody looked at, or a word that is unknown."""
    ids, told = listed(capsys, *words)
    assert ids == []
    assert f"no record on '{' '.join(words)}': {hint}" in told


def test_one_record_is_shown_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that fits one record in force shows it; one that fits several lists their ids."""
    for name, record in (("ryoncil", "remestemcel-l/gvhd"), ("alofisel", "darvadstrocel/crohns-fistula")):
        assert main(["evidence", "show", name]) == 0
        assert f"id: {record}\n" in capsys.readouterr().out
    assert main(["evidence", "show", "hsct", "MS"]) == 0
    assert f"id: {HSCT}/multiple-sclerosis\n" in capsys.readouterr().out
    assert main(["evidence", "show", "hsct"]) == 2
    assert f"name one of {HSCT}/crohns-disease" in capsys.readouterr().err
    assert main(["evidence", "show", "ryoncyl"]) == 2
    assert "did you mean 'ryoncil'?" in capsys.readouterr().err
