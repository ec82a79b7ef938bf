"""The list of findings that a team has accepted for now, so that only new ones fail.

A baseline is a sorted text file of one line an entry, with neither line numbers nor a clock, so that it
merges cleanly and changes only when the findings do.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from claimlint.errors import ConfigError
from claimlint.model import Finding

HEAD = (
    "# claimlint baseline 1: fingerprint, rule, path, quote. Made by 'claimlint baseline'; order by path.\n"
)
LARGEST = 50_000_000


class Entry(NamedTuple):
    """One accepted finding; the fingerprint alone decides, the rest is for people."""

    path: str
    rule: str
    quote: str
    fingerprint: str


def read(path: str) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises ConfigError with the line of whatever is no entry."""
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read(LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or error
        raise ConfigError(
            f"the baseline can't be read: {what}; make one with 'claimlint baseline create'", path
        ) from None
    entries = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.rstrip("\r").split("\t")
        if len(parts) != 4 or len(parts[0]) != 32 or set(parts[0]) - set("0123456789abcdef"):
            raise ConfigError(
                "this is no line of a baseline; make it anew with 'claimlint baseline update'", path, number
            )
        entries.append(Entry(parts[2], parts[1], parts[3], parts[0]))
    return tuple(entries)


def entry(finding: Finding, path: str) -> Entry:
    """The entry for a finding; ``path`` is relative to the settings' folder."""
    return Entry(_line(path), finding.rule, _line(finding.quote)[:200], finding.fingerprint)


def _line(text: str) -> str:
    """``text`` on one line, characters that no terminal or file should meet replaced."""
    return "".join(char if char.isprintable() else "\ufffd" for char in " ".join(text.split()))


def write(path: str, entries: Iterable[Entry]) -> None:
    """Writes the entries sorted, through a new file beside it that then takes its place."""
    from claimlint.output import replace_file

    lines = [f"{e.fingerprint}\t{e.rule}\t{e.path}\t{e.quote}\n" for e in sorted(set(entries))]
    replace_file(path, (HEAD + "".join(lines)).encode("utf-8", "replace"))


def merge(
    old: Sequence[Entry], now: Iterable[Entry], checked: set[str], root: str, *, add: bool
) -> tuple[Entry, ...]:
    """``old`` without the entries that no longer occur, and with the new ones where ``add``.

    An entry for a file that this run did not check stays, unless the file has gone from ``root``.
    """
    current = set(now)
    prints = {item.fingerprint for item in current}
    kept = {
        item
        for item in old
        if item.fingerprint in prints
        or (item.path not in checked and os.path.exists(os.path.join(root, item.path)))
    }
    return tuple(sorted(kept | current if add else kept))


def of_result(old: Sequence[Entry], result: Any, *, add: bool) -> tuple[Entry, ...]:
    """The entries after a run (a ``runner.Result``): ``old`` merged with what the run found.

    Silenced findings and claimlint's own housekeeping are never accepted this way.
    """
    relative = dict(result.relative)
    now = [
        entry(finding, relative[checked.document.path])
        for checked in result.run.checked
        for finding in checked.findings
        if finding.suppressed is None and finding.category != "housekeeping"
    ]
    checked_paths = {relative[checked.document.path] for checked in result.run.checked}
    root = result.roots[0] if result.roots else os.getcwd()
    return merge(old, now, checked_paths, root, add=add)


def imported(path: str) -> tuple[Entry, ...]:
    """The findings of a claimlint report (JSON or SARIF), or the entries of another baseline.

    Silenced findings and housekeeping are left out. Raises ConfigError for any other file.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ConfigError(f"can't be read: {error.strerror or error}", path) from None
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read(path)
    import json

    try:
        report = json.loads(data[: LARGEST + 1].decode("utf-8-sig"))
        found = report["findings"] if "findings" in report else _results(report)
        return tuple(
            sorted(
                Entry(_line(item["path"]), item["rule"], _line(item["quote"])[:200], item["fingerprint"])
                for item in found
                if not item.get("suppressed") and not item["rule"].startswith("claimlint/")
            )
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise ConfigError(
            "isn't a report that claimlint wrote with --format json or sarif, nor a baseline", path
        ) from None


def _results(report: Any) -> list[dict[str, Any]]:
    """The results of a SARIF log by claimlint, in the shape of the JSON report."""
    return [
        {
            "path": result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "rule": result["ruleId"],
            "quote": result["locations"][0]["physicalLocation"]["region"].get("snippet", {}).get("text", ""),
            "fingerprint": result["partialFingerprints"]["claimlint/v1"],
            "suppressed": bool(result.get("suppressions")),
        }
        for run in report["runs"]
        for result in run["results"]
        if "partialFingerprints" in result
    ]
