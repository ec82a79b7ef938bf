"""What five real pages must give: the acceptance cases of the detection core.

They run where CLAIMLINT_SEEDS names the folder that holds the pages, which are not ours to copy: places are given by line
and by a few words at most, never by a sentence.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from claimlint import evidence, readers
from claimlint.engine import Engine
from claimlint.model import Checked, Confidence, Finding, Severity, replace
from claimlint.spans import LineIndex
from claimlint.triage import certain
from tests.corecheck import AS_OF, ruleset

_FOLDER = os.environ.get("CLAIMLINT_SEEDS", "")
pytestmark = pytest.mark.skipif(
    not _FOLDER, reason="CLAIMLINT_SEEDS does not name the folder of the seed pages"
)
NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
ABOUT_PAGE = frozenset({"missing-notice", "cta-without-risk"})


@cache
def _engine() -> Engine:
    return Engine(ruleset(), evidence.load(), profile="team", as_of=AS_OF)


@cache
def page(number: str) -> Checked:
    """The checked seed page whose file name starts with ``number``."""
    (path,) = Path(_FOLDER).glob(f"{number}_*.txt")
    checked = _engine().check(readers.read(path.name, path.read_bytes()))
    return replace(checked, findings=certain(checked.findings, Confidence.MEDIUM))  # as the command shows it


def found(number: str, line: int | None = None, words: str = "") -> list[Finding]:
    """Findings of a page, those that touch ``line``, and of these those that touch ``words`` on it."""
    checked = page(number)
    if line is None:
        return list(checked.findings)
    source = checked.document.source
    start, end = LineIndex(source).line_span(line, source)
    if words:
        start = source.index(words, start, end)
        end = start + len(words)
    return [
        f
        for f in checked.findings
        if f.start is not None and f.end is not None and f.start < end and start < f.end
    ]


def categories(findings: list[Finding], least: Severity = NOTE) -> set[str]:
    """Categories of the findings at or above a severity."""
    return {finding.category for finding in findings if finding.severity.rank >= least.rank}


def evidence_says(findings: list[Finding]) -> str:
    """Everything that the findings say of evidence, in lower case."""
    return " ".join(f"{finding.message} {list(finding.evidence)}" for finding in findings).lower()


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_quotes_are_cut_from_the_page(number: str) -> None:
    """Every finding quotes what stands between its offsets, within one line."""
    source = page(number).document.source
    for finding in found(number):
        if finding.start is not None and finding.end is not None:
            assert source[finding.start : finding.end] == finding.quote
            assert "\n" not in finding.quote


class Test000:
    """A clinic's article that states its limits and overreaches before."""

    def test_reset(self) -> None:
        """ "Reset" said of mesenchymal cells goes beyond the evidence, and the record says so."""
        findings = found("000", 36, "reset")
        assert categories(findings, WARNING) & {"mechanism", "evidence"}
        assert "mesenchymal" in evidence_says(findings)

    def test_single_approval_as_proof(self) -> None:
        """Proof from one approval is a finding, and its evidence says that the approval has ended, when and who says so."""
        findings = found("000", 89, "proves")
        assert categories(findings, WARNING) & {"proof", "evidence"}
        said = evidence_says(findings)
        assert "2024" in said
        assert "ema" in said
        assert "ended" in said or "withdrawn" in said

    def test_not_a_cure(self) -> None:
        """A denied cure is no finding of cure or proof."""
        assert not categories(found("000", 94, "not yet a universal cure")) & {"cure", "proof"}

    def test_patients_credited_on_animal_evidence(self) -> None:
        """Improved lung function in patients is stronger than animal and early evidence."""
        findings = found("000", 45, "improved lung function")
        assert categories(findings, WARNING) & {"efficacy", "evidence"}

    def test_credentials_are_notes_at_most(self) -> None:
        """The clinic's years, its doctor's and its innovative pathway are notes at most."""
        assert not categories(found("000", 144, "more than 22 years"), WARNING)
        assert not categories(found("000", 144, "a pioneer"), WARNING)
        assert not categories(found("000", 146), WARNING)

    def test_no_finding_about_the_page(self) -> None:
        """The page states its research stage and its side effects."""
        assert not categories(found("000")) & ABOUT_PAGE
        assert page("000").signals.investigational_notice
        assert page("000").signals.harms


class Test001:
    """An article that promises healing and closes with a notice."""

    def test_new_era(self) -> None:
        """The title is hype."""
        assert "superiority" in categories(found("001", 1, "New Era of Healing"))

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (43, "reduce joint inflammation"),
            (46, "pancreatic beta cell regeneration"),
            (47, "reduce intestinal inflammation"),
        ],
    )
    def test_unhedged_list_items(self, line: int, words: str) -> None:
        """Plain claims for rheumatoid arthritis, type 1 diabetes and Crohn's disease are findings, with their record."""
        findings = found("001", line)
        assert categories(found("001", line, words), WARNING) & {"efficacy", "mechanism", "evidence"}
        assert any(finding.evidence for finding in findings)

    def test_reprogramming(self) -> None:
        """Reprogramming the immune system is a mechanism that nobody has shown."""
        assert categories(found("001", 32, "Reprogramming the immune system"), WARNING) & {
            "mechanism",
            "evidence",
        }

    def test_fewer_side_effects(self) -> None:
        """Fewer side effects than other care is a comparison."""
        assert categories(found("001", 53, "Fewer side effects"), WARNING) & {"superiority", "safety"}

    def test_credibility_notes(self) -> None:
        """No citation, no author and no date: three notes about the page."""
        findings = [f for f in found("001") if f.category == "credibility"]
        assert {f.severity for f in findings} == {NOTE}
        assert len(findings) == 3
        lacking = page("001").signals
        assert (lacking.citations, lacking.author, lacking.date) == (False, False, False)

    def test_notice_is_there(self) -> None:
        """The page says that its treatment is investigational."""
        assert page("001").signals.investigational_notice
        assert "missing-notice" not in categories(found("001"))

    def test_drugs_that_do_not_cure(self) -> None:
        """That drugs offer no cure is no finding of cure, but it disparages standard care."""
        assert "cure" not in categories(found("001", 15))
        assert "disparage" in categories(found("001", 15))


class Test002:
    """A seller's article that invites and names no harm."""

    def test_cta_without_risk(self) -> None:
        """A telephone number and a form, and no harm on the page."""
        findings = [f for f in found("002") if f.category == "cta-without-risk"]
        assert len(findings) == 1
        assert findings[0] in found("002", 18)
        assert page("002").signals.cta
        assert not page("002").signals.harms

    def test_missing_notice(self) -> None:
        """That something is being studied is no notice of its status."""
        assert "missing-notice" in categories(found("002"), WARNING)
        assert not page("002").signals.investigational_notice

    def test_not_a_cure(self) -> None:
        """A denied cure is no cure finding."""
        assert "cure" not in categories(found("002", 16))

    def test_borrowed_transplant_evidence(self) -> None:
        """Unnamed cell therapies can't borrow what was shown of transplant in multiple sclerosis."""
        findings = found("002", 12, "reduce immune attacks")
        assert categories(findings, WARNING) & {"efficacy", "mechanism", "evidence"}
        assert "transplant" in evidence_says(findings)


class Test003:
    """An article that calls an early trial proof."""

    def test_safe_and_effective(self) -> None:
        """Proven, safe and effective: a finding of proof or safety at warning or above."""
        assert categories(found("003", 44, "proven to be safe"), WARNING) & {"proof", "safety"}

    def test_first_to_confirm(self) -> None:
        """Efficacy and safety confirmed by a trial of 37 people is a finding."""
        assert categories(found("003", 56, "first to confirm"), WARNING) & {
            "proof",
            "superiority",
            "safety",
            "evidence",
        }

    def test_no_invitation(self) -> None:
        """The page invites nobody."""
        assert not page("003").signals.cta
        assert "cta-without-risk" not in categories(found("003"))


class Test004:
    """A sound explainer: what is supported, and what time has overtaken."""

    def test_no_error(self) -> None:
        """Nothing on the page is an error."""
        assert [f.rule for f in found("004") if f.severity is ERROR] == []

    @pytest.mark.parametrize("line", [12, 13])
    def test_supported(self, line: int) -> None:
        """What randomised trials of transplant showed in multiple and in systemic sclerosis is supported."""
        checked = page("004")
        source = checked.document.source
        start, end = LineIndex(source).line_span(line, source)
        verdicts = set()
        for claim, verdict in checked.claims:
            block = checked.document.blocks[claim.place.block]
            if start <= block.segments[0][1] < end and verdict is not None:
                verdicts.add(verdict.verdict)
        assert "supported" in verdicts
        assert not categories(found("004", line), WARNING)

    def test_each_disease_has_its_own_evidence(self) -> None:
        """Survival is claimed for systemic sclerosis and supported; remission of lupus borrows nothing from it."""
        told = {
            checked_text[claim.place.start : claim.place.end]: (claim.condition, verdict.verdict)
            for checked in [page("004")]
            for claim, verdict in checked.claims
            if verdict is not None
            for checked_text in [checked.document.blocks[claim.place.block].text]
        }
        survival = next(value for words, value in told.items() if words.endswith("event-free survival"))
        assert survival == ("systemic-sclerosis", "supported")
        assert {value for words, value in told.items() if "prolonged remissions" in words} == {
            ("lupus", "no-evidence-on-record")
        }

    @pytest.mark.parametrize(("line", "word"), [(3, "reset"), (10, "reset")])
    def test_explained_reset(self, line: int, word: str) -> None:
        """The quoted and explained word is a note at most."""
        assert not categories(found("004", line, word), WARNING)

    def test_risks_are_there(self) -> None:
        """The page names its risks."""
        assert page("004").signals.harms
        assert not categories(found("004")) & ABOUT_PAGE

    def test_superseded_fistula_trial(self) -> None:
        """The phase 3 result in fistulas has been overtaken: a warning, and the record says by what."""
        findings = [f for f in found("004", 15) if f.severity is WARNING]
        assert any("superseded" in f.rule or "overtaken" in f.message for f in findings)
        assert "568" in evidence_says(findings) or "2024" in evidence_says(findings)


def test_same_word_two_verdicts() -> None:
    """ "Reset" after chemotherapy and "reset" by mesenchymal cells are judged differently."""
    transplant = {f.severity for f in found("004", 3, "reset")}
    mesenchymal = {f.severity for f in found("000", 36, "reset")}
    assert max((s.rank for s in transplant), default=-1) < max(s.rank for s in mesenchymal)
