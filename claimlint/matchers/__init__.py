"""Rule kinds: each module finds the candidates of one kind; the engine turns them into findings.

A matcher knows places and reasons, never severities, files or output. A new kind is one module and one line here.
"""

from typing import NamedTuple

from claimlint.model import Claim, Confidence, Document, Place, Reason, Severity, Verdict

KINDS = ("phrase", "claim", "required", "call-to-action", "hidden-text", "notice", "gate")


class Candidate(NamedTuple):
    """A place where a rule applies (None: the document as a whole) and why.

    ``offers``: the sentence itself names what is offered, or speaks as the seller; on a page that sells nothing, only such
    sentences keep their rule's severity. ``detail`` is a sentence added to the message; ``severity`` lowers the rule's own.
    """

    place: Place | None
    sentence: str = ""
    why: tuple[Reason, ...] = ()
    claim: Claim | None = None
    verdict: Verdict | None = None
    confidence: Confidence | None = None
    offers: bool = True
    detail: str = ""
    severity: Severity | None = None

    def words(self, document: Document) -> str:
        """The words that the candidate is about."""
        place = self.place
        return "" if place is None else document.blocks[place.block].text[place.start : place.end]
