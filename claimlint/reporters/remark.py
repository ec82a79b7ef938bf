"""What a finding says where it stands in the document itself: the text of a Word comment or of a note in a PDF.

Both tell an author the same, so it is written once.
"""

from __future__ import annotations

from claimlint.model import Finding
from claimlint.reporters.view import detail_of, encodable, name_of, reasons_in_words, visible

AUTHOR = "claimlint"


def remark(finding: Finding, why: str, where: str) -> str:
    """What the remark says, a paragraph a line; ``why`` is the rule's, ``where`` says what it can't stand on."""
    lines = [where, f"{finding.severity.value.capitalize()}: {finding.message}", why]
    because = reasons_in_words(finding)
    lines.append(f"Decided by: {because}" if because else "")
    for record in finding.evidence[:3]:
        detail = detail_of(record)
        told = "" if detail in finding.message else detail
        said = ": ".join(part for part in (name_of(record), told) if part)
        lines.append(f"Evidence: {said}" if said else "")
        wording = record.get("wording")
        lines.append(f"Wording that the record bears out: {wording}" if wording else "")
    lines += [f"To do: {text}" for text in finding.suggest]
    lines += [f"Replacement: {fix.replacement}" for fix in finding.fixes if fix.replacement]
    if finding.suppressed is not None:
        lines.append(f"Suppressed: {finding.suppressed}")
    lines.append(f"Rule {finding.rule}, confidence {finding.confidence.value}")
    return "\n".join(encodable(visible(line)) for line in lines if line)
