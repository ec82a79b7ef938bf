"""What becomes of a finding once the law behind it should have been checked again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from claimlint import evidence, readers
from claimlint.engine import Engine
from claimlint.errors import RuleError
from claimlint.model import Finding, Severity
from claimlint.rules import load
from claimlint.rules.bearing import due, gravest
from tests.packs.packcheck import provisions, ruleset

PAGE = "Our clinic offers stem cell therapy for lupus. Our cells are FDA-registered. Call us to book."


def found(pack: str, day: str) -> dict[str, Finding]:
    """The findings on the page by rule, on a day."""
    engine = Engine(ruleset(pack), evidence.load(), profile="regulator", as_of=date.fromisoformat(day))
    return {one.rule: one for one in engine.check(readers.read("page.txt", PAGE.encode())).findings}


@pytest.mark.parametrize(
    ("pack", "rule"), [("us-fl", "us-fl/gate/beyond-three-fields"), ("uk", "uk/gate/cells-to-public")]
)
def test_overdue_law_makes_a_note(pack: str, rule: str) -> None:
    """Of one page, a rule of a pack is what it was until the law's day, and a note that says why from then on."""
    before, after = found(pack, "2026-11-24")[rule], found(pack, "2999-01-01")[rule]
    assert before.severity is not Severity.NOTE
    assert "checked again" not in before.message
    assert after.severity is Severity.NOTE
    due_by = min(record["recheck_by"] for record in before.provisions)
    assert f"was to be checked again by {due_by}" in after.message
    assert all(record["overdue"] is True for record in after.provisions)


def test_the_day_itself_is_in_time() -> None:
    """On the last day nothing is overdue; on the day after, what was due is."""
    gate = "us-fl/gate/beyond-three-fields"
    record = provisions()["us-fl-458-3245-scope"]
    assert found("us-fl", record["recheck_by"])[gate].severity is Severity.WARNING
    following = date.fromordinal(date.fromisoformat(record["recheck_by"]).toordinal() + 1).isoformat()
    assert found("us-fl", following)[gate].severity is Severity.NOTE


def test_core_keeps_its_own_severity() -> None:
    """What core finds by itself doesn't rest on a provision: only what a pack raised comes down again."""
    rule = "core/status/registration-as-seal"
    plain = next(one for one in ruleset("isscr").rules if one.id == rule).severity
    assert found("us-federal", "2026-11-24")[rule].severity.rank >= plain.rank
    assert found("us-federal", "2999-01-01")[rule].severity == plain


def test_one_current_provision_is_enough() -> None:
    """A finding is a note only once nothing current bears it."""
    old, new = {"confidence": "H", "overdue": True}, {"confidence": "M"}
    assert gravest("error", [old]) == "note"
    assert gravest("error", [old, new]) == "warning"


@pytest.mark.parametrize(
    ("checked", "months", "by"),
    [("2026-11-22", 12, "2027-11-22"), ("2026-08-31", 6, "2027-02-28"), ("2026-12-01", 1, "2027-01-01")],
)
def test_due(checked: str, months: int, by: str) -> None:
    """The term counts in calendar months, and a record without one is never overdue."""
    assert due({"last_checked": checked, "recheck_months": months}) == by
    assert due({"last_checked": checked}) is None


def test_a_teams_own_provisions_may_have_a_term(tmp_path: Path) -> None:
    """A team's own record counts as any other, and a day that does not exist is a clear error."""
    file = tmp_path / "_provisions" / "own.yaml"
    file.parent.mkdir()
    text = (
        "provisions:\n- id: own-1\n  title: House style, page 3\n  last_checked: '{}'\n  recheck_months: 6\n"
    )
    file.write_text(text.format("2026-01-31"), encoding="utf-8")
    made = load(("core",), folders=(str(tmp_path),), cache=False)
    assert made.provisions["own-1"]["recheck_by"] == "2026-07-28"
    file.write_text(text.format("2026-02-00"), encoding="utf-8")
    with pytest.raises(RuleError, match="is no date"):
        load(("core",), folders=(str(tmp_path),), cache=False)
