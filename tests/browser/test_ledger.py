"""The claims ledger as a medical-legal reviewer uses it: sort, filter, evidence, sign-off, export, import, no script."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

pytestmark = pytest.mark.browser
SCHEMA = Path(__file__).parents[2] / "claimlint" / "schemas" / "sign-off.schema.json"
PAGE = """# Cells at Lumora

Mesenchymal stem cells reverse multiple sclerosis.

Umbilical cord mesenchymal stem cells may improve lupus (doi:10.1000/glow.29).

Mesenchymal stem cells improve rheumatoid arthritis.

Exosomes relieve arthritis.

Mesenchymal stem cells always cure rheumatoid arthritis.
"""


class Output(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    stdout: str


def claimlint(*args: str) -> Output:
    """Runs a command as of one day."""
    day = [] if args[0] == "evidence" else ["--as-of", "2026-11-24"]
    ran = subprocess.run(
        [sys.executable, "-m", "claimlint", *args, *day],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Output(ran.returncode, ran.stdout)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two pages."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "cells.md").write_text(PAGE, encoding="utf-8")
    (folder / "other.md").write_text("Exosomes heal arthritis.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ledger(site: Path) -> str:
    """The ledger of the two pages."""
    result = claimlint("claims", "--format", "html", str(site))
    assert result.status == 0
    return result.stdout


def shown(page: Any) -> list[str]:
    """The words of the claims that can be seen, in the order of the table."""
    found: list[str] = page.eval_on_selector_all(
        ".ledger tbody tr:not([hidden])",
        "rows => rows.map((row) => row.querySelector('.words b').textContent)",
    )
    return found


def row(page: Any, words: str) -> Any:
    """The row of the claim whose sentence holds ``words``."""
    return page.locator(".ledger tbody tr", has_text=words)


def sign(page: Any, words: str, decision: str, **fields: str) -> None:
    """Presses a decision and fills its fields."""
    line = row(page, words)
    line.locator(f"button[value={decision}]").click()
    for name, value in fields.items():
        line.locator(f"[name={name}]").fill(value)


def saved(page: Any, button: str, path: Path) -> str:
    """What a click on an export button saves."""
    with page.expect_download() as waiting:
        page.click(button)
    waiting.value.save_as(path)
    return path.read_text(encoding="utf-8")


def test_filters_act_together(opened, ledger):
    """Verdict, strength, document and words narrow the rows, and the counter follows."""
    page = opened(ledger).page
    assert len(shown(page)) == 6
    page.select_option("[name=verdict]", "no-evidence-on-record")
    assert shown(page) == ["relieve arthritis", "heal arthritis"]
    page.select_option("[name=path]", "2")
    assert shown(page) == ["heal arthritis"]
    assert page.inner_text("#shown") == "1 of 6 shown"
    page.fill("[name=text]", "nobody says this")
    assert shown(page) == []
    assert page.locator("#none").is_visible()


def test_columns_sort_by_rank(opened, ledger):
    """Verdicts and strengths sort from worst to best, not by their letters; the numbers bring the text's order back."""
    page = opened(ledger).page
    page.click("th:has-text('Verdict') button")
    assert shown(page)[0] == "reverse multiple sclerosis"
    page.click("th:has-text('Strength') button")
    assert "cure" in shown(page)[0]
    page.click("th:has-text('No.') button")
    assert page.get_attribute("th:has-text('No.')", "aria-sort") == "ascending"
    assert shown(page)[0] == "reverse multiple sclerosis"


def test_evidence_is_one_click_away(opened, ledger):
    """The row opens to the record, its sources, what it allows and wording that can stand."""
    page = opened(ledger).page
    line = row(page, "reverse")
    assert not line.locator(".record").is_visible()
    line.locator("summary").click()
    assert "MESEMS" in line.inner_text()
    assert line.locator("a.source").first.get_attribute("href").startswith("https://")
    assert line.locator(".wording span").inner_text().endswith("than after placebo.")
    assert line.locator(".copy").is_visible()
    opened_none = row(page, "relieve").locator("summary")
    opened_none.click()
    assert "no verified evidence" in row(page, "relieve").inner_text()


def test_signing_off_by_keyboard(opened, ledger):
    """j and k walk over the rows, Tab leads from a row to its evidence and buttons, and Enter signs."""
    page = opened(ledger).page
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.n") == "1"
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == "c-1"
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "rejected":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "note"
    page.keyboard.type("false: see MESEMS")
    assert page.get_attribute("#c-1 button[value=rejected]", "aria-pressed") == "true"
    page.keyboard.press("Escape")
    page.locator("#c-1").focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "text"


def test_sign_off_is_kept_and_exported(opened, ledger, tmp_path):
    """It outlives a reload, needs a name and a reason, follows the schema, and can be taken back."""
    page = opened(ledger).page
    assert page.inner_text("#told") == "0 of 6 claims signed off"
    sign(page, "may improve lupus", "approved")
    sign(page, "reverse", "rejected", note="MESEMS found nothing")
    sign(page, "relieve", "needs-evidence")
    assert "1 lacks its note" in page.inner_text("#told")
    page.click("#export")
    assert "reviewer's name first" in page.inner_text("#told")
    page.fill("#reviewer", "Ima Madeup")
    page.reload()
    assert page.input_value("#reviewer") == "Ima Madeup"
    assert row(page, "reverse").locator("[name=note]").input_value() == "MESEMS found nothing"
    assert row(page, "lupus").locator("[name=reference]").input_value() == "DOI 10.1000/glow.29"
    page.select_option("[name=decision]", "open")
    assert len(shown(page)) == 3
    made = json.loads(saved(page, "#export", tmp_path / "sign-off.json"))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(made)
    assert [(one["decision"], one["reviewer"], one["note"]) for one in made["claims"]] == [
        ("rejected", "Ima Madeup", "MESEMS found nothing"),
        ("approved", "Ima Madeup", ""),
    ]
    page.select_option("[name=decision]", "")
    button = row(page, "reverse").locator("button[value=rejected]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"


def test_another_reviewer_imports_and_goes_on(opened, ledger, tmp_path):
    """An exported sign-off fills the ledger of another browser; foreign files and words that are gone are told."""
    first = opened(ledger).page
    first.fill("#reviewer", "Ima Madeup")
    sign(first, "reverse", "rejected", note="false")
    path = tmp_path / "sign-off.json"
    value = json.loads(saved(first, "#export", path))
    value["claims"].append({**value["claims"][0], "fingerprint": "0" * 32})
    path.write_text(json.dumps(value), encoding="utf-8")
    second = opened(ledger).page
    second.set_input_files("#import", path)
    second.locator("#told", has_text="imported").wait_for()
    assert second.inner_text("#told") == "1 sign-off imported; 1 about words that are not in this ledger."
    assert "Ima Madeup" in row(second, "reverse").locator(".stamp").inner_text()
    other = tmp_path / "decisions.json"
    other.write_text('{"version": 1, "decisions": []}', encoding="utf-8")
    second.set_input_files("#import", other)
    second.locator("#told", has_text="no sign-off file").wait_for()


def test_approved_claims_count_in_the_next_check(opened, ledger, site, tmp_path):
    """The exported file passes `evidence check`, and with `evidence:` in the settings the claim is supported; unfit ones are told."""
    page = opened(ledger).page
    page.fill("#reviewer", 'Ima "Doc" Madeup: medical')
    page.fill("#markets", "EU, uk")
    sign(page, "improve rheumatoid", "approved", reference="PMID 12345678", until="2030-12-31")
    sign(page, "relieve", "approved", until="2030-12-31")
    sign(page, "always cure", "approved", reference="https://trials.example/a")
    text = saved(page, "#approved", tmp_path / "approved.yaml")
    told = page.inner_text("#told")
    assert "1 approved claim exported" in told
    assert "1 are absolute" in told
    assert "1 lack a reference" in told
    assert 'pmid: "12345678"' in text
    assert claimlint("evidence", "check", str(tmp_path / "approved.yaml")).status == 0
    settings = tmp_path / "claimlint.yaml"
    settings.write_text("evidence: [./approved.yaml]\njurisdiction: eu\n", encoding="utf-8")
    result = claimlint("claims", "--format", "json", "--config", str(settings), str(site))
    claims = json.loads(result.stdout)["claims"]
    approved = [
        one for one in claims if one["verdict"] == "supported" and "approved/" in str(one["evidence"])
    ]
    assert [one["text"] for one in approved] == ["improve rheumatoid arthritis"]
    assert 'Ima "Doc" Madeup' in approved[0]["evidence"]["detail"]


def test_without_javascript(opened, ledger):
    """Every claim, its verdict and its evidence can be read; nothing that needs a script shows."""
    page = opened(ledger, java_script_enabled=False).page
    assert page.locator(".ledger tbody tr:visible").count() == 6
    assert page.locator(".sign, #review, #ledgerfilters, .copy").locator("visible=true").count() == 0
    row(page, "reverse").locator("summary").click()
    assert row(page, "reverse").locator(".record").is_visible()


def test_nothing_is_asked_for(opened, ledger):
    """The file makes no request and throws no error, and its policy allows only its own style and script."""
    seen = opened(ledger)
    seen.page.locator("button[value=approved]").first.click()
    assert (seen.requests, seen.errors, seen.ran) == ([], [], [])
    policy = seen.page.get_attribute("meta[http-equiv]", "content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
