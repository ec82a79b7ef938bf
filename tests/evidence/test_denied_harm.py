"""Harms that are denied or made small: claims to be safe, which the record of harms doesn't bear out."""

from __future__ import annotations

from datetime import date

import pytest

from claimlint import readers, rules
from claimlint.engine import Engine
from claimlint.evidence import load
from claimlint.evidence.harm import denied_harm
from claimlint.model import Claim, Verdict

SELLER = "Book your stem cell treatment at our clinic today. Call (555) 010-4477.\n\n"
OVER = "stronger-than-evidence"


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine that makes the ledger."""
    return Engine(rules.load(), load(), profile="team", as_of=date(2026, 11, 24), graded=True)


def rows(engine: Engine, before: str, text: str) -> list[tuple[Claim, Verdict | None]]:
    """The rows of that sentence, with what stands before it on the page."""
    document = readers.read("page.txt", f"{before}{text}\n".encode())
    last = len(document.blocks) - 1
    return [row for row in engine.check(document).claims if row[0].place.block == last]


@pytest.mark.parametrize(
    "text",
    [
        "HSCT carries no risk of death.",
        "HSCT carries hardly any risk of death.",
        "HSCT is free of the risk of infection.",
        "HSCT does not carry any significant risk of infection.",
        "Stem cells from cord tissue carry no risk of infection.",
        "MSCs do not cause fever.",
        "MSCs don't cause fever.",
        "MSCs cannot trigger rejection.",
        "MSCs may not cause fever.",
        "MSCs have never caused any serious side effects.",
        "MSCs carry minimal risk of infection.",
        "The risk of infection with MSCs is negligible.",
        "There is little risk of infection.",
        "There is zero risk of infection with our MSC infusions.",
        "MSCs pose no danger of rejection and no danger of tumours.",
    ],
)
def test_a_denied_harm_is_one_claim_to_be_safe(engine: Engine, text: str) -> None:
    """On a seller's page each has one row, of safety, with the verdict that "is safe" would get."""
    ((claim, verdict),) = rows(engine, SELLER, text)
    assert (claim.effect, verdict and verdict.verdict) == ("safe", OVER)
    assert verdict is not None
    assert all(name.endswith("/safety") for name in verdict.records)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("HSCT carries no risk of death.", OVER),
        ("MSCs do not cause fever.", OVER),
        ("In trials, MSCs did not cause infection.", "not-checkable"),
        ("Sellers say that MSCs carry no risk of infection.", "not-checkable"),
        ("There is no evidence that MSCs cause infection.", "no-evidence-on-record"),
    ],
)
def test_elsewhere_the_safety_record_does_not_support_it_either(engine: Engine, text: str, word: str) -> None:
    """Where nobody sells, too; a study's result, what others say and what isn't known are no promise."""
    ((_, verdict),) = rows(engine, "", text)
    assert verdict is not None
    assert verdict.verdict == word


@pytest.mark.parametrize(
    "text",
    [
        "HSCT carries a risk of death.",
        "HSCT carries a small risk of death.",
        "There is no doubt that HSCT carries a risk of infection.",
        "HSCT not only works but carries a risk of infection.",
        "HSCT carries no small risk of death.",
        "MSCs cause fever.",
    ],
)
def test_a_harm_that_is_told_is_still_borne_out(engine: Engine, text: str) -> None:
    """Words of denial about something else deny no harm."""
    ((_, verdict),) = rows(engine, SELLER, text)
    assert verdict is not None
    assert verdict.verdict == "supported"


@pytest.mark.parametrize(
    "text",
    [
        "hsct is not free of the risk of infection.",
        "no treatment is free of the risk of infection.",
        "the risk of infection is not negligible.",
        "without hsct the risk of death is high.",
        "do not ignore the risk of infection.",
        "they do not lower the risk of infection.",
        "this does not mean that it causes fever.",
        "it does not work and causes fever.",
        "patients who did not take aspirin had a risk of bleeding.",
        "mscs do not cause remission.",
    ],
)
def test_two_denials_or_another_clause_deny_no_harm(text: str) -> None:
    """A warning by denial, and what isn't a harm, are no claims to be safe."""
    assert denied_harm(text) is None
