"""Times the report on 200 sites, 20,000 pages and 100,000 findings made up here: built, opened in Chromium, judged by axe-core.

    python bench/batch_report.py [--sites 200] [--pages 100] [--findings 5] [--keep FOLDER]

CLAIMLINT_AXE names axe.min.js; without it, or without Chromium, that part says that it was not done.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claimlint.api import load_rules  # noqa: E402
from claimlint.batch.risk import load_weights  # noqa: E402
from claimlint.batch.site_report import build  # noqa: E402
from claimlint.batch.site_rows import Dataset  # noqa: E402
from tests.casework import made  # noqa: E402

WORDS = "our clinic offers cells that heal joints skin and nerves with care from doctors who know each patient well today".split()
CONDITIONS = "arthritis multiple-sclerosis autism als lupus diabetes copd parkinson dementia crohn psoriasis asthma".split()


def dataset(folder: Path, sites: int, pages: int, findings: int) -> None:
    """Writes a dataset of so many sites, pages a site and findings a page, the same every time; shards of 2,000 pages."""
    chance = random.Random(8)
    rules = load_rules().rules
    shard, tables = 0, {name: [] for name in made.SHARDED}
    for number in range(sites):
        site = f"clinic-{number:03}.example"
        for index in range(pages):
            page = made.page(
                site,
                index,
                title=f"Treatment {index} of clinic {number}",
                fetched=made.WHEN,
                record_id=f"<urn:uuid:{number:08}-0000-0000-0000-{index:012}>",
                payload_digest="sha256:" + "0" * 64,
                sha256="0" * 64,
            )
            tables["pages"].append(page)
            tables["signals"].append(
                made.signal(
                    page,
                    promotes=chance.random() < 0.6,
                    cta=chance.random() < 0.7,
                    harms=chance.random() < 0.3,
                )
            )
            condition = chance.choice(CONDITIONS)
            tables["claims"].append(
                {
                    **{key: page[key] for key in ("page_id", "site", "url")},
                    "strength": "causal",
                    "condition": condition,
                }
            )
            for place in range(findings):
                rule = chance.choice(rules)
                quote = " ".join(chance.choices(WORDS, k=chance.randint(2, 9)))
                around = " ".join(chance.choices(WORDS, k=14))
                row = made.finding(
                    page,
                    place,
                    quote,
                    rule=rule.id,
                    category=rule.category,
                    severity=rule.severity.value,
                    confidence=rule.confidence.value,
                    before=around,
                    after=around,
                    message=f"“{quote}”: {rule.title}.",
                )
                tables["findings"].append(row)
                for law in rule.provisions[:3]:
                    tables["provisions"].append(
                        {
                            **{
                                key: row[key]
                                for key in (
                                    "page_id",
                                    "site",
                                    "url",
                                    "fingerprint",
                                    "number",
                                    "rule",
                                    "severity",
                                )
                            },
                            "provision": law,
                            "title": law,
                            "source_url": "https://law.example/" + law,
                        }
                    )
        if len(tables["pages"]) >= 2000 or number == sites - 1:
            made.write(folder, tables, shard=shard)
            shard, tables = shard + 1, {name: [] for name in made.SHARDED}


def opened(index: Path) -> dict[str, object]:
    """Seconds until the index is usable in Chromium (median of 5 fresh profiles), and axe-core's complaints on index and first site."""
    path = os.environ.get("CLAIMLINT_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        return {"opened": "not done: no Chromium"}
    from playwright.sync_api import sync_playwright

    out: dict[str, object] = {}
    axe = os.environ.get("CLAIMLINT_AXE")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        times = []
        for _ in range(5):
            page = browser.new_context().new_page()
            start = time.perf_counter()
            page.goto(index.as_uri())
            page.wait_for_function("document.getElementById('shown').textContent !== ''")
            times.append(time.perf_counter() - start)
            page.context.close()
        out["index opens, median s"] = round(statistics.median(times), 2)
        for name, file in (
            ("index", index),
            ("site", next(iter(sorted(index.parent.glob("sites/*/index.html"))))),
        ):
            if not axe:
                out[f"axe on {name}"] = "not done: CLAIMLINT_AXE names no file"
                continue
            page = browser.new_context(bypass_csp=True).new_page()
            page.goto(file.as_uri())
            page.evaluate(Path(axe).read_text(encoding="utf-8"))
            out[f"axe on {name}"] = page.evaluate(
                "axe.run(document, {resultTypes: ['violations']}).then((r) => r.violations.map((v) => v.id))"
            )
            page.context.close()
        browser.close()
    return out


def main() -> int:
    """Prints the figures as a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--findings", type=int, default=5)
    parser.add_argument("--keep")
    asked = parser.parse_args()
    folder = Path(asked.keep or tempfile.mkdtemp(prefix="claimlint-bench-"))
    try:
        dataset(folder / "data", asked.sites, asked.pages, asked.findings)
        rules = {rule.id: rule for rule in load_rules().rules}
        start = time.perf_counter()
        built = build(Dataset(str(folder / "data")), str(folder / "report"), load_weights(), rules)
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in (folder / "report").rglob("*") if path.is_file())
        total = built.total
        figures: dict[str, object] = {
            "sites": len(built.risks),
            "pages": total.pages,
            "findings": total.errors + total.warnings + total.notes,
            "built in s": round(seconds, 1),
            "report MB": round(size / 1e6, 1),
            "index KB": round(built.page.stat().st_size / 1e3),
            **opened(built.page),
        }
    finally:
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    for name, value in figures.items():
        print(f"| {name} | {value} |")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
