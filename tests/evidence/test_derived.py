"""What is derived from documents: drafts that follow the schema, and the figures on the five source pages."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import claimlint
from claimlint.commands import deriving
from claimlint.errors import ReadError, UsageError
from claimlint.evidence import derive
from claimlint.rules.locate import data_folder

AS_OF = date(2026, 11, 22)
FOLDER = data_folder("seeds")
SEEDS = os.environ.get("CLAIMLINT_SEEDS", "")
needs_seeds = pytest.mark.skipif(not SEEDS, reason="CLAIMLINT_SEEDS does not name the folder of documents")


def drafted(folder: Path, text: str, name: str = "page.txt") -> dict[str, Any]:
    """The draft derived from one document of that text."""
    path = folder / name
    path.write_text(text, "utf-8")
    return deriving.derive([str(path)], as_of=AS_OF)


CASES = [
    ("In mice, mesenchymal stem cells reduced asthma.", "mesenchymal-stem-cells", "asthma", "preclinical"),
    ("A case series suggests that exosomes may improve psoriasis.", "exosomes", "psoriasis", "early"),
    (
        "A randomised trial found that haematopoietic stem cell transplantation slowed multiple sclerosis.",
        "hematopoietic-transplant",
        "multiple-sclerosis",
        "randomised",
    ),
    (
        "A systematic review found that mesenchymal stem cells improved lupus, though further randomised trials are needed.",
        "mesenchymal-stem-cells",
        "lupus",
        "review",
    ),
    (
        "Darvadstrocel was approved in the EU for perianal fistula.",
        "darvadstrocel",
        "crohns-fistula",
        "approval",
    ),
    ("Exosomes relieve psoriasis.", "exosomes", "psoriasis", "unspecified"),
    ("Exosomes are investigational in psoriasis.", "exosomes", "psoriasis", "status"),
    (
        "A Phase III trial showed that mesenchymal stem cells relieve rheumatoid arthritis.",
        "mesenchymal-stem-cells",
        "rheumatoid-arthritis",
        "phase3",
    ),
    (
        "Preliminary studies suggest that mesenchymal stem cells can ease lupus.",
        "mesenchymal-stem-cells",
        "lupus",
        "early",
    ),
]


@pytest.mark.parametrize(("text", "intervention", "condition", "stage"), CASES, ids=[c[3] for c in CASES])
def test_one_sentence(tmp_path: Path, text: str, intervention: str, condition: str, stage: str) -> None:
    """A sentence gives one assertion with its pair and the study that it leans on."""
    (found,) = drafted(tmp_path, text)["documents"][0]["assertions"]
    assert (found["intervention"], found["stage"]) == (intervention, stage)
    assert condition in found["conditions"]
    assert text[found["at"]["start"] : found["at"]["end"]] == text


SILENT = [
    "Do exosomes relieve psoriasis?",
    "Antihistamines relieve hay fever.",
    "Psoriasis is a disease of the skin.",
    "Ask your doctor before you book.",
]


@pytest.mark.parametrize("text", SILENT)
def test_nothing_asserted(tmp_path: Path, text: str) -> None:
    """Questions, standard drugs, background and advice assert nothing of a treatment on record."""
    draft = drafted(tmp_path, text)
    assert (draft["documents"], draft["claimed"]) == ([], [])
    assert len(draft["nothing_asserted"]) == 1
    assert "1 document with none" in deriving.summary(draft)


@pytest.mark.parametrize(
    ("text", "direction", "tier"),
    [
        ("A randomised trial found that MSCs reduced relapses in lupus.", "benefit", "E2"),
        ("In a randomised trial in 80 people, MSCs did not improve lupus.", "against", None),
        (
            "A phase III trial of darvadstrocel in Crohn's fistula missed its primary endpoint.",
            "against",
            None,
        ),
        ("Darvadstrocel was approved in the EU for Crohn's fistula and was withdrawn.", "against", None),
        (
            "A phase 3 trial found that darvadstrocel did not close more fistulas than placebo in Crohn's disease.",
            "against",
            None,
        ),
        (
            "A randomised trial found that MSCs did not lead to fewer lesions than placebo in MS.",
            "against",
            None,
        ),
        ("In a randomised trial, MSCs closed no more lesions than placebo in MS.", "against", None),
        (
            "In a randomised trial, relapses with MSCs in lupus were similar to those on placebo.",
            "against",
            None,
        ),
        ("In a randomised trial, MSCs led to fewer relapses than placebo in lupus.", "benefit", "E2"),
        (
            "In a randomised trial, MSCs slowed lupus and did not lead to more deaths than placebo.",
            "benefit",
            "E2",
        ),
        ("Alofisel was withdrawn in the EU in 2024.", "against", None),
        ("Alofisel is no longer approved in the EU.", "against", None),
    ],
)
def test_a_study_that_found_nothing_lifts_no_tier(
    tmp_path: Path, text: str, direction: str, tier: str | None
) -> None:
    """A null result and an approval that was taken back speak against the pair, whatever their design."""
    draft = drafted(tmp_path, text)
    (found,) = draft["documents"][0]["assertions"]
    assert found["direction"] == direction
    assert {entry["tier"] for entry in draft["claimed"]} <= {tier, "E1" if tier else None}


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("Alofisel was withdrawn in the EU in 2024.", ["crohns-fistula"]),
        (
            "Darvadstrocel closed fistulas in people with Crohn's disease in a phase 3 trial.",
            ["crohns-fistula"],
        ),
        ("In a randomised trial, MSCs eased nephritis in people with lupus.", ["lupus-nephritis"]),
        ("In a randomised trial, MSCs eased Crohn's disease.", ["crohns-disease"]),
        ("MSCs may ease psoriasis.\n\nAlofisel was withdrawn in the EU in 2024.", ["crohns-fistula"]),
    ],
)
def test_the_condition_is_as_narrow_as_the_words(tmp_path: Path, text: str, conditions: list[str]) -> None:
    """Two halves in one sentence name the narrower condition; what was withdrawn is withdrawn for its own use."""
    assert drafted(tmp_path, text)["documents"][0]["assertions"][-1]["conditions"] == conditions


def test_an_approval_that_was_not_withdrawn_is_not_against(tmp_path: Path) -> None:
    """A withdrawal that is denied, and patients who left a trial, take no approval back."""
    assert drafted(tmp_path, "Alofisel has not been withdrawn in Japan.")["documents"] == []
    left = "In a randomised trial of MSCs in lupus, three patients were withdrawn from the study."
    assert "approval" not in {one["stage"] for one in drafted(tmp_path, left)["documents"][0]["assertions"]}


def test_an_id_counts_where_the_assertion_stands(tmp_path: Path) -> None:
    """An identifier of another paragraph lifts nothing; one beside the assertion marks it as cited."""
    claim = "The randomised STELLA trial found that MSCs reduced relapses in lupus."
    apart = drafted(tmp_path, f"{claim}\n\nOur building won a prize (doi 10.1000/prize.1).")
    (found,) = apart["documents"][0]["assertions"]
    assert "cited" not in found
    beside = drafted(tmp_path, f"{claim} It is on record as doi 10.1000/stella.1.")
    assert any(one.get("cited") for one in beside["documents"][0]["assertions"])


def test_a_larger_null_trial_outweighs_a_pilot(tmp_path: Path) -> None:
    """A controlled trial in many that found nothing settles a conflict with a small early study."""
    pilot = "A pilot study in 10 patients suggests that MSCs improve multiple sclerosis."
    null = "In a randomised trial in 144 patients, MSCs did not improve multiple sclerosis."
    tiers = {one["condition"]: one["tier"] for one in drafted(tmp_path, f"{pilot}\n\n{null}")["claimed"]}
    assert tiers["multiple-sclerosis"] == "E0"
    alone = {one["condition"]: one["tier"] for one in drafted(tmp_path, pilot)["claimed"]}
    assert alone["multiple-sclerosis"] in ("E1", "E2")


def test_a_treatment_that_is_not_on_record(tmp_path: Path) -> None:
    """A page about a treatment that the registry doesn't know is read all the same, and its pair is new."""
    text = "A small study suggests that ozone therapy may relieve psoriasis."
    draft = drafted(tmp_path, text)
    (found,) = draft["documents"][0]["assertions"]
    assert (found["intervention"], found["conditions"], found["stage"]) == (
        "ozone-therapy",
        ["psoriasis"],
        "early",
    )
    assert [(entry["tier"], "on_record" in entry) for entry in draft["claimed"]] == [("E1", False)]


def test_a_study_goes_on(tmp_path: Path) -> None:
    """A sentence that goes on about a study keeps its design, and both make one assertion."""
    text = "An open-label trial gave exosomes to 20 patients with psoriasis. Results showed less itching."
    (found,) = drafted(tmp_path, text)["documents"][0]["assertions"]
    assert (found["stage"], found["n"], found["at"]["end"]) == ("early", 20, len(text))


def test_lines_that_claim_too_much(tmp_path: Path) -> None:
    """The draft names the lines with a warning or an error, and no others."""
    text = "Exosomes were studied in psoriasis.\n\nExosomes cure psoriasis.\n\nExosomes may ease psoriasis.\n"
    (record,) = drafted(tmp_path, text)["documents"]
    assert record["credibility"]["overclaim_lines"] == [3]


def test_short_names_of_the_document(tmp_path: Path) -> None:
    """A short name that the document introduces stands for the condition later."""
    text = "Atopic dermatitis (AD) is common.\n\nExosomes improve symptoms of AD."
    (found,) = drafted(tmp_path, text)["documents"][0]["assertions"]
    assert found["conditions"] == ["atopic-dermatitis"]


@pytest.mark.parametrize(
    "unit",
    ["(AD) ", "Psoriasis (AB). ", "Exosomes relieve psoriasis. ", "phase 1/ trial ", "# On exosomes\n\n"],
)
def test_cost_grows_with_the_document(tmp_path: Path, unit: str) -> None:
    """Eight times the text takes far less than the 64 times that a quadratic reading would."""

    def seconds(repeats: int) -> float:
        started = time.process_time()
        drafted(tmp_path, unit * repeats, "page.md")
        return time.process_time() - started

    base = seconds(1)
    small = max(seconds(200) - base, 0.05)
    assert seconds(1_600) - base < 32 * small


def test_kinds_of_cells_stay_apart(tmp_path: Path) -> None:
    """A trial of one kind of cell lifts no other pair."""
    text = (
        "A randomised trial found that haematopoietic stem cell transplantation slowed multiple sclerosis.\n\n"
        "Mesenchymal stem cells slow multiple sclerosis."
    )
    tiers = {entry["intervention"]: entry["tier"] for entry in drafted(tmp_path, text)["claimed"]}
    assert tiers["mesenchymal-stem-cells"] == "E1"


def test_a_draft_follows_the_published_schema(tmp_path: Path) -> None:
    """Each document of a draft is a valid seed record, also after a round through YAML."""
    schema = json.loads((Path(claimlint.__file__).parent / "schemas" / "seed.schema.json").read_text("utf-8"))
    derived = drafted(tmp_path, "\n\n".join(case[0] for case in CASES), "Lumora page.txt")
    text = deriving.render(derived)
    assert text == deriving.render(
        drafted(tmp_path, "\n\n".join(case[0] for case in CASES), "Lumora page.txt")
    )
    (record,) = yaml.safe_load(text)["documents"]
    assert [error.message for error in Draft202012Validator(schema).iter_errors(record)] == []


def test_documents_that_can_not_be_read(tmp_path: Path) -> None:
    """A folder, a missing file and another language are told, each with what to do."""
    with pytest.raises(UsageError, match="one by one"):
        deriving.derive([str(tmp_path)], as_of=AS_OF)
    with pytest.raises(UsageError, match="isn't there"):
        deriving.derive([str(tmp_path / "none.txt")], as_of=AS_OF)
    with pytest.raises(ReadError, match="German"):
        drafted(
            tmp_path,
            "Unsere Behandlung lindert die Beschwerden und hilft allen Patienten, die zu uns kommen. " * 5,
        )


@cache
def on_seeds() -> dict[str, Any]:
    """The draft of the five source documents."""
    return deriving.derive(sorted(str(path) for path in Path(SEEDS).glob("00*.txt")), as_of=AS_OF)


@cache
def listed() -> dict[str, dict[str, Any]]:
    """The hand-made assertions by id, each with the derived ones that overlap it and name its pair, best first."""
    out: dict[str, dict[str, Any]] = {}
    drafts = {record["file"]: record for record in on_seeds()["documents"]}
    for path in sorted(FOLDER.glob("00*.yaml")):
        seed = yaml.safe_load(path.read_text("utf-8"))
        for entry in seed["assertions"]:
            low, high = entry["at"]["start"], entry["at"]["end"]
            met = []
            for one in drafts[seed["file"]]["assertions"]:
                shared = min(high, one["at"]["end"]) - max(low, one["at"]["start"])
                same = one["intervention"] == entry["intervention"]
                if shared > 0 and same and set(one["conditions"]) & set(entry["conditions"]):
                    met.append((shared, one))
            met.sort(key=lambda pair: -pair[0])
            out[entry["id"]] = {**entry, "met": [one for _, one in met]}
    return out


@needs_seeds
def test_recall_and_stages_on_the_source_pages() -> None:
    """At least 80% of the listed assertions are found, and 85% of these with the right stage."""
    found = {key: entry for key, entry in listed().items() if entry["met"]}
    wrong = {
        key: (entry["stage"], entry["met"][0]["stage"])
        for key, entry in found.items()
        if entry["stage"] != entry["met"][0]["stage"]
    }
    recall, right = len(found) / len(listed()), 1 - len(wrong) / len(found)
    print(f"found {len(found)} of {len(listed())} ({recall:.0%}), right stage {right:.0%}")
    print("missed:", ", ".join(sorted(set(listed()) - set(found))), "\nother stage:", wrong)
    assert recall >= 0.80
    assert right >= 0.85


@needs_seeds
def test_claimed_tiers_of_the_registry_come_out_again() -> None:
    """What is derived of the assertions behind a record combines to its committed claimed tier; differences are printed."""
    tiers = yaml.safe_load((FOLDER / "tiers.yaml").read_text("utf-8"))
    evidence = yaml.safe_load((FOLDER / "evidence.yaml").read_text("utf-8"))
    credibility = {record["id"]: record["credibility"]["estimate"] for record in on_seeds()["documents"]}
    differ = {}
    for record in (*evidence["records"], *evidence["mechanism_records"]):
        if "claimed" not in record:
            continue
        behind = [one for seed in record["claimed"]["seeds"] for one in listed()[seed]["met"]]
        tier = derive.claimed_tier(behind, credibility, tiers)
        if tier != record["claimed"]["tier"]:
            differ[record["id"]] = (record["claimed"]["tier"], tier)
    print("record: (committed, derived)", differ or "no difference")
    assert differ == {}


@needs_seeds
def test_pairs_by_themselves() -> None:
    """Pair by pair, without the hand-made list, at least nine in ten pairs that both know get the same tier."""
    tiers = yaml.safe_load((FOLDER / "tiers.yaml").read_text("utf-8"))
    seeds = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("00*.yaml"))]
    by_hand = derive.combine(
        [entry for seed in seeds for entry in seed["assertions"]],
        {seed["id"]: seed["credibility"]["estimate"] for seed in seeds},
        tiers,
    )
    derived = {(e["intervention"], e["condition"]): e["tier"] for e in on_seeds()["claimed"]}
    both = sorted(set(by_hand) & set(derived))
    differ = {pair: (by_hand[pair], derived[pair]) for pair in both if by_hand[pair] != derived[pair]}
    print(f"{len(both)} of {len(by_hand)} pairs in both; differing:", differ)
    assert len(both) >= 0.8 * len(by_hand)
    assert len(differ) <= 0.1 * len(both)
