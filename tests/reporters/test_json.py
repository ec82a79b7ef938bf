"""The JSON outputs keep the contract that the published schemas state."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files

import jsonschema
import pytest

from claimlint.errors import UsageError
from claimlint.model import replace
from claimlint.reporters import render
from claimlint.reporters.claims import render_claims

from . import runs

ALL = [*runs.STANDARD.values(), runs.hostile]


def schema(name: str) -> dict:
    return json.loads(files("claimlint").joinpath("schemas", f"{name}.schema.json").read_text("utf-8"))


def validate(value: dict, name: str) -> None:
    jsonschema.Draft202012Validator(schema(name)).validate(value)


@pytest.mark.parametrize("name", ["check", "claims"])
def test_schemas_are_schemas(name):
    """Both published schemas are valid draft 2020-12."""
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_check_output_is_valid(make):
    """Every run, hostile ones too, gives output that its schema accepts."""
    validate(json.loads(render("json", make())), "check")
    validate(json.loads(render("json", replace(make(), show_suppressed=True))), "check")


def test_schema_refuses_what_it_does_not_know():
    """A field too many or too few is refused: the schema is tight enough to test with."""
    good = json.loads(render("json", runs.mixed()))
    for broken in (
        {**good, "extra": 1},
        {key: value for key, value in good.items() if key != "failures"},
        {**good, "findings": [{**good["findings"][0], "severity": "fatal"}]},
        {**good, "summary": {**good["summary"], "skipped": -1}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            validate(broken, "check")


def test_spans_are_code_points_and_lines_start_at_one():
    """start and end cut the quote out of the source; line and column agree with them."""
    run = runs.mixed()
    source = run.checked[0].document.source
    found = json.loads(render("json", run))["findings"]
    for item in found[:3]:
        assert source[item["start"] : item["end"]] == item["quote"]
        line = source.split("\n")[item["line"] - 1]
        assert line[item["column"] - 1 : item["end_column"] - 1] == item["quote"]


def test_document_level_finding_has_no_place():
    """A finding about the whole document has null for every position."""
    item = next(f for f in json.loads(render("json", runs.mixed()))["findings"] if f["quote"] == "")
    assert [item[key] for key in ("start", "end", "line", "column", "end_line", "end_column")] == [None] * 6


def test_locator_of_formats_without_offsets():
    """A finding in a docx says its paragraph; one in Markdown has no locator."""
    found = json.loads(render("json", runs.mixed()))["findings"]
    assert [item.get("locator") for item in found if item["path"].endswith("docx")] == ["paragraph 12"]
    assert all("locator" not in item for item in found if item["path"].endswith("md"))


def test_summary():
    """Counts by severity and category, and what was left out."""
    summary = json.loads(render("json", runs.mixed()))["summary"]
    assert (summary["errors"], summary["warnings"], summary["notes"]) == (3, 1, 1)
    assert (summary["suppressed"], summary["held_back"], summary["skipped"]) == (1, 7, 3)
    assert summary["categories"] == {"cure": 1, "missing-notice": 1, "proof": 2, "superiority": 1}
    assert json.loads(render("json", runs.failures()))["summary"]["not_checked"] == 2


def test_documents_without_findings_are_listed():
    """Each document checked appears with its eight signals."""
    documents = json.loads(render("json", runs.mixed()))["documents"]
    assert [item["path"] for item in documents] == ["site/home page.md", "site/leaflet.docx", "site/kind.md"]
    assert documents[0]["signals"]["promotes"] is True
    assert documents[0]["signals"]["harms"] is False


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_claims_ledger_is_valid(make):
    """The ledger of every run keeps its schema."""
    validate(json.loads(render_claims(make(), "json")), "claims")


def test_claims_ledger_rows():
    """Slots, strength, verdict and the words that decided come out, with source positions."""
    run = runs.mixed()
    first, second = json.loads(render_claims(run, "json"))["claims"]
    source = run.checked[0].document.source
    assert source[first["start"] : first["end"]] == first["text"] == "proven to cure eczema"
    assert (first["strength"], first["verdict"], first["evidence"]["tier"]) == (
        "absolute",
        "stronger-than-evidence",
        "E1",
    )
    why = first["why"][0]
    assert source[why["start"] : why["end"]] == why["text"] == "proven"
    assert (second["modal"], second["negated"], second["verdict"], second["evidence"]) == (
        "can",
        True,
        None,
        None,
    )


def test_claims_ledger_table_and_csv():
    """A person and a spreadsheet get the same claims; failures are named in the table."""
    table = render_claims(runs.mixed(), "table")
    assert "vitamin-drip / cure / eczema" in table
    assert table.endswith("2 claims in 3 files\n")
    assert "COULD NOT CHECK site/french.md" in render_claims(runs.failures(), "table")
    rows = list(csv.DictReader(io.StringIO(render_claims(runs.mixed(), "csv"))))
    assert [row["strength"] for row in rows] == ["absolute", "causal"]
    assert rows[0]["why"] == 'booster "proven"'


def test_unknown_ledger_format():
    """A misspelt ledger format is a usage error with the nearest name."""
    with pytest.raises(UsageError, match="did you mean 'json'"):
        render_claims(runs.clean(), "jsn")
