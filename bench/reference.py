"""Writes the parts of the documentation that the program itself knows: options, settings, rules, a sample.

A table kept by hand is wrong within a month. Each generated part stands between two comments, and
tests/test_docs.py fails where one differs from what this writes.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import chdir, redirect_stderr
from functools import cache
from pathlib import Path
from typing import Any

import click

from claimlint.rules.ruleset import Ruleset

ROOT = Path(__file__).resolve().parents[1]
CONTEXT = click.Context(click.Command("claimlint"))
SAMPLE = """\
# Lumora Wellness

Our drops cure arthritis and have no side effects.
"""


def commands() -> str:
    """Every command with its usage, its own options and, once, the options that several share."""
    from claimlint.cli import COMMANDS, group

    found = [(name, command) for name in COMMANDS if (command := group.get_command(CONTEXT, name))]
    flat = [pair for name, command in found for pair in _flat(name, command)]
    counts = Counter(_row(option) for _, command in flat for option in _options(command))
    checking = dict(flat)["check"]
    shared = [row for option in _options(checking) if counts[row := _row(option)] > 3]
    parts = []
    for name, command in flat:
        own = [row for option in _options(command) if (row := _row(option)) not in shared]
        rest = [row for option in _options(command) if (row := _row(option)) in shared]
        usage = f"{name} {' '.join(command.collect_usage_pieces(CONTEXT))}".replace("[OPTIONS] ", "")
        lines = [f"### claimlint {name}", "", f"`claimlint {usage.strip()}`", "", _words(command.help)]
        if own:
            lines += ["", *_table(("option", "meaning"), own)]
        if rest:
            lines += ["", "Takes the shared options as well." if own else "Takes the shared options."]
        parts.append("\n".join(lines))
    parts.append("\n".join(["### Shared options", "", *_table(("option", "meaning"), shared)]))
    return "\n\n".join(parts)


def _flat(name: str, command: click.Command) -> Iterable[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for sub in command.list_commands(CONTEXT):
            below = command.get_command(CONTEXT, sub)
            if below is not None:
                yield from _flat(f"{name} {sub}", below)
    else:
        yield name, command


def _options(command: click.Command) -> list[click.Option]:
    return [option for option in command.params if isinstance(option, click.Option) and not option.hidden]


def _row(option: click.Option) -> tuple[str, str]:
    names = ", ".join(f"`{name}`" for name in sorted(option.opts, key=len, reverse=True))
    value = ""
    if isinstance(option.type, click.Choice):
        value = " ".join(f"`{choice}`" for choice in option.type.choices)
    elif not option.is_flag:
        value = f"`{option.make_metavar(CONTEXT)}`"
    shown = f" Default `{option.default}`." if option.show_default and option.default else ""
    many = " May be repeated." if option.multiple else ""
    meaning = _words(option.help or "What the report looks like.") + shown + many
    return f"{names} {value}".strip(), meaning


def suffixes() -> str:
    """The suffixes of the files that are read."""
    from claimlint.readers import BINARY, SUFFIXES

    return ", ".join(f"`{suffix}`" for suffix in sorted({*SUFFIXES, *BINARY})) + "."


def settings() -> str:
    """Every setting with its values and its meaning, from the schema of the settings file."""
    schema = json.loads((ROOT / "claimlint" / "config.schema.json").read_text(encoding="utf-8"))
    rows = [
        (f"`{name}`", _values(entry), _words(entry.get("description", "")))
        for name, entry in sorted(schema["properties"].items())
    ]
    return "\n".join(_table(("setting", "value", "meaning"), rows))


def _values(entry: dict[str, Any]) -> str:
    if "enum" in entry:
        return ", ".join(f"`{value}`" for value in entry["enum"])
    if "anyOf" in entry:
        return " or ".join(_values(one) for one in entry["anyOf"])
    if entry.get("type") == "array":
        keys = entry.get("items", {}).get("properties")
        return f"a list of groups with {_names(keys)}" if keys else "a list"
    if entry.get("type") == "object":
        return f"a group with {_names(entry['properties'])}" if "properties" in entry else "names and values"
    return {"string": "text", "integer": "a number", "boolean": "`true` or `false`"}.get(
        entry.get("type", ""), ""
    )


def _names(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


@cache
def _ruleset() -> Ruleset:
    from claimlint import load_rules

    return load_rules()


def rules() -> str:
    """Every rule by category: title, severity, confidence, who sees it, why, and what it rests on."""
    found = _ruleset().rules
    categories = sorted({rule.category for rule in found})
    parts = [f"{len(found)} rules in {len(categories)} categories."]
    for category in categories:
        parts.append(f"## {category}")
        for rule in (rule for rule in found if rule.category == category):
            facts = [rule.severity.value, f"confidence {rule.confidence.value}"]
            if rule.profiles:
                facts.append(f"only in the profile {' or '.join(sorted(rule.profiles))}")
            if rule.when == "promotional":
                facts.append("a note where the page sells nothing")
            parts.append(
                f"### {rule.id}\n\n{_capital(rule.title)}. *{', '.join(facts)}.*\n\n{_words(rule.why)}"
            )
            rests = [*(f"`{name}`" for name in rule.provisions), *(f"<{url}>" for url in rule.sources)]
            if rests:
                parts.append(f"Rests on: {', '.join(rests)}")
    return "\n\n".join(parts)


def tables() -> str:
    """Every table of a batch dataset with its columns."""
    from claimlint.batch.schema import TABLES, VERSION

    parts = [f"Schema version {VERSION}."]
    for name, columns in TABLES.items():
        rows = [
            (f"`{one.name}`", f"`{one.type}`", one.meaning + (f"; null: {one.empty}" if one.empty else ""))
            for one in columns
        ]
        parts.append("\n".join([f"### {name}", "", *_table(("column", "type", "meaning"), rows)]))
    return "\n\n".join(parts)


def sample() -> str:
    """The text report of three lines of copy, as a newcomer sees it."""
    from claimlint.cli import main

    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("page.md").write_text(SAMPLE, encoding="utf-8")
        with redirect_stderr(io.StringIO()):
            main(["check", "--select", "cure,safety", "--as-of", "2026-11-24", "-o", "out", "page.md"])
        text = Path("out").read_text(encoding="utf-8")
    return f"```text\n{text.strip()}\n```"


def look() -> str:
    """What a check of one example page prints."""
    return _printed("check", "examples/bad/eczema-trial.txt")


def ledger() -> str:
    """What the ledger of one example page prints."""
    return _printed("claims", "examples/bad/autoimmune-landing.txt")


def _printed(command: str, page: str) -> str:
    from claimlint.cli import main

    with tempfile.TemporaryDirectory() as folder, chdir(ROOT), redirect_stderr(io.StringIO()):
        out = Path(folder) / "out"
        main([command, "--isolated", "--as-of", "2026-11-24", "-o", str(out), page])
        text = out.read_text(encoding="utf-8")
    return f"```text\n{text.strip()}\n```"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [head, ("---",) * len(head), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]


def _words(text: str | None) -> str:
    return " ".join((text or "").replace("\b", "").split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "README.md": {"sample": sample},
    "docs/usage.md": {"suffixes": suffixes, "commands": commands},
    "docs/configuration.md": {"settings": settings},
    "docs/rules.md": {"rules": rules},
    "docs/batch.md": {"tables": tables},
    "docs/tutorials/marketing-team.md": {"look": look},
    "docs/tutorials/reviewer.md": {"ledger": ledger},
}
"""File -> name of the generated part -> what writes it."""


def current(name: str) -> str:
    """The text of the file ``name`` with every generated part made anew."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for part, write in PARTS[name].items():
        begin, end = f"<!-- generated: {part} -->\n", f"<!-- end of {part} -->"
        head, found, rest = text.partition(begin)
        _, closed, tail = rest.partition(end)
        if not (found and closed):
            raise SystemExit(f"{name}: '{begin.strip()}' or '{end}' is missing")
        text = f"{head}{begin}\n{write()}\n\n{end}{tail}"
    return text


def run() -> None:
    """Writes all generated parts."""
    for name in PARTS:
        (ROOT / name).write_text(current(name), encoding="utf-8")
    print(f"{len(PARTS)} files brought up to date", file=sys.stderr)


if __name__ == "__main__":
    run()
