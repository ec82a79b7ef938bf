"""Shows how a file is read: what is taken as copy, with its scope and line, and what is left out.

It answers "why was this not found?" before anyone suspects a rule.
"""

from __future__ import annotations

import os
from importlib import import_module

from claimlint import readers
from claimlint.checking import Engines, Job
from claimlint.covered import uncovered
from claimlint.discovery import Target, display
from claimlint.loading import read, read_file
from claimlint.not_copy import built_file, own_material, program_file
from claimlint.settings_search import Options, searcher
from claimlint.spans import LineIndex


def explain(path: str, config: str | None = None, isolated: bool = False) -> str:
    """The blocks of a file, one a line. Raises ReadError."""
    from datetime import UTC, datetime

    settings_of, _ = searcher(Options(config=config, isolated=isolated))
    file = os.path.abspath(path)
    settings = settings_of(os.path.dirname(file))
    engines = Engines(Job(datetime.now(UTC).date()))
    data = read_file(Target(display(path), file))
    document = read(Target(display(path), file, data), settings, engines.extra_readers(settings))
    index = LineIndex(document.source)
    lines = [f"{document.path}: read as {document.format}, {len(document.blocks)} blocks of copy"]
    for block in document.blocks:
        line = index.position(block.segments[0][1])[0] if block.segments else 0
        lines.append(f"{line:>6}  {block.scope.value:<12}  {_shown(block.text)}")
    lines += [f"{index.position(part.start)[0]:>6}  not read      {part.reason}" for part in document.unread]
    for line, what in _skipped(path, document.source, index):
        lines.append(f"{line:>6}  left out      {what}")
    if own_material(settings)(os.path.realpath(file)):
        lines.append("claimlint's own material: check never reads this file as copy")
    elif program_file(settings.relative(file)) or built_file(file, data):
        lines.append("part of a program: passed over when a folder is walked, read when it is named")
    problem = uncovered(document)
    if problem:
        lines.append(problem)
    return "\n".join(lines) + "\n"


def _skipped(path: str, source: str, index: LineIndex) -> list[tuple[int, str]]:
    """What the reader's own ``skipped(path, source)`` lists as (start, end, reason), where it offers that."""
    suffix = readers.suffix(path)
    if suffix is None or suffix not in readers.SUFFIXES:
        return []
    module = import_module(f"claimlint.readers.{readers.SUFFIXES[suffix]}")
    skipped = getattr(module, "skipped", None)
    if skipped is None:
        return []
    return [
        (index.position(start)[0], f"{reason}: {_shown(source[start:end])}")
        for start, end, reason in skipped(path, source)
    ]


def _shown(text: str) -> str:
    text = "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
    return text if len(text) <= 160 else text[:157] + "..."
