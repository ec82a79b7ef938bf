"""``claimlint check FILE.docx --format docx``: the Word document itself, with findings as comments.

The one report that is a changed copy of what was checked, so it has conditions of its own.
"""

from __future__ import annotations

import os
from typing import Any

from claimlint.errors import UsageError


def ready(paths: tuple[str, ...], target: str | None) -> None:
    """Raises UsageError unless one .docx is to be checked and another file is to be written."""
    example = "claimlint check copy.docx --format docx --output reviewed.docx"
    if len(paths) != 1 or not paths[0].lower().endswith(".docx"):
        raise UsageError(f"--format docx takes one Word document, for example  {example}")
    if target in (None, "-"):
        raise UsageError(f"--format docx needs --output FILE, for example  {example}")
    if os.path.realpath(str(target)) == os.path.realpath(paths[0]):
        raise UsageError("--format docx never writes over the document that it checks: name another --output")
    from importlib.util import find_spec

    if find_spec("docx") is None:
        from claimlint.errors import MissingExtra

        raise MissingExtra("the Word report (--format docx)", "docx")


def write(result: Any, path: str, target: str) -> None:
    """Writes the reviewed copy of ``path``; nothing where the document could not be checked."""
    from claimlint import output
    from claimlint.reporters.docx import review

    for checked in result.run.checked:
        with open(path, "rb") as file:
            output.replace_file(target, review(result.run, checked, file.read()))
