"""How much a picture of a report differs from the committed one, in measures that bear other fonts.

Two things are compared: the mean colour of each square of a coarse grid, which tells that the page looks as it did from afar, and
the share of each flat colour, which tells that marks, cards and severities still have theirs.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops

SMALLER = 2
"""Pictures are kept at half their size: some eighty kilobytes each."""
SQUARE = 30
"""Side of a square of the grid, in pixels of the kept picture."""
FAR = 10
"""Difference of a square's mean colour, in one of red, green and blue (0 to 255), from which it counts."""
NEAR = 4
"""Two flat colours this near in each channel are the same."""
LEAST = 0.0004
"""Share of the picture from which a colour counts."""


class Difference(NamedTuple):
    """``squares``: share of squares that differ. ``lost``: flat colours of the old picture that the new one lacks."""

    squares: float
    lost: tuple[tuple[int, int, int], ...]


def kept(screenshot: bytes) -> Image.Image:
    """A screenshot as it is kept."""
    from io import BytesIO

    with Image.open(BytesIO(screenshot)) as picture:
        return picture.convert("RGB").reduce(SMALLER)


def save(picture: Image.Image, path: Path) -> None:
    """Writes a picture as small as it gets."""
    picture.save(path, optimize=True)


def difference(old: Image.Image, new: Image.Image) -> Difference:
    """How the new picture differs; a part that only one of them has is all different."""
    first, second = old.convert("RGB"), new.convert("RGB")
    size = max(first.width, second.width), max(first.height, second.height)
    first, second = _on(first, size), _on(second, size)
    grid = max(1, size[0] // SQUARE), max(1, size[1] // SQUARE)
    squares = ImageChops.difference(
        first.resize(grid, Image.Resampling.BOX), second.resize(grid, Image.Resampling.BOX)
    )
    far = [pixel for pixel in _pixels(squares) if max(pixel) > FAR]
    before, after = _flat(first), _flat(second)
    lost = tuple(
        colour
        for colour, share in before.items()
        if share >= LEAST and sum(there for other, there in after.items() if _same(colour, other)) < share / 3
    )
    return Difference(len(far) / (grid[0] * grid[1]), lost)


def _on(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    ground = Image.new("RGB", size, (255, 0, 255))
    ground.paste(picture)
    return ground


def _pixels(picture: Image.Image) -> list[tuple[int, int, int]]:
    data = picture.tobytes()
    return [(data[at], data[at + 1], data[at + 2]) for at in range(0, len(data), 3)]


def _flat(picture: Image.Image) -> dict[tuple[int, int, int], float]:
    """Colours of pixels like those right of and below them, by share of the picture: neither letters nor lines."""
    pixels = _pixels(picture)
    neighbours = zip(pixels, pixels[1:], pixels[picture.width :], strict=False)
    found = Counter(one for one, right, below in neighbours if one == right == below)
    return {colour: number / len(pixels) for colour, number in found.items()}


def _same(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))
