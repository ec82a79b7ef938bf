"""What is known of each (intervention, condition) pair, and what that allows a writer to say.

The registry is data in `seeds/`; this package loads it, looks pairs up and compares claims with it.
"""

from __future__ import annotations

from claimlint.evidence.registry import Record, Registry, load
from claimlint.evidence.status import approval_verdict
from claimlint.evidence.verdict import finding_evidence, mechanism_verdict, suggested_wording, verdict

__all__ = [
    "Record",
    "Registry",
    "approval_verdict",
    "finding_evidence",
    "load",
    "mechanism_verdict",
    "suggested_wording",
    "verdict",
]
