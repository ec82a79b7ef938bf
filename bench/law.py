"""Writes the documentation of the law from the packs themselves: a page a pack, a page a provision, and the coverage matrix.

What is written here by hand would be out of date with the first amendment. tests/packs/test_law_docs.py fails where a page
differs from what this writes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "packs"
LAW = ROOT / "docs" / "law.md"
BEGIN, END = "<!-- generated: matrix -->\n", "<!-- end of matrix -->"
SURE = {
    "H": "high: the text or an official page was read",
    "M": "medium: read in part or through a good source; a warning at most",
    "L": "low: one weak source; a note at most",
}
Records = Mapping[str, Mapping[str, Any]]


@cache
def _packs() -> dict[str, Any]:
    from claimlint import rules
    from claimlint.rules.loader import shipped

    return {name: rules.load((name,), cache=False) for name in shipped() if name != "core"}


@cache
def _concepts() -> list[dict[str, Any]]:
    import yaml

    path = ROOT / "rulesets" / "_provisions" / "concepts.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["concepts"]
    return found


SILENT = '<!-- claimlint: ignore-file core/* reason="says what the law and the rules look for" -->'


def _provisions() -> Records:
    found: Records = next(iter(_packs().values())).provisions
    return found


def _of(pack: str) -> dict[str, Mapping[str, Any]]:
    return {name: record for name, record in sorted(_provisions().items()) if record["jurisdiction"] == pack}


def _citing(provision: str, pack: str) -> list[Any]:
    return [rule for rule in _packs()[pack].rules if provision in rule.provisions]


def _cell(text: str) -> str:
    return " ".join(str(text).split()).replace("|", "\\|")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head)]
    lines += [("---",) * len(lines[0]), *(tuple(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _shown(rule: Any) -> str:
    """The profiles in which a rule is run."""
    return ", ".join(name for name in ("team", "reviewer", "regulator") if name in rule.profiles) or "all"


def pack_page(name: str) -> str:
    """A pack: what it covers and not, its own rules, its provisions."""
    loaded = _packs()[name]
    pack = loaded.packs[name]
    parts = [f"# {pack['title']}: `{name}`", SILENT, _cell(pack["description"])]
    parts.append(
        f"Use it with `--ruleset {name}` or `--jurisdiction {name}`. Kept current to {pack['as_of']}."
    )
    if pack.get("includes"):
        above = pack["includes"][0]
        parts.append(f"It stands on [`{above}`]({above}.md), which is loaded with it.")
    parts.append(f"**Covers.** {_cell(pack['covers'])}")
    parts.append(f"**Leaves out.** {_cell(pack['leaves_out'])}")
    own = _own(name)
    if own:
        rows = [(f"`{rule.id}`", rule.severity.value, _shown(rule), rule.title) for rule in own]
        parts.append("## Rules of its own\n\n" + _table(("rule", "severity", "profiles", "finds"), rows))
    raised = [(f"`{key}`", value) for key, value in sorted(pack.get("applies", {}).items())]
    if raised:
        told = "Findings of these concepts are at least so grave here, as far as a provision's confidence bears it."
        parts.append(f"## What it raises\n\n{told}\n\n" + _table(("concept", "at least"), raised))
    rows = [
        (f"[{record['title']}](provisions/{key}.md)", record["duty"], record["confidence"])
        for key, record in _of(name).items()
    ]
    parts.append("## Provisions\n\n" + _table(("provision", "duty", "confidence"), rows))
    return "\n\n".join(parts) + "\n"


def provision_page(name: str) -> str:
    """A provision: what it says in our words, how it was read, and what cites it."""
    record = _provisions()[name]
    pack = record["jurisdiction"]
    rows = [
        ("id", f"`{name}`"),
        ("jurisdiction", f"[`{pack}`](../{pack}.md)"),
        ("instrument", record["instrument"]),
        ("section", record["section"]),
        ("binds", record["binds"]),
        ("in force", record["in_force"]),
        ("version read", record["version_read"]),
        ("confidence", SURE[record["confidence"]]),
        ("last checked", record["last_checked"]),
        ("to be checked again by", record["recheck_by"]),
        ("read at", f"<{record['source_url']}>"),
    ]
    parts = [f"# {record['title']}", SILENT, _cell(record["text"]), _table(("field", "value"), rows)]
    rules = [(f"`{rule.id}`", rule.title) for rule in _citing(name, pack)]
    parts.append("## Rules that cite it\n\n" + _table(("rule", "finds"), rules))
    return "\n\n".join(parts) + "\n"


def _own(pack: str) -> list[Any]:
    return [rule for rule in _packs()[pack].rules if rule.id.startswith(f"{pack}/")]


def _row(title: str, provisions: Iterable[str]) -> tuple[str, ...]:
    homes = [_provisions()[one]["jurisdiction"] for one in dict.fromkeys(provisions)]
    return (title, *(str(homes.count(name) or "") for name in _packs()))


def matrix() -> str:
    """Concept by jurisdiction: how many provisions each pack joins to each concept."""
    names = list(_packs())
    own = [rule for name in names for rule in _own(name)]
    rows = []
    for concept in _concepts():
        cited = [one for rule in own if rule.id in concept["rules"] for one in rule.provisions]
        rows.append(_row(concept["title"], [*concept["provisions"], *cited]))
    notices = [one for rule in own if rule.category == "missing-notice" for one in rule.provisions]
    rows.append(_row("a notice, number or list of items that has to be there", notices))
    gates = [one for rule in own if rule.kind == "gate" for one in rule.provisions]
    rows.append(_row("the advertisement itself barred", gates))
    rows.append(("rules of its own", *(str(len(_own(name)) or "") for name in names)))
    head = ("concept", *(f"[{name}](packs/{name}.md)" for name in names))
    return f"{len(_provisions())} provisions in {len(names)} packs.\n\n" + _table(head, rows)


def pages() -> dict[Path, str]:
    """Every generated file with its text."""
    out = {FOLDER / f"{name}.md": pack_page(name) for name in _packs()}
    out |= {FOLDER / "provisions" / f"{name}.md": provision_page(name) for name in _provisions()}
    text = LAW.read_text(encoding="utf-8")
    head, begun, rest = text.partition(BEGIN)
    _, ended, tail = rest.partition(END)
    if not (begun and ended):
        raise SystemExit(f"docs/law.md: '{BEGIN.strip()}' or '{END}' is missing")
    out[LAW] = f"{head}{BEGIN}\n{matrix()}\n\n{END}{tail}"
    return out


def run() -> None:
    """Writes all pages and removes those of provisions and packs that are gone."""
    made = pages()
    for path in FOLDER.rglob("*.md"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{len(made)} pages written", file=sys.stderr)


if __name__ == "__main__":
    run()
