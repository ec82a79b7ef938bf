"""Writes the tables of docs/dependencies.md: each package, why it was chosen, its licence, its last release, where it is needed.

The reasons are data (`bench/dependencies.yaml`); what is needed where is read from pyproject.toml. tests/test_supply.py fails where
the two name different packages or the page is out of date.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
BEGIN, END = "<!-- generated: dependencies -->\n", "<!-- end of dependencies -->"
HEADINGS = {
    "core": "Always installed",
    "extra": "With an extra",
    "dev": "For development, documentation and releases only",
}


def needed() -> dict[str, list[str]]:
    """Package -> the parts of pyproject.toml that name it; ``core`` is what is always installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, list[str]] = {}
    for part, lines in {"core": project["dependencies"], **project["optional-dependencies"]}.items():
        for line in lines:
            name = re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]
            if name != project["name"]:
                found.setdefault(name, []).append(part)
    return found


def known() -> dict[str, Any]:
    """The data file."""
    data: dict[str, Any] = yaml.safe_load((ROOT / "bench" / "dependencies.yaml").read_text(encoding="utf-8"))
    return data


def _group(parts: list[str]) -> str:
    return "core" if "core" in parts else "extra" if set(parts) - {"dev", "docs", "release"} else "dev"


def tables() -> str:
    """A table for what is always installed, for extras, and for development."""
    where, data = needed(), known()
    parts = [f"Looked up in {data['as_of']}."]
    for group, heading in HEADINGS.items():
        lines = [
            f"### {heading}",
            "",
            "| package | extra | why | licence | last release |",
            "|---|---|---|---|---|",
        ]
        for one in sorted(data["packages"], key=lambda one: one["name"].lower()):
            used = where.get(one["name"], ["nothing"])
            if _group(used) == group:
                extras = ", ".join(f"`{part}`" for part in used if part not in ("core", "dev")) or "-"
                lines.append(
                    f"| {one['name']} | {extras} | {one['why']} | {one['licence']} | {one['last_release']} |"
                )
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def current() -> str:
    """The whole page with its tables made anew."""
    text = PAGE.read_text(encoding="utf-8")
    head, begun, rest = text.partition(BEGIN)
    _, ended, tail = rest.partition(END)
    if not (begun and ended):
        raise SystemExit(f"{PAGE.name}: '{BEGIN.strip()}' or '{END}' is missing")
    return f"{head}{BEGIN}\n{tables()}\n\n{END}{tail}"


def run() -> None:
    """Writes the page."""
    PAGE.write_text(current(), encoding="utf-8")


if __name__ == "__main__":
    run()
