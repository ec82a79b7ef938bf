"""The nouns that every other module speaks: Document, Rule, Claim, Evidence and Finding.

They are plain frozen records with no behaviour beyond trivial properties, and this module imports
nothing of ours, so that any part can be read, tested or replaced knowing only these shapes. They are named
tuples, which cost a tenth of a dataclass at every start; `replace` makes a copy with other values. Here and in other
modules with such records annotations are no strings, each of which would be compiled at every start.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple, TypeVar

_Record = TypeVar("_Record", bound="NamedTuple")

Segment = tuple[int, int, int]
"""(text_at, source_at, source_end): from ``text_at`` to the next segment's ``text_at`` the block's
text stands for ``source[source_at:source_end]``. Equal lengths mean a verbatim run; unequal lengths
mean that the run maps as a whole (an entity, a collapsed run of white space)."""


def replace(record: _Record, **values: Any) -> _Record:
    """A copy of one of these records with other values. ValueError for a name that it has not."""
    return record._replace(**values)


class _Ordered(str, Enum):
    """A string enumeration whose members rank in the order in which they are written."""

    def __init__(self, value: str) -> None:
        self._rank = len(type(self).__members__)

    @property
    def rank(self) -> int:
        """Position in the order of definition, 0 for the weakest."""
        return self._rank

    def __str__(self) -> str:
        return str(self.value)


class Severity(_Ordered):
    """How bad a finding is: what a regulator or reviewer would do about it (CONTRACT)."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class Confidence(_Ordered):
    """How sure the detection is; says nothing about how bad the finding is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Strength(_Ordered):
    """Claim strength, weakest first (ladder of Yu et al. 2019, with ``absolute`` on top)."""

    NONE = "none"
    CORRELATIONAL = "correlational"
    HEDGED = "hedged"
    CAUSAL = "causal"
    ABSOLUTE = "absolute"


class Scope(str, Enum):
    """What a block is to a reader of the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    BUTTON = "button"
    LINK = "link"
    TABLE_CELL = "table-cell"
    ALT = "alt"
    META = "meta"
    CAPTION = "caption"
    FOOTER = "footer"
    NAVIGATION = "navigation"
    QUOTATION = "quotation"
    CODE = "code"

    def __str__(self) -> str:
        return self.value


class Block(NamedTuple):
    """One run of text as a reader of the page sees it.

    ``text`` has inline markup removed, entities decoded and white space collapsed to single spaces;
    it never starts or ends with white space. ``heading`` and ``lead_in`` are indices into
    ``Document.blocks`` of the nearest heading above and of the block that introduces this one
    ("Benefits:" before a list). ``locator`` says where the block stands in formats that have no
    text offsets ("page 3", "paragraph 12").
    """

    text: str
    scope: Scope
    segments: tuple[Segment, ...]
    level: int = 0
    heading: int | None = None
    lead_in: int | None = None
    locator: str | None = None


class Comment(NamedTuple):
    """A real comment of the source format: where suppressions may stand. Offsets into the source.

    ``text`` is what stands between the comment's delimiters.
    """

    start: int
    end: int
    text: str


class Link(NamedTuple):
    """An address the document links to (``tel:``, ``mailto:``, a DOI, a booking page)."""

    href: str
    start: int
    end: int


class Unread(NamedTuple):
    """A part of the material that could not be read as copy, and why. Offsets into the source."""

    start: int
    end: int
    reason: str


class Document(NamedTuple):
    """A file as its reader sees it, in blocks, each mapped to ``source``.

    ``source`` is the decoded text exactly as stored (newlines kept, a BOM is one character); for
    formats without text it is the extracted text. ``meta`` holds machine-readable facts that are
    not copy themselves (``author``, ``date``, ``lang``, ``canonical`` ...), keys in lower case.
    """

    path: str
    format: str
    source: str
    blocks: tuple[Block, ...]
    comments: tuple[Comment, ...] = ()
    links: tuple[Link, ...] = ()
    unread: tuple[Unread, ...] = ()
    meta: Mapping[str, str] = {}


class Place(NamedTuple):
    """A half-open stretch of one block's text: code points into ``Block.text``."""

    block: int
    start: int
    end: int


class Reason(NamedTuple):
    """A word or phrase that decided something, and what it decided (``hedge``, ``negation`` ...)."""

    kind: str
    text: str
    place: Place


class Claim(NamedTuple):
    """What one sentence (or clause) asserts of an intervention.

    ``place`` is the claim's words, ``sentence`` the sentence that holds them. ``intervention``,
    ``effect`` and ``condition`` are concept ids of the lexicons (None where no known term stands);
    ``inherited`` names the slots taken from a lead-in, heading or page rather than from the
    sentence. ``why`` lists the words that decided strength, negation and the rest.
    """

    place: Place
    sentence: Place
    strength: Strength
    modal: str | None = None
    intervention: str | None = None
    effect: str | None = None
    effect_class: str | None = None
    condition: str | None = None
    target_kind: str | None = None
    agent: str = "none"
    experiencer: str | None = None
    negated: bool = False
    attributed: bool = False
    contexts: frozenset[str] = frozenset()
    inherited: frozenset[str] = frozenset()
    confidence: Confidence = Confidence.MEDIUM
    why: tuple[Reason, ...] = ()


class Verdict(NamedTuple):
    """What the evidence registry says of a claim (``verdict`` is one of the contract's words).

    ``records`` are ids in seeds/evidence.yaml; ``detail`` is one or two sentences for a reader.
    """

    verdict: str
    tier: str | None = None
    allowed: Strength | None = None
    records: tuple[str, ...] = ()
    detail: str = ""


class Rule(NamedTuple):
    """One rule file. ``id`` is its path below rulesets/ without the suffix.

    ``flag`` and ``passes`` are its examples, ``formats`` the formats of those that aren't plain text. ``fix``
    is what ``claimlint.fixes`` may do about its words.
    """

    id: str
    title: str
    kind: str
    category: str
    severity: Severity
    confidence: Confidence
    message: str
    why: str
    match: Mapping[str, Any]
    suggest: tuple[str, ...] = ()
    provisions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unless: frozenset[str] = frozenset()
    even_if: tuple[str, ...] = ()
    scope: frozenset[Scope] = frozenset()
    when: str = "any"
    profiles: frozenset[str] = frozenset()
    since: str = ""
    flag: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    origin: str = ""
    formats: Mapping[str, str] = {}
    fix: Mapping[str, Any] = {}


class Fix(NamedTuple):
    """A replacement for source[start:end]; ``safe`` when it may be applied without review."""

    start: int
    end: int
    replacement: str
    description: str
    safe: bool = False


class Finding(NamedTuple):
    """A rule, a place and the reason: what every reporter formats.

    ``start`` and ``end`` are code point offsets into ``Document.source`` (None for a finding about
    the document with no place); ``place`` is the same stretch in block text, for reports that show
    the page. ``sentence`` is the text of the sentence that holds it, for fingerprints and reports.
    ``evidence`` and ``provisions`` are JSON-ready records.
    """

    path: str
    rule: str
    category: str
    severity: Severity
    confidence: Confidence
    message: str
    start: int | None
    end: int | None
    quote: str
    sentence: str = ""
    place: Place | None = None
    why: tuple[Reason, ...] = ()
    suggest: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    evidence: tuple[Mapping[str, Any], ...] = ()
    provisions: tuple[Mapping[str, Any], ...] = ()
    fingerprint: str = ""
    suppressed: str | None = None
    """The reason given by the suppression that silenced it; None where nothing did."""


class Signals(NamedTuple):
    """What a document as a whole does and lacks; ``reasons`` holds the words that decided each."""

    promotes: bool = False
    cta: bool = False
    risk_disclosure: bool = False
    harms: bool = False
    investigational_notice: bool = False
    citations: bool = False
    author: bool = False
    date: bool = False
    speaker: str = "unknown"
    reasons: Mapping[str, tuple[Reason, ...]] = {}


class Failure(NamedTuple):
    """A file that was not (or not wholly) checked, and why: never to be read as clean."""

    path: str
    reason: str


class Checked(NamedTuple):
    """One document with everything that was found out about it.

    ``records`` holds the registry's records behind the claims' verdicts, by id, where the ledger was asked for.
    """

    document: Document
    signals: Signals
    findings: tuple[Finding, ...]
    claims: tuple[tuple[Claim, Verdict | None], ...] = ()
    credibility: Mapping[str, Any] = {}
    records: Mapping[str, Mapping[str, Any]] = {}

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from claimlint.notebook import table

        return table(map(_row, self.findings))


class Run(NamedTuple):
    """A whole run, in the order in which it is reported: what a reporter receives.

    ``shown`` is the lowest severity that is printed, ``failing`` the lowest that fails (None for
    never). ``held_back`` counts findings that a baseline holds back.
    """

    checked: tuple[Checked, ...]
    failures: tuple[Failure, ...]
    rules: tuple[Rule, ...]
    skipped: int = 0
    held_back: int = 0
    shown: Severity = Severity.NOTE
    show_suppressed: bool = False
    failing: Severity | None = Severity.ERROR
    as_of: str = ""
    root: str = ""
    version: str = ""
    stamp: Mapping[str, str] = {}

    def __repr__(self) -> str:
        found = sum(len(checked.findings) for checked in self.checked)
        return f"<Run: {found} findings, {len(self.checked)} files, {len(self.failures)} not checked>"

    def _repr_html_(self) -> str:
        """What a notebook shows: never a clean result where something could not be checked."""
        from claimlint.notebook import table

        rows = [_row(finding) for checked in self.checked for finding in checked.findings]
        return table(rows, [f"could not check {item.path}: {item.reason}" for item in self.failures])


def _row(finding: Finding) -> tuple[str, ...]:
    where = finding.path if finding.start is None else f"{finding.path}, character {finding.start}"
    silenced = "" if finding.suppressed is None else f" (suppressed: {finding.suppressed})"
    return where, finding.severity.value + silenced, finding.rule, finding.quote, finding.message
