"""``claimlint check FILE.docx --format docx`` and the same for PDF: the document itself, with findings in it.

The reports that are a changed copy of what was checked, so they have conditions of their own.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

from claimlint.errors import MissingExtra, UsageError

FORMATS = {"docx": ("Word document", "Word", ("docx",)), "pdf": ("PDF", "PDF", ("pypdf", "pypdfium2"))}
"""Format, which is also suffix and extra -> what it takes, the report's name, and the modules that it needs."""


def ready(name: str, paths: tuple[str, ...], target: str | None) -> None:
    """Raises UsageError unless one document of the format is to be checked and another file is to be written."""
    kind, title, modules = FORMATS[name]
    example = f"claimlint check copy.{name} --format {name} --output reviewed.{name}"
    if len(paths) != 1 or not paths[0].lower().endswith(f".{name}"):
        raise UsageError(f"--format {name} takes one {kind}, for example  {example}")
    if target in (None, "-"):
        raise UsageError(f"--format {name} needs --output FILE, for example  {example}")
    if os.path.realpath(str(target)) == os.path.realpath(paths[0]):
        raise UsageError(
            f"--format {name} never writes over the document that it checks: name another --output"
        )
    if any(find_spec(module) is None for module in modules):
        raise MissingExtra(f"the {title} report (--format {name})", name)


def write(name: str, result: Any, path: str, target: str) -> None:
    """Writes the reviewed copy of ``path``; nothing where the document could not be checked."""
    from claimlint import output

    if name == "docx":
        from claimlint.reporters.docx import review
    else:
        from claimlint.reporters.pdf import review
    for checked in result.run.checked:
        with open(path, "rb") as file:
            output.replace_file(target, review(result.run, checked, file.read()))
