"""Writes docs/one-run.md: one small page followed through the code, with what each part made of it.

A newcomer reads code faster beside an example. What the page shows is taken from a run, and each function that it names must
exist, so it can't tell of a structure that is gone; tests/test_site.py fails where it is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "one-run.md"
TEMPLATE = ROOT / "bench" / "tour.md.jinja"
DAY = date(2026, 11, 24)
NAME = "drip.html"
COPY = """\
<h1>The Lumora drip</h1>
<!-- claimlint: ignore core/superiority/best reason="the words of a jury" -->
<p>We are the best clinic in Fictonia.</p>
<p>Stem cells <b>cure</b> multiple&nbsp;sclerosis. They are not a cure for lupus.</p>
<a href="tel:555-0100">Call us today</a>
"""


def module(name: str, *functions: str) -> str:
    """A link to a module, with the functions or classes of it that are meant; each must exist."""
    found = import_module(f"claimlint.{name}")
    for function in functions:
        value: Any = found
        for part in function.split("."):
            value = getattr(value, part)
    path = f"claimlint/{name.replace('.', '/')}"
    path = f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"
    link = f"[`{path}`](../{path})"
    return f"{' and '.join(f'`{function}`' for function in functions)} in {link}" if functions else link


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; what comes from the page under review stands in code."""
    lines = [tuple(head)]
    lines += [("---",) * len(lines[0]), *(tuple(map(str, row)) for row in rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def quoted(text: str) -> str:
    """Words of the page, as code."""
    return f"`{text.replace('`', ' ')}`" if text else "-"


def _place(start: int | None, lines: Any) -> str:
    return "the whole page" if start is None else "{}:{}".format(*lines.position(start))


def followed() -> dict[str, str]:
    """What each part makes of the page, as tables and text."""
    from claimlint import readers, spans
    from claimlint.checking import Engines, Item, Job, check
    from claimlint.config import Settings
    from claimlint.discovery import Target
    from claimlint.model import Run
    from claimlint.reporters import render
    from claimlint.runner import exit_status
    from claimlint.signals import signals

    data = COPY.encode()
    document = readers.read(NAME, data)
    job = Job(DAY, cache=False)
    engines = Engines(job)
    settings = Settings(root=str(ROOT))
    engine = engines.engine(settings)
    sentences = engine._reader.read(document)
    facts = signals(document, sentences, engine._book.signal_of)
    entries = engine._ledger.entries(document, sentences)
    raw = engine.check(document).findings
    outcome = check(Item(Target(NAME, str(ROOT / NAME), named=True, data=data), settings), job, engines)
    checked: Any = outcome.checked
    lines = spans.LineIndex(document.source)
    run = Run((checked,), (), engine.ruleset.rules, as_of=DAY.isoformat(), root=str(ROOT))
    return {
        "blocks": table(
            ("scope", "text", "taken from the source at"),
            [
                (block.scope, quoted(block.text), ", ".join(f"{a}-{b}" for _, a, b in block.segments))
                for block in document.blocks
            ],
        ),
        "sentences": table(
            ("block", "sentence", "terms"),
            [
                (
                    sentence.index,
                    quoted(sentence.text),
                    ", ".join(f"{hit.kind} {hit.concept}" for hit in sentence.hits) or "-",
                )
                for sentence in sentences
            ],
        ),
        "claims": table(
            ("treatment", "effect", "condition", "strength", "contexts", "verdict"),
            [
                (
                    claim.intervention or "-",
                    claim.effect or "-",
                    claim.condition or "-",
                    claim.strength,
                    ", ".join(sorted(claim.contexts)) or "-",
                    entry.verdict.verdict if entry.verdict else "-",
                )
                for entry in entries
                for claim in [entry.claim]
            ],
        ),
        "signals": table(
            ("signal", "is it so?"),
            [
                (name.replace("_", " "), "yes" if getattr(facts, name) else "no")
                for name in ("promotes", "cta", "risk_disclosure", "harms", "citations")
            ]
            + [("speaker", facts.speaker)],
        ),
        "raw": table(
            ("rule", "words", "line and column"),
            [(f"`{one.rule}`", quoted(one.quote), _place(one.start, lines)) for one in raw],
        ),
        "triaged": table(
            ("rule", "severity", "confidence", "what becomes of it"),
            [
                (
                    f"`{one.rule}`",
                    one.severity,
                    one.confidence,
                    f"silenced: {one.suppressed}" if one.suppressed else "reported",
                )
                for one in checked.findings
            ],
        ),
        "report": f"```text\n{render('text', run).strip()}\n```",
        "status": str(exit_status(run)),
    }


def current() -> str:
    """The whole page, from the words in bench/tour.md.jinja."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(module=module, made=followed(), name=NAME, copy=COPY)


def run() -> None:
    """Writes the page."""
    PAGE.write_text(current(), encoding="utf-8")


if __name__ == "__main__":
    run()
