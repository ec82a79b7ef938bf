"""What a sentence claims: effect, target, agent, strength and modal, sentence by sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimlint import readers
from claimlint.claims.find import claims
from claimlint.claims.frames import frames
from claimlint.model import Claim, Strength
from tests.corecheck import check, engine, ruleset

# Text; effect class, target kind, agent, strength, modal of its first claim ("*": not asked).
ONE = [
    # Verb and object
    ("Our drip relieves migraine.", "relieve condition we causal -"),
    ("Acupuncture relieves migraine.", "relieve condition intervention causal -"),
    ("The serum reduces wrinkles.", "reduce cosmetic offer causal -"),
    ("It heals ulcers.", "heal condition pronoun causal -"),
    ("This treatment boosts energy.", "improve wellbeing * causal -"),
    ("We treat arthritis.", "treat condition we causal -"),
    ("These sessions ease anxiety.", "relieve * * causal -"),
    ("Chiropractic care improves sleep.", "improve wellbeing intervention causal -"),
    ("Our laser removes scars.", "remove * we causal -"),
    ("The cream soothes itching.", "relieve symptom offer causal -"),
    ("Stem cells repair damaged cartilage.", "regenerate * intervention causal -"),
    ("Our therapists strengthen your muscles.", "improve body we causal -"),
    ("Ozone therapy kills cancer cells.", "remove * intervention causal -"),
    ("Exosomes regenerate nerves.", "regenerate body intervention causal -"),
    ("The programme lowers blood pressure.", "reduce * offer causal -"),
    ("Hydrotherapy calms inflammation.", "relieve symptom intervention causal -"),
    ("Botox smooths wrinkles.", "cosmetic cosmetic * causal -"),
    ("Massage detoxifies the liver.", "detoxify body intervention causal -"),
    ("Mesenchymal stem cells reset the immune system.", "reset body intervention causal -"),
    ("The diet reverses diabetes.", "cure condition * causal -"),
    # Modals and hedges
    ("Our drip can relieve migraine.", "relieve condition we causal can"),
    ("Our drip may relieve migraine.", "relieve condition we hedged may"),
    ("Our drip might relieve migraine.", "relieve condition we hedged might"),
    ("Our drip could relieve migraine.", "relieve condition we hedged could"),
    ("Our drip will relieve migraine.", "relieve condition we causal will"),
    ("Our drip can help relieve migraine.", "relieve condition we causal canhelp"),
    ("Our drip has the potential to relieve migraine.", "relieve condition we hedged -"),
    ("Our drip is thought to relieve migraine.", "relieve condition we hedged -"),
    ("Acupuncture appears to reduce pain.", "reduce symptom intervention hedged -"),
    # Absolute
    ("Our drip cures migraine.", "cure condition we absolute -"),
    ("Our drip always relieves migraine.", "relieve condition we absolute -"),
    ("Our drip permanently relieves migraine.", "relieve condition we absolute -"),
    ("We guarantee that it relieves migraine.", "relieve condition * absolute -"),
    ("Our drip relieves migraine in every patient.", "relieve condition we absolute -"),
    ("It is proven to relieve migraine.", "relieve condition pronoun absolute -"),
    # Passive
    ("Pain is reduced within days.", "reduce symptom elided causal -"),
    ("Migraine can be cured with our drip.", "cure condition * absolute can"),
    ("Your wrinkles are quickly reduced.", "reduce cosmetic * causal -"),
    ("Inflammation was reduced.", "reduce symptom elided causal -"),
    ("Eczema is not relieved.", "relieve condition elided causal -"),
    ("Eczema may be relieved.", "relieve condition elided hedged may"),
    ("Arthritis has been reversed here.", "cure condition elided causal -"),
    # Intransitive
    ("Wrinkles disappear.", "vanish cosmetic elided causal -"),
    ("Your pain fades.", "reduce symptom * causal -"),
    ("Symptoms subside.", "vanish symptom elided causal -"),
    ("Mobility improves.", "improve body elided causal -"),
    ("Redness vanishes.", "vanish * elided causal -"),
    # Gerund bullets
    ("- Reducing joint pain", "reduce symptom elided causal -"),
    ("- Relieves migraine", "relieve condition elided causal -"),
    ("- Boosting the immune system", "improve body elided causal -"),
    ("- Reversing diabetes", "cure condition elided causal -"),
    # Noun frames
    ("Our drip provides relief from migraine.", "relieve condition we causal -"),
    ("You get relief of pain.", "relieve symptom you causal -"),
    ("Patients notice a reduction in inflammation.", "reduce symptom people causal -"),
    ("- Reduction of inflammation", "reduce symptom elided causal -"),
    ("- Pain relief", "relieve symptom elided causal -"),
    ("- Relief of joint pain", "relieve symptom elided causal -"),
    # Purpose clauses
    ("We use ozone to treat arthritis.", "treat condition we causal -"),
    ("Ozone is used to treat arthritis.", "treat condition intervention causal -"),
    ("Our drip works by reducing inflammation.", "reduce symptom we causal -"),
    ("A massage for relieving pain.", "relieve symptom intervention causal -"),
    # The wrong agent
    ("Your body heals wounds.", "heal condition body causal -"),
    ("The immune system destroys cancer cells.", "remove * body causal -"),
    ("Ibuprofen relieves pain.", "relieve symptom drug causal -"),
    ("Antibiotics treat pneumonia.", "treat condition drug causal -"),
    ("Exercise improves sleep.", "improve wellbeing * causal -"),
    ("The liver detoxifies blood.", "detoxify body body causal -"),
    ("Conventional drugs relieve symptoms.", "relieve symptom drug causal -"),
    ("Our immune system, which relieves pain, is complex.", "relieve symptom body causal -"),
    ("Standard treatments are old. These drugs relieve pain.", "relieve symptom drug causal -"),
    ("Standard treatments are old. While they relieve pain, they are slow.", "relieve symptom drug causal -"),
    ("Unlike standard treatments, our drips are new. They relieve pain.", "relieve symptom pronoun causal -"),
]
NONE = [
    "Migraine is a headache disorder.",
    "The immune system attacks nerves.",
    "Stress increases pain.",
    "Reduced mobility is common.",
    "The damaged tissue hurts.",
    "A cure for migraine is sought.",
    "We are open on Monday.",
    "Book your treatment for acne today.",
    "Pain-relieving.",
    "Our skin clinic is near the station.",
    "The treatment of pain by nurses.",
    "Arthritis causes joint pain.",
]


def first(text: str) -> Claim:
    """The first claim of a text, as the engine keeps it."""
    found = check(text, "md").claims
    assert found, "nothing is claimed"
    return found[0][0]


def direct(text: str) -> list[Claim]:
    """Claims as the sentence alone gives them, nothing inherited."""
    sentences = engine()._reader.read(readers.read("a.md", text.encode("utf-8")))
    return [claim for sentence in sentences for claim in claims(sentence)]


@pytest.mark.parametrize(("text", "expected"), ONE, ids=[row[0][:50] for row in ONE])
def test_claim(text: str, expected: str) -> None:
    """Each sentence gives the slots that the table says."""
    found = direct(text)
    assert found, "nothing is claimed"
    claim = found[0]
    effect, target, agent, strength, modal = expected.split()
    seen = {
        "effect": claim.effect_class,
        "target": claim.target_kind,
        "agent": claim.agent,
        "strength": claim.strength.value,
        "modal": (claim.modal or "-").replace(" ", ""),
    }
    wanted = {"effect": effect, "target": target, "agent": agent, "strength": strength, "modal": modal}
    assert {slot: value for slot, value in seen.items() if wanted[slot] != "*"} == {
        slot: value for slot, value in wanted.items() if value != "*"
    }


def test_table_is_large_enough() -> None:
    """Sixty rows and more, none twice."""
    assert len(ONE) >= 60
    assert len({row[0] for row in ONE}) == len(ONE)


@pytest.mark.parametrize("text", NONE)
def test_no_claim(text: str) -> None:
    """Biology, names and nouns that look like effects are no claims."""
    assert direct(text) == []


@pytest.mark.parametrize(
    ("text", "intervention", "condition", "inherited"),
    [
        ("Acupuncture relieves migraine.", "acupuncture", "migraine", set()),
        ("## Acupuncture\n\nIt relieves migraine.", "acupuncture", "migraine", {"intervention"}),
        ("Benefits of acupuncture:\n\n- Relieves migraine", "acupuncture", "migraine", {"intervention"}),
        ("Benefits of acupuncture:\n\n- Reducing pain", "acupuncture", "pain", {"intervention"}),
        ("## Migraine\n\nAcupuncture boosts the immune system.", "acupuncture", "migraine", {"condition"}),
        (
            "## Acupuncture for migraine\n\nWe boost the immune system.",
            "acupuncture",
            "migraine",
            {"intervention", "condition"},
        ),
        ("## Acupuncture\n\nIbuprofen relieves migraine.", "ibuprofen", "migraine", set()),
        ("## Acupuncture\n\nYour body heals wounds.", None, "wound", set()),
    ],
)
def test_inheritance(text: str, intervention: str | None, condition: str, inherited: set[str]) -> None:
    """A claim that names no treatment takes it from its lead-in or heading, and says so; a wrong agent takes none."""
    claim = first(text)
    assert (claim.intervention, claim.condition, claim.inherited) == (intervention, condition, inherited)


@pytest.mark.parametrize(
    ("text", "negated", "attributed"),
    [
        ("Our drip does not relieve migraine.", True, False),
        ("Our drip relieves migraine.", False, False),
        ("Migraine is not relieved.", True, False),
        ("Migraine was not cured by a drip.", True, False),
        ("Migraine is quickly relieved.", False, False),
        ("Sellers say that it relieves migraine.", False, True),
        ("Sellers say that it never relieves migraine.", True, True),
    ],
)
def test_negated_and_attributed(text: str, negated: bool, attributed: bool) -> None:
    """A denied claim and one that is put in another's mouth are kept as such."""
    claim = direct(text)[0]
    assert (claim.negated, claim.attributed) == (negated, attributed)


def test_why_names_the_words() -> None:
    """Effect, target, hedge and intervention are kept as reasons, with the words at their places."""
    document = readers.read("a.txt", b"Acupuncture may relieve migraine.")
    claim = claims(engine()._reader.read(document)[0])[0]
    reasons = {reason.kind: reason for reason in claim.why}
    assert {kind: reasons[kind].text for kind in ("effect", "target", "hedged", "intervention")} == {
        "effect": "relieve",
        "target": "migraine",
        "hedged": "may",
        "intervention": "Acupuncture",
    }
    for reason in claim.why:
        assert document.blocks[0].text[reason.place.start : reason.place.end] == reason.text


def test_several_claims_in_one_sentence() -> None:
    """Each effect of a list is a claim of its own, all with the first one's subject."""
    found = direct("Our drip relieves migraine, reduces wrinkles and boosts energy.")
    assert [claim.effect_class for claim in found] == ["relieve", "reduce", "improve"]
    assert {claim.agent for claim in found} == {"we"}


_TERMS = [term[0] for term in ruleset().terms[::61]]
_LINKS = [
    "may",
    "our drip",
    "not",
    "and",
    ",",
    "to",
    "is",
    "of",
    "the",
    "by",
    ".",
    "reduces",
    "relief",
    "which",
    "MS",
]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(_TERMS + _LINKS), min_size=1, max_size=20).map(" ".join))
def test_claims_lie_within_their_sentence(text: str) -> None:
    """Whatever the words, a claim's place lies in its sentence, and its effect and target lie in the claim."""
    document = readers.read("a.txt", text.encode("utf-8"))
    for sentence in engine()._reader.read(document):
        for frame in frames(sentence):
            assert sentence.start <= frame.start < frame.end <= sentence.end
            assert frame.start <= frame.effect.start < frame.effect.end <= frame.end
            assert frame.start <= frame.target.start < frame.target.end <= frame.end
        for claim in claims(sentence):
            assert claim.sentence.start <= claim.place.start < claim.place.end <= claim.sentence.end
            assert claim.strength is not Strength.NONE
