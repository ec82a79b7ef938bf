"""The report looks as it did: pictures at three widths and in the dark, compared by measures that bear other fonts.

After a change that is meant to be seen, CLAIMLINT_NEW_PICTURES=1 writes them anew; look at them before they are committed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from claimlint.model import replace
from claimlint.reporters import render
from tests.conftest import missing
from tests.reporters import runs

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).with_name("pictures")
VIEWS = {
    "phone": (360, 2400, "light", 0.28),
    "tablet": (800, 1800, "light", 0.15),
    "screen": (1440, 1400, "light", 0.12),
    "dark": (1440, 1400, "dark", 0.12),
}
"""Name -> width, height, colour scheme, and the share of squares that may differ.

The shares lie above what other fonts change (0.22, 0.09 and 0.09) and below what a lost column or row of boxes does.
"""
SANS = r"system-ui, [^;]*sans-serif"


def report() -> str:
    """A report with every severity, overlaps, a suppression and two kinds of document."""
    return render("html", replace(runs.mixed(), show_suppressed=True))


def swapped(old: str, new: str) -> Callable[[str], str]:
    """Changes the style; the change must be one."""

    def change(text: str) -> str:
        made = re.sub(old, new, text, flags=re.DOTALL)
        assert made != text
        return made

    return change


def compared(opened: Any, name: str, text: str) -> tuple[float, tuple[tuple[int, int, int], ...]]:
    """How a report differs from the committed picture: share of squares, and colours that are gone."""
    try:
        from PIL import Image

        from . import compare
    except ImportError:
        missing("pillow is not installed")
    width, height, scheme, _ = VIEWS[name]
    page = opened(
        text, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    ).page
    new = compare.kept(page.screenshot())
    path = PICTURES / f"{name}.png"
    if os.environ.get("CLAIMLINT_NEW_PICTURES"):
        compare.save(new, path)
    with Image.open(path) as old:
        return compare.difference(old, new)


@pytest.mark.parametrize("name", VIEWS)
def test_it_looks_as_it_did(opened, name):
    """Neither are parts elsewhere nor colours gone."""
    squares, lost = compared(opened, name, report())
    assert squares <= VIEWS[name][3], "see the top of this file"
    assert lost == ()


@pytest.mark.parametrize("fonts", ['"Liberation Serif", serif', '"Liberation Sans", Arial, sans-serif'])
@pytest.mark.parametrize("name", VIEWS)
def test_other_fonts_are_borne(opened, name, fonts):
    """A machine with other fonts wraps lines elsewhere and is no reason to fail."""
    if os.environ.get("CLAIMLINT_NEW_PICTURES"):
        pytest.skip("the pictures are being made")
    squares, lost = compared(opened, name, swapped(SANS, fonts)(report()))
    assert squares <= VIEWS[name][3]
    assert lost == ()


BROKEN = {
    "no style": (swapped("<style>.*?</style>", ""), VIEWS),
    "boxes in a row": (
        swapped(r"\.counts \{ display: flex;", ".counts { display: block;"),
        ("tablet", "screen", "dark"),
    ),
    "two columns": (
        swapped(r"\.columns \{ display: grid;", ".columns { display: block;"),
        ("screen",),
    ),
    "filters in a row": (swapped(r"z-index: 5; display: flex;", "z-index: 5; display: block;"), ("tablet",)),
    "colour of errors": (
        swapped("--error-bg: #(fde4e4|4a1f24)", "--error-bg: transparent"),
        ("screen", "dark"),
    ),
    "colour of warnings": (
        swapped("--warning-bg: #(fdf0cf|44350f)", "--warning-bg: transparent"),
        ("tablet", "dark"),
    ),
    "ground": (swapped("--bg: #(f4f5f7|14171c)", "--bg: var(--paper)"), ("phone", "dark")),
    "dark mode": (swapped(r"\(prefers-color-scheme: dark\)", "(prefers-color-scheme: none)"), ("dark",)),
}
"""What is taken from the style, and in which views that is to be noticed."""


@pytest.mark.parametrize(
    ("what", "name"), [(what, name) for what, (_, names) in BROKEN.items() for name in names]
)
def test_a_broken_style_is_noticed(opened, what, name):
    """The comparison fails where part of the style is lost."""
    if os.environ.get("CLAIMLINT_NEW_PICTURES"):
        pytest.skip("the pictures are being made")
    squares, lost = compared(opened, name, BROKEN[what][0](report()))
    assert squares > VIEWS[name][3] or lost
