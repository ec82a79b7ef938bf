"""The sample reports are what the program writes today, and the example pages give what they promise."""

from __future__ import annotations

import importlib.util
import json
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

import claimlint
from claimlint.readers import SUFFIXES

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
REPORTS = ROOT / "reports"
FOLDERS = ("bad", "leaflet", "mended", "mixed")
BY_PROFILE = {"intended-use"}
"""Categories that only the regulator profile reports."""


def tool() -> ModuleType:
    """bench/samples.py, which is no package."""
    spec = importlib.util.spec_from_file_location("samples", ROOT / "bench" / "samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SAMPLES = tool().SAMPLES


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all samples, made now."""
    folder = tmp_path_factory.mktemp("reports")
    tool().make(folder)
    return folder


@pytest.fixture(scope="session")
def report(made: Path) -> dict[str, Any]:
    """The JSON report of all examples."""
    loaded: dict[str, Any] = json.loads((made / "check.json").read_text(encoding="utf-8"))
    return loaded


def findings(report: dict[str, Any], page: str) -> list[dict[str, Any]]:
    """The findings of one example page."""
    return [found for found in report["findings"] if found["path"] == f"examples/{page}"]


def schema(name: str) -> Draft202012Validator:
    """The validator of a schema that ships with the package."""
    path = Path(claimlint.__file__).parent / "schemas" / f"{name}.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_current(name: str, made: Path) -> None:
    """Each file in reports/ is byte for byte what its command writes; else run python bench/samples.py."""
    old, new = (
        parts(folder / name) if name.endswith(".docx") else (folder / name).read_bytes()
        for folder in (REPORTS, made)
    )
    assert old == new, "run: python bench/samples.py"


def parts(path: Path) -> dict[str, bytes]:
    """What a Word document is made of; how well a machine packs it is no matter."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_reports_holds_nothing_else() -> None:
    """No sample outlives the command that made it."""
    assert {path.name for path in REPORTS.iterdir()} == set(SAMPLES)


@pytest.mark.parametrize("name", ["check", "claims"])
def test_json_samples_follow_their_schema(name: str, made: Path) -> None:
    """The JSON samples are valid against the published schemas."""
    data = json.loads((made / f"{name}.json").read_text(encoding="utf-8"))
    assert [error.message for error in schema(name).iter_errors(data)] == []


def test_every_example_was_read(report: dict[str, Any]) -> None:
    """Every file below examples/ is a document of the report, and none is a failure."""
    files = {path.relative_to(ROOT).as_posix() for path in EXAMPLES.rglob("*") if path.is_file()}
    assert {document["path"] for document in report["documents"]} == files
    assert report["failures"] == []


@pytest.mark.parametrize("reader", sorted(set(SUFFIXES.values())))
def test_every_reader_has_an_example(reader: str) -> None:
    """A newcomer finds a page in a format of each reader."""
    known = [suffix for suffix, module in SUFFIXES.items() if module == reader]
    assert any(path.name.endswith(tuple(known)) for path in EXAMPLES.rglob("*")), f"no example of {known}"


@pytest.mark.parametrize("page", sorted(path.name for path in (EXAMPLES / "bad").iterdir()))
def test_a_bad_page_has_its_mended_counterpart(page: str, report: dict[str, Any]) -> None:
    """Each bad page has findings above a note, and a counterpart of the same name that says it honestly."""
    assert any(found["severity"] != "note" for found in findings(report, f"bad/{page}"))
    assert (EXAMPLES / "mended" / page).is_file()


@pytest.mark.parametrize(
    "page",
    sorted(
        path.relative_to(EXAMPLES).as_posix()
        for folder in ("mended", "leaflet")
        for path in (EXAMPLES / folder).iterdir()
    ),
)
def test_a_mended_page_has_no_error_and_no_warning(page: str, report: dict[str, Any]) -> None:
    """Honest copy, and a warning against miracle cures, raise notes at most."""
    loud = [
        (found["rule"], found["line"], found["quote"])
        for found in findings(report, page)
        if found["severity"] != "note"
    ]
    assert loud == []


def test_bad_pages_show_every_category(report: dict[str, Any]) -> None:
    """Whatever category has a rule is raised by some bad page, so that the samples show it."""
    rules = [rule for rule in claimlint.load_rules().rules if not rule.id.startswith("claimlint/")]
    shown = {found["category"] for found in report["findings"] if found["path"].startswith("examples/bad/")}
    assert {rule.category for rule in rules} - BY_PROFILE - shown == set()


def test_the_regulator_sample_names_intended_use(made: Path) -> None:
    """The regulator's reading of a bad page lists what the others leave out."""
    assert "core/intended-use/" in (made / "regulator.txt").read_text(encoding="utf-8")


class Case(NamedTuple):
    """What an example shaped like a known document must raise and must not raise.

    Both are (categories, words): a finding of one of the categories, none meaning any, whose quote lies in
    ``words`` or has them in it. ``quiet`` words get a note at most.
    """

    page: str
    raised: tuple[tuple[str, str], ...]
    absent: tuple[tuple[str, str], ...]
    quiet: tuple[str, ...] = ()


CASES = (
    Case(
        "bad/allergy-cells.md",
        raised=(
            ("mechanism", "reset your immune system"),
            ("proof", "proves that"),
            ("evidence efficacy", "better lung function"),
        ),
        absent=(
            ("missing-notice", ""),
            ("cta-without-risk", ""),
            ("cure proof", "not yet a cure for everyone"),
        ),
        quiet=("19 years of experience", "a pioneer of regenerative medicine", "a safe, innovative pathway"),
    ),
    Case(
        "bad/new-era.html",
        raised=(
            ("superiority", "New Era of Healing"),
            ("evidence efficacy", "reduce joint inflammation"),
            ("evidence efficacy mechanism", "regenerate the beta cells"),
            ("evidence efficacy", "reduce inflammation of the gut"),
            ("mechanism", "Reprogramming the immune system"),
            ("superiority", "Fewer side effects"),
            ("disparage", "they never reach the root cause"),
            ("credibility", ""),
        ),
        absent=(("missing-notice", ""), ("cure", "they do not offer a cure")),
    ),
    Case(
        "bad/autoimmune-landing.txt",
        raised=(
            ("cta-without-risk", ""),
            ("missing-notice", ""),
            ("evidence efficacy", "halt new lesions"),
        ),
        absent=(("cure", "not a cure"),),
    ),
    Case(
        "bad/eczema-trial.txt",
        raised=(
            ("proof", "proven"),
            ("safety", "safe and effective"),
            ("proof", "the first trial to confirm the safety and efficacy"),
        ),
        absent=(("cta-without-risk", ""),),
    ),
    Case(
        "mixed/transplant-explainer.txt",
        raised=(("evidence", "local injection of MSCs led to more remissions"),),
        absent=(("cta-without-risk", ""), ("missing-notice", ""), ("cure", "")),
        quiet=(
            'to "reset" the immune system',
            "HSCT slowed the disease more than drugs did",
            "HSCT prolonged survival",
        ),
    ),
)


def touching(found: list[dict[str, Any]], categories: str, words: str) -> list[dict[str, Any]]:
    """The findings of these categories whose quote overlaps ``words``."""
    return [
        item
        for item in found
        if (not categories or item["category"] in categories.split())
        and (not words or item["quote"] in words or words in item["quote"])
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.page)
def test_known_shapes_are_judged_as_agreed(case: Case, report: dict[str, Any]) -> None:
    """The examples in the shape of known documents raise what they must, and nothing that they must not."""
    found = findings(report, case.page)
    assert [want for want in case.raised if not touching(found, *want)] == []
    assert [unwanted for unwanted in case.absent if touching(found, *unwanted)] == []
    loud = [item for item in found if item["severity"] != "note"]
    assert [words for words in case.quiet if touching(loud, "", words)] == []


def test_the_withdrawn_approval_is_named_with_date_and_source(report: dict[str, Any]) -> None:
    """Proof that leans on one approval is answered with the day on which that approval ended."""
    (found,) = touching(findings(report, "bad/allergy-cells.md"), "proof", "proves that")
    assert "2024" in json.dumps(found["evidence"])
    assert "withdrawn" in json.dumps(found)
    assert "https://" in json.dumps(found["evidence"])


def test_the_mixed_explainer_has_no_error_and_an_overtaken_result(report: dict[str, Any]) -> None:
    """Transplant trials are left alone; the earlier of two trials of one product is a warning."""
    found = findings(report, "mixed/transplant-explainer.txt")
    assert [item["rule"] for item in found if item["severity"] == "error"] == []
    (overtaken,) = touching(found, "evidence", "local injection of MSCs led to more remissions")
    assert overtaken["severity"] == "warning"
    assert overtaken["evidence"]


def test_mixed_pages_silence_with_reasons(report: dict[str, Any], made: Path) -> None:
    """A mixed page shows working suppressions, each with its reason, and none that is unused."""
    text = (made / "suppressed.txt").read_text(encoding="utf-8")
    assert report["summary"]["suppressed"] >= 2
    assert "The name of a prize" in text
    assert "claimlint/unused-suppression" not in text
