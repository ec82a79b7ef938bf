"""SARIF 2.1.0, the format that code scanning services and editors import.

Rules, places and failures are written so that Microsoft's SARIF Multitool finds nothing to correct,
and so that GitHub matches a finding with the same one of yesterday.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from claimlint.model import Checked, Document, Finding, Run
from claimlint.reporters import sarif_extras, sarif_law
from claimlint.reporters.sarif_rules import DOCS, PROJECT, descriptor
from claimlint.reporters.view import Spot, dump, encodable, listed, spots, visible
from claimlint.spans import LineIndex

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "SRCROOT"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_MEDIA = {
    "html": "text/html",
    "xhtml": "application/xhtml+xml",
    "markdown": "text/markdown",
    "md": "text/markdown",
}


def render(run: Run, *, compared: bool = False) -> str:
    """A SARIF log of one run; suppressed findings are in it only when the run shows them.

    ``compared`` says that a baseline held back what it lists: every result is then a new one.
    """
    shown = [(checked, listed(run, checked)) for checked in run.checked]
    indices = {rule.id: number for number, rule in enumerate(run.rules)}
    rules = [descriptor(rule) for rule in run.rules]
    # Housekeeping and plugin findings may name a rule that has no file: SARIF wants each declared.
    for _, findings in shown:
        for finding in findings:
            if finding.rule not in indices:
                indices[finding.rule] = len(rules)
                rules.append(descriptor(finding))
    law = sarif_law.provisions(finding for _, findings in shown for finding in findings)
    for rule, described in zip(run.rules, rules, strict=False):
        related = sarif_law.relationships(rule, law)
        if related:
            described["relationships"] = related
    artifacts = {checked.document.path: number for number, checked in enumerate(run.checked)}
    results = [
        _result(checked, finding, spot, indices[finding.rule], artifacts[checked.document.path])
        for checked, findings in shown
        for finding, spot in spots(checked.document, findings)
    ]
    if compared:
        for result in results:
            result["baselineState"] = "new"
    made = _run(run, rules, results)
    if law:
        made["tool"]["driver"]["supportedTaxonomies"] = [{"name": sarif_law.NAME, "index": 0}]
        made["taxonomies"] = [sarif_law.taxonomy(law, PROJECT)]
        for result, finding in zip(results, _in_order(shown), strict=True):
            taxa = sarif_law.references((str(one.get("id", "")) for one in finding.provisions), law)
            if taxa:
                result["taxa"] = taxa
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [made]})


def _in_order(shown: list[tuple[Checked, list[Finding]]]) -> list[Finding]:
    """The findings in the order of their results."""
    return [finding for checked, findings in shown for finding, _ in spots(checked.document, findings)]


def _run(run: Run, rules: list[dict[str, Any]], results: list[dict[str, Any]]) -> dict[str, Any]:
    kept, gone = sarif_extras.cut(results)
    driver = {
        "name": "claimlint",
        "organization": "claimlint",
        "version": run.version or "0.0.0",
        "semanticVersion": _semantic(run.version),
        "informationUri": PROJECT,
        "rules": rules,
        "notifications": [
            {
                "id": "could-not-check",
                "name": "CouldNotCheck",
                "shortDescription": {"text": "A file that could not be read or checked."},
                "fullDescription": {
                    "text": "The file was not, or not wholly, checked: do not read it as clean."
                },
                "help": {
                    "text": "Mend the file, name its encoding in the settings, or exclude it on purpose."
                },
                "helpUri": f"{DOCS}/could-not-check",
                "defaultConfiguration": {"level": "error"},
            },
            *([{**sarif_extras.left_out_rule(), "helpUri": f"{DOCS}/results-left-out"}] if gone else []),
        ],
    }
    out: dict[str, Any] = {
        "tool": {"driver": driver},
        "automationDetails": {
            "id": "claimlint/",
            "description": {"text": "A check of health-marketing copy by claimlint."},
        },
        "invocations": [_invocation(run, gone)],
        "originalUriBaseIds": {
            ROOT: {"description": {"text": "The folder that relative paths in this log start from."}}
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(checked.document) for checked in run.checked],
        "results": kept,
    }
    # A commit explains relative paths alone: with a file from outside the repository it would mislead.
    inside = all("uriBaseId" in artifact["location"] for artifact in out["artifacts"])
    provenance = _provenance(run) if inside else None
    if provenance:
        out["versionControlProvenance"] = [provenance]
    return out


def _invocation(run: Run, gone: int) -> dict[str, Any]:
    out: dict[str, Any] = {"executionSuccessful": not run.failures}
    notices = [sarif_extras.left_out(gone, 1)] if gone else []
    if run.failures or notices:
        out["toolExecutionNotifications"] = notices + [
            {
                "descriptor": {"id": "could-not-check", "index": 0},
                "level": "error",
                "message": {"text": _sentence(f'Could not check "{failure.path}": {failure.reason}')},
                "locations": [{"physicalLocation": {"artifactLocation": location(failure.path)}}],
            }
            for failure in run.failures
        ]
    times = {"startTimeUtc": run.stamp.get("started"), "endTimeUtc": run.stamp.get("ended")}
    return {**out, **{key: value for key, value in times.items() if value}}


def _provenance(run: Run) -> dict[str, Any] | None:
    """Repository and commit: both come with --stamp alone."""
    repository, revision = run.stamp.get("repository"), run.stamp.get("commit")
    if not (repository and revision):
        return None
    out = {"repositoryUri": repository, "revisionId": revision, "mappedTo": {"uriBaseId": ROOT}}
    return {**out, **({"branch": run.stamp["branch"]} if run.stamp.get("branch") else {})}


def _artifact(document: Document) -> dict[str, Any]:
    out: dict[str, Any] = {"location": location(document.path), "roles": ["analysisTarget"]}
    media = _MEDIA.get(document.format)
    if media or document.format in ("txt", "text"):
        out["mimeType"] = media or "text/plain"
    return out


def _result(
    checked: Checked, finding: Finding, spot: Spot | None, rule: int, artifact: int
) -> dict[str, Any]:
    document = checked.document
    region = _region(finding, spot) if spot else _whole(document)
    where: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {**location(document.path), "index": artifact},
            "region": region,
        }
    }
    above = sarif_extras.logical(document, finding)
    if above:
        where["logicalLocations"] = above
    out: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": _message(finding)},
        "locations": [where],
    }
    related = sarif_extras.related(document, finding, where["physicalLocation"]["artifactLocation"])
    if related:
        out["relatedLocations"] = related
    if finding.fingerprint:
        out["partialFingerprints"] = {"claimlint/v1": finding.fingerprint}
    if finding.fixes:
        out["fixes"] = _fixes(document, finding)
    if finding.suppressed is not None:
        out["suppressions"] = [{"kind": "inSource", "justification": visible(finding.suppressed)}]
    out["properties"] = {"category": finding.category, "confidence": finding.confidence.value}
    names = [visible(encodable(str(one.get("record") or one.get("id") or ""))) for one in finding.evidence]
    if any(names):
        out["properties"]["evidence"] = [name for name in names if name]
    return out


def _message(finding: Finding) -> str:
    parts = [_sentence(finding.message)]
    if finding.suggest:
        parts.append(_sentence(f"Suggested: {finding.suggest[0]}"))
    return " ".join(parts)


def _region(finding: Finding, spot: Spot) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": spot.line,
        "startColumn": spot.column,
        "endLine": spot.end_line,
        "endColumn": spot.end_column,
    }
    if finding.start is not None and finding.end is not None:
        region |= {"charOffset": finding.start, "charLength": finding.end - finding.start}
        if finding.quote:
            region["snippet"] = {"text": encodable(finding.quote)}
    return region


def _whole(document: Document) -> dict[str, Any]:
    """The region of a finding about the document: GitHub refuses a result without one."""
    line, column = LineIndex(document.source).position(len(document.source))
    return {
        "startLine": 1,
        "startColumn": 1,
        "endLine": line,
        "endColumn": max(column, 2 if line == 1 else 1),
    }


def _fixes(document: Document, finding: Finding) -> list[dict[str, Any]]:
    index = LineIndex(document.source)
    out = []
    for fix in finding.fixes:
        (line, column), (end_line, end_column) = index.position(fix.start), index.position(fix.end)
        deleted = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
        replacement = {"deletedRegion": deleted, "insertedContent": {"text": encodable(fix.replacement)}}
        change = {"artifactLocation": location(document.path), "replacements": [replacement]}
        out.append({"description": {"text": _sentence(fix.description)}, "artifactChanges": [change]})
    return out


def location(path: str) -> dict[str, Any]:
    """An artifactLocation: a relative URI under the root, or a file: URI for an absolute path.

    Bytes that are no UTF-8 in a file name come back as they were, percent-encoded.
    """
    posix = path.replace("\\", "/") if _DRIVE.match(path) else path
    if _DRIVE.match(path):
        return {"uri": f"file:///{posix[0]}:{_quoted(posix[2:])}"}
    if posix.startswith("//"):
        return {"uri": f"file:{_quoted(posix)}"}
    if posix.startswith("/"):
        return {"uri": f"file://{_quoted(posix)}"}
    while posix.startswith("./"):
        posix = posix[2:].lstrip("/")
    return {"uri": _quoted(posix) or ".", "uriBaseId": ROOT}


def _quoted(path: str) -> str:
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a surrogate that stands for no byte: no such file name exists
        data = encodable(path).encode()
    return quote(data, safe="/-._~!$'()*,;=@+")


def _sentence(text: str) -> str:
    """Text that ends as a sentence: the validator asks for a full stop."""
    text = visible(" ".join(text.split())) or "No description"
    return text if text.endswith((".", "!", "?")) and not text.endswith("..") else text.rstrip(".:;,") + "."


def _semantic(version: str) -> str:
    """Three numbers and, for a pre-release, a tag: what SemVer allows of a Python version."""
    match = re.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)", version)
    if not match:
        return "0.0.0"
    numbers = ".".join(str(int(part or 0)) for part in match.groups()[:3])
    tag = re.sub(r"[^0-9A-Za-z-]+", "-", match.group(4)).strip("-")
    return f"{numbers}-{tag}" if tag else numbers
