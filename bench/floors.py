"""Fails when a figure measured on labelled data falls below its floor.

    python bench/floors.py FIGURES.json [FLOORS.json]

FIGURES is what the scorer prints with --json; floors stand in bench/floors.json, raised when a change
earns it. A figure that has a floor and was not measured fails too.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(figures_path: str, floors_path: str = str(Path(__file__).with_name("floors.json"))) -> int:
    figures = json.loads(Path(figures_path).read_text("utf-8"))
    floors = json.loads(Path(floors_path).read_text("utf-8"))
    for name, value in figures.items():
        floor = floors.get(name)
        print(f"{name:36} {value:8.3f}" + (f"  (at least {floor:.3f})" if floor is not None else ""))
    low = [name for name, floor in floors.items() if figures.get(name, float("-inf")) < floor]
    for name in low:
        measured = f"{figures[name]:.3f}" if name in figures else "not measured"
        print(f"below its floor: {name}, {measured}, at least {floors[name]:.3f}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
