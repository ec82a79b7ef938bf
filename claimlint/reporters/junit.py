"""JUnit XML, which most build servers show as test results.

A document is a test suite and a finding a failed case, so that a finding has its own line in the
build's list; a document without findings is one passed case, and one not checked is an error.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from claimlint.model import Checked, Failure, Finding, Run
from claimlint.reporters.view import Spot, listed, reasons_in_words, spots

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(run: Run) -> str:
    """Well-formed XML 1.0; findings below the fail level are passed cases with their text as output."""
    suites = [_suite(run, checked) for checked in run.checked]
    suites += [(_not_checked(failure), 1, 0) for failure in run.failures]
    tests, failures = sum(suite[1] for suite in suites), sum(suite[2] for suite in suites)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="claimlint" tests="{tests}" failures="{failures}" errors="{len(run.failures)}">\n'
        + "".join(suite[0] for suite in suites)
        + "</testsuites>\n"
    )


def _suite(run: Run, checked: Checked) -> tuple[str, int, int]:
    path = checked.document.path
    cases: list[str] = []
    failed = 0
    for finding, spot in spots(checked.document, listed(run, checked)):
        fails = run.failing is not None and finding.severity.rank >= run.failing.rank
        fails = fails and finding.suppressed is None
        failed += fails
        cases.append(_case(path, finding, spot, fails))
    if not cases:
        cases = [f'    <testcase name="no findings" classname={_attribute(path)}/>\n']
    head = f'  <testsuite name={_attribute(path)} tests="{len(cases)}" failures="{failed}" errors="0">\n'
    return head + "".join(cases) + "  </testsuite>\n", len(cases), failed


def _not_checked(failure: Failure) -> str:
    path = _attribute(failure.path)
    return (
        f'  <testsuite name={path} tests="1" failures="0" errors="1">\n'
        f'    <testcase name="could be checked" classname={path}>\n'
        f"      <error message={_attribute(failure.reason)}/>\n    </testcase>\n  </testsuite>\n"
    )


def _case(path: str, finding: Finding, spot: Spot | None, fails: bool) -> str:
    where = f"{spot.line}:{spot.column}" if spot else "document"
    line = f' line="{spot.line}"' if spot else ""
    head = (
        f"    <testcase name={_attribute(f'{finding.rule} at {where}')} classname={_attribute(path)}"
        f" file={_attribute(path)}{line}>\n"
    )
    details = [f"“{finding.quote}”" if finding.quote else "", reasons_in_words(finding)]
    details += [f"Try: {text}" for text in finding.suggest[:1]]
    body = escape(_legal("\n".join(part for part in details if part)))
    message = f"{finding.severity.value}: {finding.message}"
    if fails:
        inner = (
            f"      <failure type={_attribute(finding.category)} message={_attribute(message)}>"
            f"{body}</failure>\n"
        )
    elif finding.suppressed is not None:
        inner = f"      <skipped message={_attribute(f'suppressed: {finding.suppressed}')}/>\n"
    else:
        inner = f"      <system-out>{escape(_legal(message))}\n{body}</system-out>\n"
    return head + inner + "    </testcase>\n"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_legal(text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
