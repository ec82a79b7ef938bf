"""What a page does and lacks, and who speaks in it."""

from __future__ import annotations

import re

import pytest

from claimlint.model import Signals
from tests.corecheck import check

SELLER = """Lumora Wellness

Our clinic offers exosome therapy and our team is proud of it.

We treat arthritis with exosomes. Results may vary.

Call us on (555) 010-4477 to book your free consultation.
"""
LEAFLET = """About gout

Gout is a type of arthritis. Symptoms of gout include sudden pain and swelling.

Treatment

Gout is usually treated with anti-inflammatory medicines. Side effects include nausea. Ask your pharmacist before you take them.

Talk to your doctor if the pain comes back. People with gout often have it again.
"""
WARNING = """How to spot a health scam

Beware of miracle cures. Scammers sell unproven treatments on the internet.

Red flags

One red flag is a quick cure for many diseases. There is no evidence for such products. Report health fraud to us.
"""
NEWS = """Small trial of a gout drug ends early

Researchers said on Monday that a clinical trial of an invented drug had ended. Some participants had received a placebo.

"We are disappointed," one of the scientists said. People with gout had hoped for a new medicine.

Published 3 March 2026
"""
TRIAL = """Methods

Investigators enrolled adults with gout in a clinical trial.
We conducted a randomised, placebo-controlled trial. Adverse events were recorded at each visit.

Results

Of 40 participants, 31 completed the study. (Madeup et al. 2024;12:33)
"""

FLAGS = (
    "promotes",
    "cta",
    "risk_disclosure",
    "harms",
    "investigational_notice",
    "citations",
    "author",
    "date",
)


def signals(text: str, suffix: str = "txt") -> Signals:
    """The signals of a page."""
    return check(text, suffix).signals


@pytest.mark.parametrize(
    ("page", "speaker", "true"),
    [
        (SELLER, "seller", {"promotes", "cta", "risk_disclosure"}),
        (LEAFLET, "public", {"risk_disclosure", "harms"}),
        (WARNING, "warning", {"investigational_notice"}),
        (NEWS, "public", {"date"}),
        (TRIAL, "public", {"citations"}),
    ],
    ids=["seller", "leaflet", "warning", "news", "trial"],
)
def test_page(page: str, speaker: str, true: set[str]) -> None:
    """A seller, a leaflet, a warning, a news item and a trial report are told apart, with their signals."""
    found = signals(page)
    assert found.speaker == speaker
    assert {name for name in FLAGS if getattr(found, name)} - {"risk_disclosure"} == true - {
        "risk_disclosure"
    }
    assert ("risk_disclosure" in true) <= found.risk_disclosure


@pytest.mark.parametrize(
    ("sentence", "signal", "there"),
    [
        ("Book your consultation today.", "cta", True),
        ("Call us now.", "cta", True),
        ("Fill out our contact form.", "cta", True),
        ("Call (555) 010-4477.", "cta", True),
        ("The library has many books on consultation.", "cta", False),
        ("Doctors call this a flare.", "cta", False),
        ("Side effects include nausea.", "harms", True),
        ("It may cause bruising.", "harms", True),
        ("There is a risk of infection.", "harms", True),
        ("It is not suitable for pregnant women.", "harms", True),
        ("There is no risk of infection.", "harms", False),
        ("It has no side effects such as nausea.", "harms", False),
        ("It will not cause bruising.", "harms", False),
        ("It never causes swelling or pain.", "harms", False),
        ("Are there side effects such as nausea?", "harms", False),
        ("Worried about the risk of infection?", "harms", False),
        ("Results may vary.", "risk_disclosure", True),
        ("We cannot guarantee results.", "risk_disclosure", True),
        ("It is not a cure.", "risk_disclosure", True),
        ("Side effects include nausea.", "risk_disclosure", True),
        ("Results are quick.", "risk_disclosure", False),
        ("This treatment is considered investigational.", "investigational_notice", True),
        ("Exosomes are not approved by the FDA.", "investigational_notice", True),
        ("Stem cell therapy is being studied for gout.", "investigational_notice", False),
        ("Is it still experimental?", "investigational_notice", False),
        ("See PMID: 12345678.", "citations", True),
        ("Madeup et al. reported it.", "citations", True),
        ("See doi:10.1234/abc.", "citations", True),
        ("NCT01234567 is registered.", "citations", True),
        ("Studies show that it works.", "citations", False),
        ("By Dr. Ima Madeup", "author", True),
        ("Reviewed by Dr. Ima Madeup", "author", True),
        ("Stop by our clinic for pain.", "author", False),
        ("Updated 3 March 2026", "date", True),
        ("2026-03-03", "date", True),
        ("Founded in 1987 for pain relief.", "date", False),
        ("Author: Ima Madeup", "author", True),
        ("Author: a person with gout", "author", False),
        ("By Ima Madeup | 3 March 2026", "date", True),
        ("Medically reviewed by Dr. Ima Madeup on 03/04/2026", "date", True),
        ("The trial ended on 3 March 2026 in pain.", "date", False),
    ],
)
def test_sentence(sentence: str, signal: str, there: bool) -> None:
    """One sentence gives a signal or does not: denied and asked harms count for nothing."""
    assert getattr(signals(sentence), signal) is there


@pytest.mark.parametrize(
    ("html", "signal"),
    [
        ('<p>Pain? <a href="tel:+15550104477">Ring</a></p>', "cta"),
        ('<p>Pain? <a href="/book-online">Here</a></p>', "cta"),
        ('<p>Pain, see <a href="https://doi.org/10.1000/x">here</a>.</p>', "citations"),
    ],
)
def test_links_count(html: str, signal: str) -> None:
    """Addresses of links speak too: a telephone number, a booking page, a paper."""
    assert getattr(signals(html, "html"), signal)
    assert not getattr(signals(re.sub('href="[^"]*"', 'href="/about"', html), "html"), signal)


@pytest.mark.parametrize(
    ("suffix", "text", "there"),
    [
        ("html", '<p>It eases gout, as <a href="https://pain.example/a7">one study</a> found.</p>', True),
        ("html", '<p>Gout hurts. <a href="https://pain.example/a7">A study</a> counted how often.</p>', True),
        ("md", "The [society](https://pain.example/) lists research on gout and other pain.", True),
        ("html", '<p>Rules differ: see <a href="https://www.fda.gov/devices">the FDA</a>.</p>', True),
        ("html", '<p>Rules differ: see <a href="https://fda.gov.shop.example/x">the FDA</a>.</p>', False),
        ("txt", "Gout is common (Madeup & Fictive, 2019).", True),
        ("txt", "We opened in spring (Madeup and Partners 2019 report).", False),
        ("html", '<p>Studies help. We love gout. Our <a href="https://shoes.example/">shoes</a>.</p>', False),
        ("html", '<p>Read <a href="https://lumora.example/why">our research</a> on gout.</p>', False),
        ("html", '<p>A study in our <a href="https://www.youtube.com/x">film</a> on gout.</p>', False),
        ("html", '<p>A study of gout: <a href="/blog/gout">read more</a>.</p>', False),
        ("html", '<p>Gout.</p><footer><a href="https://www.nhs.uk/">NHS</a></footer>', False),
    ],
)
def test_a_link_is_a_source_where_a_reader_can_check_there(suffix: str, text: str, there: bool) -> None:
    """Papers, authorities and what a sentence on research points to are sources; shops, films and one's own pages are not."""
    assert signals(text, suffix).citations is there


def test_front_matter_names_author_and_date() -> None:
    """An author and a date in the front matter count although no reader of the text sees them."""
    found = signals("---\nauthor: Ima Madeup\ndate: 2026-03-03\n---\n\nGout hurts.\n", "md")
    assert (found.author, found.date) == (True, True)


def test_reasons_name_the_words() -> None:
    """Each signal that words gave carries some of those words, at most three."""
    document = check(SELLER).document
    found = signals(SELLER)
    assert set(found.reasons) >= {"cta", "selling"}
    for reasons in found.reasons.values():
        assert 1 <= len(reasons) <= 4
        for reason in reasons:
            block = document.blocks[reason.place.block]
            assert block.text[reason.place.start : reason.place.end] == reason.text


def test_nothing_is_claimed_of_an_empty_page() -> None:
    """An empty page promotes nothing that a notice could be missing from."""
    found = signals("")
    assert {name for name in FLAGS if getattr(found, name)} - {"promotes"} == set()
    assert found.speaker == "unknown"


@pytest.mark.parametrize(
    "number",
    [
        "+44 20 7946 0999", "+44 (0)20 7946 0999", "0044 20 7946 0999", "+442079460999", "020 7946 0999", "(020) 7946 0999",
        "01632 960123", "+61 2 5550 1234", "0412 345 678", "1300 555 012", "+82 2 555 0123", "+52 55 5555 0123",
        "+33 1 23 45 67 89", "+65 6555 0123", "(555) 010-4477", "1-800-555-0100",
    ],
)  # fmt: skip
def test_telephone_numbers_invite(number: str) -> None:
    """A number to call is an invitation in whatever country's way it is written, and the reason quotes it whole."""
    found = signals(f"Lumora {number}")
    assert found.cta
    assert [reason.text for reason in found.reasons["cta"]] == [number]


@pytest.mark.parametrize(
    "number",
    [
        "2019 2020 2021", "01 2024 2025", "12.03.2024", "2024-03-12", "£120 500 250", "$ 120 500 250", "120 500 250 €",
        "€1 200 000 000", "100 000 000 cells", "100.000.000", "+10 000 000", "ISBN 978-0-306-40615-7", "ISBN 978 030 640 6157",
        "ISBN: 978 0 306 40615 7", "ISBN 0-306-40615-2", "ISSN 1234-5678", "NCT01234567", "ISRCTN 0123 456 789",
        "EudraCT 2018-001234-12", "Study no. 0123 456789", "doi 10.1002/stem.2021.555.0104", "10.1000/555.010.4477",
    ],
)  # fmt: skip
def test_other_numbers_invite_nobody(number: str) -> None:
    """Years, dates, sums, counts, books, studies and papers are no telephone numbers."""
    assert not signals(f"Lumora {number}").cta


@pytest.mark.parametrize(
    "piece", ["+44 20 ", "020 ", "0", "+", "+1", "12 345 ", "(020) ", "555-", "stem cell therapy for "]
)
def test_numbers_are_looked_for_in_linear_time(piece: str) -> None:
    """Twenty times the text takes about twenty times as long, whatever nearly is a number."""
    from time import process_time

    from claimlint.signals import _phone

    def seconds(text: str) -> float:
        began = process_time()
        for _ in range(3):
            _phone(text)
        return process_time() - began

    short, long = piece * 2_000, piece * 40_000
    assert min(seconds(long) for _ in range(2)) < 100 * min(seconds(short) for _ in range(3)) + 0.05


def test_a_price_beside_a_treatment_promotes() -> None:
    """A price asked for a treatment is an offer; a sum in a report is none."""
    assert signals("Stem cell treatments from £4,000").promotes
    assert signals("Exosome injections: $900").promotes
    assert not signals("A stem cell study cost the council £4,000.").promotes
    assert not signals("Stem cells are found in bone marrow. A loaf is from £4.").promotes
