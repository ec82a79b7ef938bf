"""Sentences as a page has them, and the verdict that the ledger gives: reading, claim, record and verdict in one."""

from __future__ import annotations

from datetime import date

import pytest

from claimlint import readers, rules
from claimlint.engine import Engine
from claimlint.evidence import load
from claimlint.evidence.status import place_named
from claimlint.model import Claim, Verdict

OK, OVER, FALSE, OLD = "supported", "stronger-than-evidence", "contradicted", "superseded"
UNKNOWN, OUT = "no-evidence-on-record", "not-checkable"

SENTENCES = [
    ("Autologous stem cell transplant after chemotherapy slows relapsing multiple sclerosis.", OK),
    ("HSCT may slow multiple sclerosis.", OK),
    ("HSCT always halts multiple sclerosis.", OVER),
    ("HSCT improves rapidly progressing systemic sclerosis.", OK),
    ("HSCT cures systemic sclerosis.", OVER),
    ("HSCT improves mild systemic sclerosis.", OVER),
    ("HSCT slows primary progressive MS.", OVER),
    ("HSCT may slow primary progressive MS.", OVER),
    ("HSCT slows multiple sclerosis that is relapsing and not primary progressive.", OK),
    ("HSCT slows multiple sclerosis in everyone.", OVER),
    ("HSCT may slow systemic sclerosis.", OK),
    ("HSCT is better than the best drugs at slowing multiple sclerosis.", OVER),
    ("HSCT slows disability progression in people with relapsing multiple sclerosis.", OK),
    ("In a small trial without a control group, umbilical cord MSCs may have improved lupus.", OK),
    ("HSCT slows multiple sclerosis in all patients.", OVER),
    ("MSCs treat ulcerative colitis.", OVER),
    ("MSCs may ease Crohn's colitis.", OK),
    ("Bone marrow MSCs may improve quality of life in atopic dermatitis.", OVER),
    ("Bone marrow MSCs may relieve itching in atopic dermatitis.", OVER),
    ("Bone marrow MSCs may improve mild atopic dermatitis.", OVER),
    ("Mesenchymal stem cells may heal the cartilage in rheumatoid arthritis.", OVER),
    ("HSCT heals Crohn's disease.", FALSE),
    ("HSCT may ease Crohn's disease.", OVER),
    ("Hematopoietic stem cell transplantation relieves lupus.", UNKNOWN),
    ("HSCT clears psoriasis.", UNKNOWN),
    ("HSCT reverses autoimmune disease.", OVER),
    ("Mesenchymal stem cells reverse multiple sclerosis.", FALSE),
    ("MSCs may ease multiple sclerosis.", OVER),
    ("MSC therapy can treat MS.", FALSE),
    ("Umbilical cord MSCs improve multiple sclerosis.", FALSE),
    ("MSC therapy improves systemic sclerosis.", UNKNOWN),
    ("Umbilical cord stem cells may relieve rheumatoid arthritis.", OK),
    ("Umbilical cord stem cells relieve rheumatoid arthritis.", OVER),
    ("MSC therapy may reduce the disease activity of rheumatoid arthritis.", OK),
    ("Mesenchymal stem cells treat rheumatoid arthritis.", OVER),
    ("Mesenchymal stem cells always cure rheumatoid arthritis.", OVER),
    ("Adipose-derived stem cells treat rheumatoid arthritis.", OVER),
    ("Adipose-derived stem cells clear atopic dermatitis.", UNKNOWN),
    ("Bone marrow MSCs relieve lupus.", UNKNOWN),
    ("Umbilical cord MSCs may improve lupus.", OK),
    ("Umbilical cord MSCs treat lupus.", OVER),
    ("Umbilical cord MSCs restore the kidneys in lupus nephritis.", OVER),
    ("Mesenchymal stem cells might improve type 1 diabetes.", OK),
    ("Mesenchymal stem cells improve type 1 diabetes.", OVER),
    ("Mesenchymal stem cells may regenerate the pancreas in type 1 diabetes.", OVER),
    ("MSC infusions may relieve Crohn's disease.", OK),
    ("MSC infusions heal Crohn's disease.", OVER),
    ("MSCs might ease ankylosing spondylitis.", OK),
    ("MSCs could improve psoriasis.", OVER),
    ("Cord blood mesenchymal stem cells relieve atopic dermatitis.", OLD),
    ("UCB-MSCs may relieve eczema.", OLD),
    ("Bone marrow MSCs may improve atopic dermatitis.", OK),
    ("Bone marrow MSCs heal atopic dermatitis.", OVER),
    ("MSC therapy clears atopic dermatitis.", OVER),
    ("MSC therapy relieves asthma.", OVER),
    ("MSC therapy may help asthma.", OVER),
    ("MSC therapy ends food allergy.", OVER),
    ("MSC therapy soothes hay fever.", OVER),
    ("MSC therapy may calm allergies.", OVER),
    ("Darvadstrocel heals perianal fistulas in Crohn's disease.", OLD),
    ("Alofisel may improve Crohn's fistulas.", OLD),
    ("Stem cells heal perianal fistulas.", OLD),
    ("Stem cell therapy treats Crohn's disease.", OVER),
    ("Regenerative medicine may relieve rheumatoid arthritis.", OK),
    ("MSC therapy reverses immune disorders.", OVER),
    ("Ryoncil may control graft-versus-host disease in children.", OK),
    ("Remestemcel-L cures graft-versus-host disease.", OVER),
    ("Umbilical cord MSCs treat graft-versus-host disease.", UNKNOWN),
    ("Stem cell therapy treats multiple sclerosis.", OVER),
    ("Stem cell therapy may slow multiple sclerosis.", OVER),
    ("Stem cell therapy might improve type 1 diabetes.", OK),
    ("Stem cell therapy cures type 1 diabetes.", OVER),
    ("Stem cell injections heal rheumatoid arthritis.", OVER),
    ("Stem cell therapy may ease autoimmune disease.", OVER),
    ("Stem cell therapy always cures autoimmune diseases.", OVER),
    ("Stem cell therapy relieves knee osteoarthritis.", UNKNOWN),
    ("Stem cell therapy treats autism.", UNKNOWN),
    ("Exosomes relieve rheumatoid arthritis.", UNKNOWN),
    ("PRP may relieve knee osteoarthritis.", UNKNOWN),
    ("Mesenchymal stem cells relieve migraine.", UNKNOWN),
    ("MSCs reset the immune system.", OVER),
    ("MSCs may reset the immune system.", OVER),
    ("Stem cell transplant does not cure multiple sclerosis.", OUT),
    ("According to the seller, MSCs cure lupus.", OUT),
    ("MSCs relieve the pain of rheumatoid arthritis, and exosomes heal lupus.", OVER),
    ("Can MSCs cure lupus?", None),
    ("Promising mesenchymal stem cells treat rheumatoid arthritis.", OVER),
    # An animal result claims no benefit to patients (CONTRACT: E1 allows no patient-benefit claim; EVIDENCE: "in animals" may be said).
    ("In mice, mesenchymal stem cells relieved asthma.", OK),
    ("Mesenchymal stem cells reduced asthma in mice.", OK),
    ("Mesenchymal stem cells cured asthma in mice.", OVER),
    ("Mesenchymal stem cells reduced multiple sclerosis in mice.", OUT),
    ("Mesenchymal stem cells reduced asthma in patients and in mice.", OVER),
    ("In mice, mesenchymal stem cells relieved asthma; they will relieve yours.", OVER),
]


@pytest.fixture(scope="module")
def engine() -> Engine:
    """An engine that makes the ledger."""
    return Engine(rules.load(), load(), profile="team", as_of=date(2026, 11, 24), graded=True)


def ledger(engine: Engine, text: str) -> list[tuple[Claim, Verdict | None]]:
    """The claims of a page of plain text."""
    return list(engine.check(readers.read("page.txt", text.encode())).claims)


def test_the_table_is_long_enough() -> None:
    """At least sixty sentences, none of them twice."""
    assert len({text for text, _ in SENTENCES}) == len(SENTENCES) >= 60


@pytest.mark.parametrize(("text", "word"), SENTENCES)
def test_a_sentence_gets_its_verdict(engine: Engine, text: str, word: str | None) -> None:
    """The first claim of the sentence has this verdict, and says why in a whole sentence."""
    claim, verdict = ledger(engine, text + "\n")[0]
    assert (verdict.verdict if verdict else None) == word, claim
    assert verdict is None or verdict.detail.endswith(".")


@pytest.mark.parametrize(
    ("text", "slots", "word"),
    [
        ("Our MSC therapy is effective for lupus.", ("mesenchymal-stem-cells", None, "lupus"), OVER),
        (
            "MSC infusions protect cartilage in rheumatoid arthritis.",
            ("mesenchymal-stem-cells", "protect", "rheumatoid-arthritis"),
            OVER,
        ),
        ("Exosomes are effective against psoriasis.", ("exosomes", None, "psoriasis"), UNKNOWN),
        ("The programme is effective against psoriasis.", (None, None, None), None),
    ],
)
def test_a_sentence_without_a_verb_of_effect_fills_its_slots(
    engine: Engine, text: str, slots: tuple[str | None, ...], word: str | None
) -> None:
    """What is graded by its words alone names the treatment and the disease of its sentence, and is judged by them."""
    claim, verdict = ledger(engine, text + "\n")[0]
    assert (claim.intervention, claim.effect, claim.condition) == slots
    assert word is None or (verdict.verdict if verdict else None) == word


def test_us_is_a_country_only_with_an_article_or_an_authority() -> None:
    """The word "us" is a pronoun on most pages."""
    assert place_named("approved for us in japan") == "JP"
    assert place_named("approved in the us") == place_named("us approval") == "US"
    assert place_named("ask us") is None


def test_a_claim_takes_the_condition_of_its_own_clause(engine: Engine) -> None:
    """What the second half of a sentence says of another disease is not laid to the first."""
    text = "MSCs relieve the pain of rheumatoid arthritis, and exosomes heal lupus.\n"
    assert [claim.condition for claim, _ in ledger(engine, text)] == ["rheumatoid-arthritis", "lupus"]


SELLER = "Book your appointment at our clinic today. We offer MSC therapy. Call (555) 010-4477.\n\n"


@pytest.mark.parametrize(
    ("text", "strength", "word"),
    [
        ("Mesenchymal stem cells are safe.", "causal", OVER),
        ("Mesenchymal stem cells are completely safe.", "absolute", OVER),
        ("MSC therapy has no side effects.", "absolute", OVER),
        ("MSC therapy is generally considered safe.", "hedged", OK),
        ("It is a gentle, safe option.", "causal", OVER),
        ("HSCT is safe.", "causal", OVER),
        ("Exosomes are harmless.", "absolute", UNKNOWN),
    ],
)
def test_a_sellers_claim_to_be_safe_is_in_the_ledger(
    engine: Engine, text: str, strength: str, word: str
) -> None:
    """It is held against the record of harms, with the treatment from around it where it names none."""
    found = [one for one in ledger(engine, SELLER + text + "\n") if one[0].effect == "safe"]
    assert [(claim.strength.value, verdict and verdict.verdict) for claim, verdict in found] == [
        (strength, word)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "MSCs are not safe for everyone.",
        "MSC therapy has side effects.",
        "The clinic is in a safe place.",
        "HSCT carries serious risks.",
    ],
)
def test_a_warning_is_no_claim_to_be_safe(engine: Engine, text: str) -> None:
    """Denied safety and named harms are disclosures."""
    assert [one for one in ledger(engine, SELLER + text + "\n") if one[0].effect == "safe"] == []


def test_a_table_row_is_about_its_first_cell(engine: Engine) -> None:
    """What another paragraph names lends nothing to a row that names its own treatment or disease."""
    page = (
        "HSCT was studied in relapsing multiple sclerosis.\n\n| What | It can |\n|---|---|\n| MSCs | slow relapsing multiple sclerosis |\n"
        "| Exosomes | heal lupus |\n"
    )
    found = engine.check(readers.read("page.md", page.encode())).claims
    assert [claim.intervention for claim, _ in found][-2:] == ["mesenchymal-stem-cells", "exosomes"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("HSCT slows multiple sclerosis.", OVER),
        ("# HSCT in relapsing MS\n\nHSCT slows multiple sclerosis.", OK),
        ("This page is about relapsing MS.\n\nHSCT slows multiple sclerosis.", OK),
        ("HSCT may slow multiple sclerosis.", OK),
        ("HSCT slows systemic sclerosis.", OVER),
        ("HSCT slows severe systemic sclerosis.", OK),
    ],
)
def test_a_plain_claim_holds_for_the_group_that_was_studied(engine: Engine, text: str, word: str) -> None:
    """The sentence, its block, the one before or its heading has to name the group; a hedged claim need not."""
    _, verdict = ledger(engine, text + "\n")[-1]
    assert verdict is not None
    assert verdict.verdict == word


@pytest.mark.parametrize(
    ("text", "intervention", "word"),
    [
        ("HSCT is superior for Crohn's disease.", "hematopoietic-transplant", FALSE),
        ("Crohn's disease may respond to HSCT.", "hematopoietic-transplant", OVER),
        ("HSCT carries a risk of infection.", "hematopoietic-transplant", OK),
        ("HSCT causes deafness.", "hematopoietic-transplant", UNKNOWN),
        ("Mesenchymal stem cells caused fever more often than placebo.", "mesenchymal-stem-cells", OK),
        ("Mesenchymal stem cells cause remission of lupus.", "mesenchymal-stem-cells", OVER),
        ("Patients were freed from insulin by zimislecel.", "zimislecel", OUT),
    ],
)
def test_relations_in_other_words(engine: Engine, text: str, intervention: str, word: str) -> None:
    """Superiority, response and harm are in the ledger; a harm that the safety record tells is borne out by it."""
    ((claim, verdict),) = ledger(engine, text + "\n")
    assert claim.intervention == intervention
    assert verdict is not None
    assert verdict.verdict == word


@pytest.mark.parametrize(
    "text",
    [
        "Benefits of our drip:\n\n- Relieves migraine",
        "Our serum does this:\n\n- Relieves migraine",
        "Can our drip relieve migraine? Yes, it can.",
    ],
)
def test_a_product_of_its_own_takes_no_other_treatments_evidence(engine: Engine, text: str) -> None:
    """Neither for its own sentences nor for the points that it heads, on a page about cells."""
    page = f"# Our MSC therapy\n\nMSC therapy is offered here.\n\n{text}\n"
    found = engine.check(readers.read("page.md", page.encode())).claims
    assert {claim.intervention for claim, _ in found if claim.condition == "migraine"} == {None}


def test_points_take_their_treatment_from_what_heads_them(engine: Engine) -> None:
    """A lead-in that names a treatment lends it, though it names a thing besides."""
    page = "# Our MSC therapy\n\nBenefits of exosomes in our serum:\n\n- Relieves migraine\n"
    found = engine.check(readers.read("page.md", page.encode())).claims
    assert {claim.intervention for claim, _ in found if claim.condition == "migraine"} == {"exosomes"}
