"""What lifts a gate and what doesn't, and which use a gate takes for one that is offered."""

from __future__ import annotations

import pytest

from tests.packs.packcheck import check

OFFER = "Lumora Clinic offers stem cell therapy for arthritis. Book your consultation today."
GATES = {
    "uk": "uk/gate/cells-to-public",
    "eu": "eu/gate/cells-to-public",
    "ca": "ca/gate/unauthorised-cells",
    "kr": "kr/gate/undesignated-cells",
    "us-tx": "us-tx/gate/outside-trial",
}
FLORIDA = "us-fl/gate/beyond-three-fields"


def raised(pack: str, text: str, suffix: str = "txt") -> set[str]:
    """The rules that find something on the page."""
    return {found.rule for found in check(pack, text, suffix).findings}


@pytest.mark.parametrize("pack", GATES)
@pytest.mark.parametrize(
    "aside",
    [
        "Roses are grown only within a garden trial of roses.",
        "Take part in our trial offer: 20% off.",
        "We take part in a study of waiting times.",
        "Enrol now in a free trial of our newsletter.",
    ],
)
def test_a_trial_of_something_else_lifts_no_gate(pack: str, aside: str) -> None:
    """A garden's trial, a trial offer and a study of queues say nothing of how cells are given."""
    assert GATES[pack] in raised(pack, f"{OFFER} {aside}")


@pytest.mark.parametrize("pack", GATES)
@pytest.mark.parametrize(
    "limit",
    [
        "It is given only within a registered trial.",
        "Patients take part in a clinical trial.",
        "Treatment is given only as part of a trial approved by an ethics committee.",
        "We enrol patients in our trial.",
        "It is for patients who are enrolled in our study.",
        "We give it solely in a stem cell trial.",
        "It is given only within a study of stem cells in arthritis.",
    ],
)
def test_a_trial_of_the_treatment_lifts_the_gate(pack: str, limit: str) -> None:
    """Clinical, registered or approved trials, and trials of patients or cells, are what the law means."""
    assert GATES[pack] not in raised(pack, f"{OFFER} {limit}")


@pytest.mark.parametrize(
    "text",
    [
        "Our clinic offers stem cell therapy for knee pain. Call us. We also treat multiple sclerosis with physiotherapy.",
        "Our clinic offers stem cell therapy for knee pain and physiotherapy for multiple sclerosis. Call us.",
        "Call us. We offer stem cell therapy for knee pain.\n\nOur physiotherapy is for:\n\n- knee pain\n- multiple sclerosis\n",
        "Call us. We offer stem cell therapy for knee pain.\n\n## Physiotherapy\n\nWe treat multiple sclerosis.\n",
    ],
)
def test_what_another_treatment_is_for_is_no_use_of_cells(text: str) -> None:
    """A disease that the clinic treats with something else doesn't put its cells outside the three fields."""
    assert FLORIDA not in raised("us-fl", text, "md")


@pytest.mark.parametrize(
    "text",
    [
        "Our clinic offers stem cell therapy for knee pain. It also helps with multiple sclerosis. Call us.",
        "Our clinic offers stem cell therapy and physiotherapy for multiple sclerosis. Call us.",
        "Our clinic offers stem cell therapy for knee pain, lupus and gout. Call us.",
        "Multiple sclerosis responds to our stem cell therapy. Call us.",
        "Call us.\n\nOur stem cell therapy is for:\n\n- knee pain\n- multiple sclerosis\n",
        "Call us.\n\n## Stem cell therapy\n\nWe treat knee pain and multiple sclerosis.\n",
    ],
)
def test_what_cells_are_offered_for(text: str) -> None:
    """The same sentence, a lead-in, a heading, or "it" ties a use to the cells."""
    assert FLORIDA in raised("us-fl", text, "md")
