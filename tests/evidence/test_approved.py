"""A team's approved claims: what they cover, until when, where, and what a file of them must look like."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

import claimlint
from claimlint import evidence, readers
from claimlint.checking import Engines, Job
from claimlint.cli import main
from claimlint.config import Settings
from claimlint.engine import Engine
from claimlint.errors import RuleError
from claimlint.evidence.check import problems
from claimlint.model import Checked
from tests.corecheck import ruleset

AS_OF = date(2030, 6, 1)
REFERENCE = {"id": "glow-2029", "title": "Glow trial", "doi": "10.1000/glow.29", "nct": "NCT01234567"}
CLAIM = {
    "id": "exo-psoriasis",
    "text": "Exosomes relieve psoriasis.",
    "product": "exosomes",
    "indication": "psoriasis",
    "strength": "causal",
    "references": ["glow-2029"],
    "owner": "Dr. Ima Madeup",
    "market": ["eu"],
    "valid_until": "2030-12-31",
}


def written(
    folder: Path, *claims: dict[str, Any], references: tuple[dict[str, Any], ...] = (REFERENCE,)
) -> str:
    """The path of a file with these approved claims."""
    path = folder / "lumora.yaml"
    data = {"version": 1, "references": list(references), "claims": list(claims)}
    path.write_text(json.dumps(data, indent=1), "utf-8")  # JSON is YAML
    return str(path)


def checked(path: str, text: str, as_of: date = AS_OF, market: str | None = None) -> Checked:
    """``text`` checked with the approved claims in the file."""
    registry = evidence.load((path,), cache=False, market=market)
    engine = Engine(ruleset(), registry, profile="team", as_of=as_of)
    return engine.check(readers.read("page.txt", text.encode()))


def test_the_settings_name_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`evidence:` in the settings adds approvals for the command."""
    written(tmp_path, CLAIM)
    (tmp_path / "page.txt").write_text(TEXT, "utf-8")
    (tmp_path / ".claimlint.yaml").write_text("evidence: [lumora.yaml]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["claims", "page.txt", "--format", "json", "--as-of", "2030-06-01"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["claims"]
    assert row["verdict"] == "supported"


def test_the_settings_name_the_market(tmp_path: Path) -> None:
    """`jurisdiction:` in the settings is the market of the copy; each has an engine of its own."""
    path = written(tmp_path, CLAIM)
    engines = Engines(Job(AS_OF))
    for jurisdiction, expected in (("eu", "supported"), ("jp", "no-evidence-on-record")):
        settings = Settings(root=str(tmp_path), evidence=(path,), jurisdiction=jurisdiction)
        made = engines.engine(settings).check(readers.read("page.txt", TEXT.encode()))
        assert verdicts(made) == [expected]


def test_the_list_shows_approved_claims(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`evidence list` and `show` know a team's approved claims beside the records."""
    path = written(tmp_path, CLAIM)
    assert main(["evidence", "list", "--evidence", path, "exo-psoriasis"]) == 0
    listed = capsys.readouterr().out
    assert listed.split()[0] == "approved/exo-psoriasis"
    assert "2030-12-31" in listed
    assert main(["evidence", "show", "approved/exo-psoriasis", "--evidence", path]) == 0
    assert "Dr. Ima Madeup" in capsys.readouterr().out


def about_claims(made: Checked) -> set[str]:
    """Categories of the findings about words, in a page that is otherwise bare."""
    page = {"missing-notice", "cta-without-risk", "credibility"}
    return {finding.category for finding in made.findings} - page


def verdicts(made: Checked) -> list[str | None]:
    """The verdict on each claim."""
    return [verdict.verdict if verdict else None for _, verdict in made.claims]


TEXT = "Exosomes relieve psoriasis."


def test_an_approved_claim_is_supported_and_says_by_what(tmp_path: Path) -> None:
    """The claim is a finding without the approval, and with it is supported, with owner, last day and references."""
    other = {**CLAIM, "text": "Exosomes relieve asthma.", "indication": "asthma"}
    assert about_claims(checked(written(tmp_path, other), TEXT))
    made = checked(written(tmp_path, CLAIM), TEXT)
    assert about_claims(made) == set()
    ((_, verdict),) = made.claims
    assert verdict is not None
    assert (verdict.verdict, verdict.records) == ("supported", ("approved/exo-psoriasis",))
    for said in ("Dr. Ima Madeup", "2030-12-31", "DOI 10.1000/glow.29", ", NCT01234567", "eu"):
        assert said in verdict.detail


def test_a_stronger_claim_is_told_how_far_the_approval_goes(tmp_path: Path) -> None:
    """A plain claim under a hedged approval stays a finding, which names the approval and its strength."""
    path = written(tmp_path, {**CLAIM, "strength": "hedged", "text": "Exosomes may relieve psoriasis."})
    ((_, verdict),) = checked(path, TEXT).claims
    assert verdict is not None
    assert verdict.verdict == "no-evidence-on-record"
    told = "The approval 'exo-psoriasis' goes no further than a hedged claim."
    assert told in verdict.detail
    assert any(told in finding.message for finding in checked(path, TEXT).findings)


def test_the_last_day_counts_and_the_next_does_not(tmp_path: Path) -> None:
    """On the last day the approval holds; a day later the finding returns and says that the approval ended."""
    path = written(tmp_path, CLAIM)
    assert about_claims(checked(path, TEXT, date(2030, 12, 31))) == set()
    made = checked(path, TEXT, date(2031, 1, 1))
    assert about_claims(made)
    ((_, verdict),) = made.claims
    assert verdict is not None
    assert "ended on 2030-12-31" in verdict.detail
    assert any("ended on 2030-12-31" in finding.message for finding in made.findings)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Exosomes always relieve psoriasis.", "absolute"),
        ("PRP relieves psoriasis.", "another product"),
        ("Exosomes relieve asthma.", "another use"),
        ("Exosomes relieve itching.", "other words"),
    ],
)
def test_what_an_approval_does_not_cover(tmp_path: Path, text: str, why: str) -> None:
    """Greater strength, another product, another use and other words are judged as if nothing were approved."""
    assert "supported" not in verdicts(checked(written(tmp_path, CLAIM), text)), why


def test_greater_strength(tmp_path: Path) -> None:
    """Words approved with a hedge aren't approved without it."""
    claim = {**CLAIM, "text": "", "strength": "hedged"}
    del claim["text"]
    path = written(tmp_path, claim)
    assert verdicts(checked(path, "Exosomes may relieve psoriasis.")) == ["supported"]
    assert "supported" not in verdicts(checked(path, TEXT))


@pytest.mark.parametrize(("market", "covered"), [("eu", True), (None, True), ("us-federal", False)])
def test_markets(tmp_path: Path, market: str | None, covered: bool) -> None:
    """An approval for one market covers no copy for another; where the copy's market isn't set it is told."""
    made = checked(written(tmp_path, CLAIM), TEXT, market=market)
    assert (verdicts(made) == ["supported"]) is covered


def test_words_beside_an_approved_claim_are_judged(tmp_path: Path) -> None:
    """An approval covers its own words and not the promise beside them."""
    made = checked(written(tmp_path, CLAIM), "Exosomes relieve psoriasis. They cure asthma.")
    assert about_claims(made)
    assert verdicts(made)[0] == "supported"


def test_phrases(tmp_path: Path) -> None:
    """A phrase with the rest of a word, a choice and a gap covers each wording that it describes."""
    claim = {**CLAIM, "phrases": ["exosomes reliev* (psoriasis|plaques)", "ease ~ psoriasis"]}
    del claim["text"]
    path = written(tmp_path, claim)
    assert verdicts(checked(path, "Exosomes relieved psoriasis.")) == ["supported"]
    assert verdicts(checked(path, "Exosomes ease stubborn psoriasis.")) == ["supported"]
    assert "supported" not in verdicts(checked(path, "Exosomes treat psoriasis."))


def test_an_approval_does_not_make_the_false_true(tmp_path: Path) -> None:
    """What the registry calls contradicted stays so, and the report says that the approval doesn't outweigh it."""
    claim = {
        **CLAIM,
        "text": "Mesenchymal stem cells treat multiple sclerosis.",
        "product": "mesenchymal stem cells",
        "indication": "multiple sclerosis",
    }
    made = checked(written(tmp_path, claim), str(claim["text"]), date(2026, 12, 1))
    ((_, verdict),) = made.claims
    assert verdict is not None
    assert verdict.verdict == "contradicted"
    assert "does not outweigh" in verdict.detail


def test_a_file_follows_the_published_schema(tmp_path: Path) -> None:
    """An independent validator agrees with the example, and the check finds nothing."""
    schema = json.loads(
        (Path(claimlint.__file__).parent / "schemas" / "approved.schema.json").read_text("utf-8")
    )
    Draft202012Validator.check_schema(schema)
    path = written(tmp_path, CLAIM)
    data = yaml.safe_load(Path(path).read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert problems(path) == []


@pytest.mark.parametrize(
    ("claim", "reference", "said"),
    [
        ({"valid_until": "2030-02-30"}, {}, "no such date"),
        ({"valid_until": "soon"}, {}, "a day, such as"),
        ({"approved_on": "2031-01-01"}, {}, "later than 'valid_until'"),
        ({"references": ["glow-2092"]}, {}, "did you mean 'glow-2029'"),
        ({"strength": "absolute"}, {}, "'claims.strength' can't be 'absolute'"),
        ({"wording": "x"}, {}, "unknown key 'wording'"),
        ({}, {"doi": "10.1/x"}, "a DOI such as"),
        ({}, {"nct": "NCT123"}, "NCT and eight digits"),
        ({}, {"pmid": "PMID 12"}, "a PubMed number"),
    ],
)
def test_what_the_check_tells(
    tmp_path: Path, claim: dict[str, Any], reference: dict[str, Any], said: str
) -> None:
    """Bad dates, ids, strengths and keys, and references that lead nowhere, are told with file and line."""
    path = written(tmp_path, {**CLAIM, **claim}, references=({**REFERENCE, **reference},))
    found = problems(path)
    assert any(said in problem for problem in found), found
    assert all(problem.startswith(f"{path}:") for problem in found)
    with pytest.raises(RuleError):
        evidence.load((path,), cache=False)


def test_doubles_and_leftovers(tmp_path: Path) -> None:
    """Doubled ids, doubled words, one paper under two names and a reference that no claim names are told."""
    again = {**CLAIM, "id": "again"}
    twin = {**REFERENCE, "id": "glow-twin"}
    alone = {"id": "alone", "title": "Alone"}
    found = " ".join(problems(written(tmp_path, CLAIM, CLAIM, again, references=(REFERENCE, twin, alone))))
    for said in ("is there twice", "approves the same", "has the same doi", "no claim names", "needs a doi"):
        assert said in found
