"""What every report needs to know of a run: what is listed, how much there is of it, and where.

Reports only format; counting, filtering and escaping are decided here once, so that no two reports
of the same run can disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from math import isfinite
from typing import Any, NamedTuple

from claimlint.model import Checked, Document, Finding, Run, Scope, Severity
from claimlint.spans import LineIndex

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
"""Worst first: the order in which reports name them."""

_CONTROL = "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
_SURROGATE = "[\ud800-\udfff]"
_URL = r"(?i:https?)://[^\s<>\"'\\^`{|}\x00-\x20]++\Z"


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compiled when first wanted: plain reports of plain text want none."""
    return re.compile(source)


class Spot(NamedTuple):
    """Where a finding stands: 1-based lines and columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Tally(NamedTuple):
    """How much a run found. ``hidden`` findings count in ``severities`` though no report lists them."""

    documents: int
    without_copy: int
    severities: Mapping[Severity, int]
    categories: Mapping[str, int]
    suppressed: int
    hidden: int
    held_back: int
    skipped: int
    not_checked: int

    @property
    def total(self) -> int:
        """All findings that count, of whatever severity."""
        return sum(self.severities.values())


def listed(run: Run, checked: Checked) -> list[Finding]:
    """The findings of one document that a report lists: severe enough, and not silenced unless asked."""
    least = run.shown.rank
    return [
        finding
        for finding in checked.findings
        if (run.show_suppressed or finding.suppressed is None) and finding.severity.rank >= least
    ]


def tally(run: Run) -> Tally:
    """Counts over everything found; silenced findings are counted apart from the rest."""
    severities: Counter[Severity] = Counter()
    categories: Counter[str] = Counter()
    suppressed = hidden = 0
    for checked in run.checked:
        for finding in checked.findings:
            if finding.suppressed is not None:
                suppressed += 1
                continue
            severities[finding.severity] += 1
            categories[finding.category] += 1
            hidden += finding.severity.rank < run.shown.rank
    return Tally(
        documents=len(run.checked),
        without_copy=sum(all(b.scope is Scope.CODE for b in one.document.blocks) for one in run.checked),
        severities={severity: severities[severity] for severity in SEVERITIES},
        categories=dict(sorted(categories.items())),
        suppressed=suppressed,
        hidden=hidden,
        held_back=run.held_back,
        skipped=run.skipped,
        not_checked=len({failure.path for failure in run.failures}),
    )


def spots(document: Document, findings: list[Finding]) -> Iterator[tuple[Finding, Spot | None]]:
    """Each finding with its place, None for one about the document as a whole."""
    index = LineIndex(document.source) if findings else None
    for finding in findings:
        if index is None or finding.start is None or finding.end is None:
            yield finding, None
        else:
            yield finding, Spot(*index.position(finding.start), *index.position(finding.end))


def locator(document: Document, finding: Finding) -> str | None:
    """Page or paragraph of a finding, in formats that have no text offsets."""
    if finding.place is None or not 0 <= finding.place.block < len(document.blocks):
        return None
    return document.blocks[finding.place.block].locator


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 file", "4 files"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def found_in_words(total: Tally) -> str:
    """ "3 errors, 1 note", or "nothing found"."""
    parts = [count(total.severities[s], s.value) for s in SEVERITIES if total.severities[s]]
    return ", ".join(parts) or "nothing found"


def summary_line(total: Tally) -> str:
    """One sentence that says what was found and, as plainly, what was left out and why."""
    parts = [f"{found_in_words(total)} in {count(total.documents, 'file')}"]
    if total.without_copy:
        parts.append(
            f"{total.without_copy} of them without any copy" if total.documents > 1 else "it holds no copy"
        )
    if total.not_checked:
        parts.append(f"{count(total.not_checked, 'file')} could not be checked")
    if total.hidden:
        parts.append(f"{total.hidden} not listed (below the severity shown)")
    if total.suppressed:
        parts.append(f"{total.suppressed} suppressed")
    if total.held_back:
        parts.append(f"{total.held_back} held back by the baseline")
    if total.skipped:
        parts.append(f"{total.skipped} skipped")
    return "; ".join(parts)


def visible(text: str) -> str:
    r"""``text`` with control, direction and invisible characters spelt out (``\x1b``, ``\u202e``).

    Material under review can neither drive a terminal nor reorder or break a line of a report.
    """
    if text.isascii() and text.isprintable():
        return text
    return _pattern(_CONTROL).sub(lambda match: spelt(match.group()), text)


def spelt(char: str) -> str:
    """One character as a reader can see it: its escape where it is a control, else itself."""
    if " " <= char <= "~" or not _pattern(_CONTROL).match(char):
        return char
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(char)
    code = ord(char)
    return named or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def encodable(text: str) -> str:
    """``text`` with lone surrogates (undecodable file names) replaced, so that it encodes to UTF-8."""
    return text if text.isascii() else _pattern(_SURROGATE).sub("\ufffd", text)


def dump(value: Any, *, indent: int | None = 2) -> str:
    """JSON text that always encodes to UTF-8; keys keep the order in which they were written."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _pattern(_SURROGATE).sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def dump_lines(report: Mapping[str, Any]) -> str:
    """A JSON object with each element of its lists on a line of its own: a third smaller than indented, and still searched by line."""
    parts = []
    for key, value in report.items():
        if isinstance(value, list) and value:
            body = ",\n".join(dump(item, indent=None).rstrip("\n") for item in value)
            parts.append(f"{dump(key, indent=None).strip()}: [\n{body}\n]")
        else:
            parts.append(f"{dump(key, indent=None).strip()}: {dump(value, indent=None).strip()}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def is_web_address(text: str) -> bool:
    """True for an http or https address: the only kind that a report may link."""
    return len(text) <= 2048 and _pattern(_URL).match(text) is not None


def addresses(record: Any, depth: int = 4) -> dict[str, str]:
    """The web addresses anywhere in a JSON-ready record, in order, each with a name for a reader."""
    found: dict[str, str] = {}
    if isinstance(record, str):
        if is_web_address(record):
            found[record] = record
    elif depth and isinstance(record, Mapping):
        for value in record.values():
            for address, name in addresses(value, depth - 1).items():
                found.setdefault(address, name)
        title, own = record.get("title"), record.get("url")
        if isinstance(own, str) and own in found and isinstance(title, str) and title:
            date = record.get("date")
            found[own] = f"{title} ({date})" if isinstance(date, str) and date else title
    elif depth and isinstance(record, list | tuple):
        for value in record:
            for address, name in addresses(value, depth - 1).items():
                found.setdefault(address, name)
    return found


def name_of(record: Mapping[str, Any]) -> str:
    """What a reader would call an evidence or provision record: its title, else its id."""
    for key in ("title", "name", "pair", "citation", "record", "id"):
        value = record.get(key)
        if isinstance(value, str) and value:
            return value
    return ""


def detail_of(record: Mapping[str, Any]) -> str:
    """What the record says, in a sentence or two."""
    for key in ("detail", "summary", "text"):
        value = record.get(key)
        if isinstance(value, str) and value:
            return value
    return ""


def headline(finding: Finding) -> tuple[str, str]:
    """The message in two: what is wrong with the words, and what the evidence says (empty where it says nothing).

    The engine puts a record's own sentences into the message, for reports of one line; a report that shows
    the record needs them once.
    """
    said = [detail for record in finding.evidence if (detail := detail_of(record))]
    at = min((place for detail in said if (place := finding.message.find(detail)) > 0), default=0)
    if not at or not finding.message[:at].strip():
        return finding.message, ""
    return finding.message[:at].rstrip(), finding.message[at:]


def reasons_in_words(finding: Finding, limit: int = 4) -> str:
    """The words that decided a finding: "hedge “may”, negation “not”"."""
    seen = dict.fromkeys(f"{reason.kind} “{_short(reason.text)}”" for reason in finding.why)
    parts = list(seen)
    more = f" and {len(parts) - limit} more" if len(parts) > limit else ""
    return ", ".join(parts[:limit]) + more


def _short(text: str, most: int = 70) -> str:
    text = text.strip('"“”') if len(text) > 2 else text
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def plain(value: Any) -> Any:
    """A JSON-ready copy of a record: mappings, tuples and sets become dicts and lists."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else None
    return str(value)
