"""The tables of a dataset: every column with its type and its meaning, in one place and with a version.

Code that writes, code that reads and docs/batch.md are all made from these lists. A later version may add columns; it
renames or drops none without a new number.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow

VERSION = 1


class Column(NamedTuple):
    """One column. ``type`` is a key of ``_scalar`` below or ``list<...>``, ``struct<name: type, ...>``; ``empty`` says when it is null
    (None: never)."""

    name: str
    type: str
    meaning: str
    empty: str | None = None


_WHERE = (
    Column("page_id", "string", "the page's row in `pages`"),
    Column("site", "string", "the page's site"),
    Column("url", "string", "the page's address"),
)
_BLOCK = Column(
    "block",
    "string",
    "key in `blocks`; the row then stands for all pages of the site that show this block",
    "outside navigation and footer",
)
_SHOWN = "list<struct<signal: string, quote: string, start: int64, end: int64>>"

PAGES = (
    Column(
        "page_id",
        "string",
        "20 hexadecimal digits, made from source, place and address: the same in every run",
    ),
    Column(
        "site", "string", "host in lower case without `www.` and port; for folders the first folder's name"
    ),
    Column("url", "string", "address as recorded; for folders the path below the folder"),
    Column(
        "state",
        "string",
        "`checked`, `duplicate`, `not_checked` (language, kind, status) or `failed` (limits, defects)",
    ),
    Column("reason", "string", "why it was not checked", "the page was checked"),
    Column("duplicate_of", "string", "`page_id` of the page that was judged for it", "it is no duplicate"),
    Column("fetched", "timestamp[us, tz=UTC]", "when it was recorded", "not known"),
    Column("source", "string", "the input it came from, as named (see `sources`)"),
    Column(
        "member",
        "string",
        "file inside that input: an archive in a WACZ, a path in a folder",
        "the input itself",
    ),
    Column("offset", "int64", "where its record starts in that file, in bytes"),
    Column("length", "int64", "length of the record there, in bytes (compressed where the file is)"),
    Column("record_id", "string", "WARC-Record-ID", "no WARC"),
    Column("payload_digest", "string", "WARC-Payload-Digest as the archive states it", "not stated"),
    Column(
        "sha256",
        "string",
        "SHA-256 of the content that was judged, content encoding removed",
        "content not read",
    ),
    Column("status", "int32", "HTTP status", "no HTTP"),
    Column("content_type", "string", "content type as recorded", "not recorded"),
    Column("bytes", "int64", "size of that content", "content not read"),
    Column("encoding", "string", "character encoding that it was read with", "not text, or not read"),
    Column("undecodable", "int32", "characters that did not fit the encoding and became U+FFFD"),
    Column("format", "string", "reader: `html`, `text`, `pdf` or `docx`", "not read"),
    Column("lang", "string", "language that the page declares", "not declared"),
    Column("title", "string", "title of the page", "none"),
    Column("description", "string", "its meta description", "none"),
    Column("canonical", "string", "the address that it calls its own", "none"),
    Column("author", "string", "author as stated in markup", "none"),
    Column("date", "string", "date as stated in markup", "none"),
    Column("words", "int32", "words of copy"),
    Column("claims", "int32", "claims, those in navigation and footer included"),
    Column("findings", "int32", "findings, those in navigation and footer included"),
    Column("errors", "int32", "findings of severity error"),
    Column("warnings", "int32", "findings of severity warning"),
    Column("notes", "int32", "findings of severity note"),
)
CLAIMS = (
    *_WHERE,
    Column("number", "int32", "0, 1, 2 ... in the page, in order of place"),
    _BLOCK,
    Column("text", "string", "the claim's words"),
    Column("sentence", "string", "the sentence that holds them"),
    Column("start", "int64", "code point offset into the decoded page"),
    Column("end", "int64", "end of it, exclusive"),
    Column("line", "int32", "line, from 1"),
    Column("column", "int32", "column, from 1, in code points"),
    Column("strength", "string", "`none`, `correlational`, `hedged`, `causal` or `absolute`"),
    Column("modal", "string", "modal verb that decided, such as `can`", "none"),
    Column("intervention", "string", "what is said to work: lexicon id", "not known"),
    Column("condition", "string", "what for: lexicon id", "not known"),
    Column("effect", "string", "what it is said to do: lexicon id", "not known"),
    Column("effect_class", "string", "class of that effect", "not known"),
    Column("target_kind", "string", "`condition`, `symptom`, `body`, `cosmetic` or `wellbeing`", "not known"),
    Column("experiencer", "string", "whose outcome is told", "nobody's"),
    Column("negated", "bool", "the sentence denies it"),
    Column("attributed", "bool", "somebody else is said to say it"),
    Column("inherited", "list<string>", "slots taken from heading, lead-in or page"),
    Column("contexts", "list<string>", "contexts such as `question`, `warning`"),
    Column("confidence", "string", "`low`, `medium` or `high`"),
    Column(
        "verdict",
        "string",
        "what the evidence registry says",
        "nothing asserted, or nothing known to look up",
    ),
    Column("tier", "string", "evidence tier E0 to E4", "no record"),
    Column("allowed", "string", "the strongest strength that the tier carries", "no record"),
    Column("records", "list<string>", "ids in the evidence registry"),
    Column("detail", "string", "the verdict in a sentence", "no verdict"),
    Column("references", "list<string>", "DOIs, trial numbers and the like tied to the claim, as `kind id`"),
)
FINDINGS = (
    *_WHERE,
    Column("number", "int32", "0, 1, 2 ... in the page, in the order of `check`"),
    _BLOCK,
    Column("fingerprint", "string", "what stays the same when the page around it changes"),
    Column("rule", "string", "id of the rule"),
    Column("category", "string", "its category"),
    Column("severity", "string", "`error`, `warning` or `note`"),
    Column("confidence", "string", "`low`, `medium` or `high`"),
    Column("message", "string", "what is wrong"),
    Column("quote", "string", "the words; empty where the whole page is meant"),
    Column("sentence", "string", "the sentence that holds them; empty likewise"),
    Column("before", "string", "up to 160 characters of its block before the quote"),
    Column("after", "string", "up to 160 characters after it"),
    Column("heading", "string", "the heading above", "none"),
    Column("scope", "string", "`heading`, `paragraph`, `button`, `footer` ...", "no place"),
    Column("start", "int64", "code point offset into the decoded page", "the page as a whole"),
    Column("end", "int64", "end of it, exclusive", "the page as a whole"),
    Column("line", "int32", "line, from 1", "the page as a whole"),
    Column("column", "int32", "column, from 1, in code points", "the page as a whole"),
    Column("why", "list<struct<kind: string, text: string>>", "the words that decided"),
    Column("suggestions", "list<string>", "what to try"),
    Column("evidence", "string", "records behind it, JSON", "none"),
    Column("provisions", "list<string>", "ids in `provisions`"),
    Column("suppressed", "string", "the reason given for silencing it", "it stands"),
)
SIGNALS = (
    *_WHERE,
    Column("promotes", "bool", "the page promotes what it describes"),
    Column("cta", "bool", "it invites contact, booking or buying"),
    Column("risk_disclosure", "bool", "it names a risk, a limit or 'results vary'"),
    Column("harms", "bool", "it names a harm, side effect or contraindication"),
    Column("investigational_notice", "bool", "it says that the treatment is unapproved or experimental"),
    Column("citations", "bool", "it cites sources"),
    Column("author", "bool", "it names an author"),
    Column("date", "bool", "it bears a date"),
    Column("speaker", "string", "`seller`, `public`, `warning` or `unknown`"),
    Column("shown", _SHOWN, "up to three quotations for each signal"),
)
CREDIBILITY = (
    *_WHERE,
    Column("score", "double", "0 to 1; formula in docs/evidence.md and in every JSON report"),
    Column("factor", "double", "what it was multiplied by for a conflict of interest"),
    Column("conflict_of_interest", "bool", "the page offers what it describes"),
    Column("benefit_words", "int32", "words of benefit"),
    Column("risk_words", "int32", "words of risk"),
    Column("hype_words", "int32", "words of certainty and hype"),
    Column("jama", "int32", "JAMA items present, of 4"),
    Column("discern", "int32", "DISCERN items present"),
    Column("hon", "int32", "HONcode items present"),
    Column(
        "items",
        "list<struct<instrument: string, item: string, state: string, value: double>>",
        "every item: `present`, `absent` or `unknown`",
    ),
)
PROVISIONS = (
    *_WHERE,
    Column("fingerprint", "string", "the finding's"),
    Column("number", "int32", "the finding's number in its page"),
    _BLOCK,
    Column("rule", "string", "id of the rule"),
    Column("severity", "string", "the finding's severity"),
    Column("provision", "string", "id of the provision"),
    Column("jurisdiction", "string", "where it holds", "everywhere, or not stated"),
    Column("title", "string", "its title", "not stated"),
    Column("source_url", "string", "where it was read", "not stated"),
)
BLOCKS = (
    Column("site", "string", "the site"),
    Column("block", "string", "20 hexadecimal digits, made from site, scope and text"),
    Column("scope", "string", "`navigation` or `footer`"),
    Column("text", "string", "the words of the block"),
    Column("pages", "int32", "checked pages of the site that show it"),
    Column("page_id", "string", "the first of them: its findings and claims stand for all"),
)
SOURCES = (
    Column("source", "string", "the input as named"),
    Column("kind", "string", "`warc`, `wet`, `wacz`, `folder`, `list` or `file`"),
    Column("member", "string", "file inside it, for a WACZ", "the input itself"),
    Column("bytes", "int64", "its size"),
    Column("records", "int64", "records or files read"),
    Column("pages", "int64", "those that are pages"),
    Column("skipped", "list<struct<what: string, records: int64>>", "what was no page, by kind"),
    Column("problem", "string", "why it could not be read to its end", "it was"),
)

TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType({
    "pages": PAGES,
    "claims": CLAIMS,
    "findings": FINDINGS,
    "signals": SIGNALS,
    "credibility": CREDIBILITY,
    "provisions": PROVISIONS,
    "blocks": BLOCKS,
    "sources": SOURCES,
})  # fmt: skip
SHARDED = tuple(name for name in TABLES if name != "sources")
"""Tables of which every shard has a file; ``sources`` is one file of the whole run."""


def arrow(name: str) -> pyarrow.Schema:
    """The Arrow schema of a table, with its name and version in the metadata."""
    import pyarrow

    fields = [
        pyarrow.field(column.name, _type(column.type), nullable=column.empty is not None)
        for column in TABLES[name]
    ]
    return pyarrow.schema(fields, metadata={"claimlint.table": name, "claimlint.schema": str(VERSION)})


def _type(text: str) -> Any:
    import pyarrow

    if text.startswith("list<"):
        return pyarrow.list_(pyarrow.field("element", _type(text[5:-1])))  # as Parquet calls it
    if text.startswith("struct<"):
        parts = (part.split(": ") for part in text[7:-1].split(", "))
        return pyarrow.struct([(name, _type(kind)) for name, kind in parts])
    scalars = {
        "string": pyarrow.string(),
        "bool": pyarrow.bool_(),
        "int32": pyarrow.int32(),
        "int64": pyarrow.int64(),
        "double": pyarrow.float64(),
        "timestamp[us, tz=UTC]": pyarrow.timestamp("us", tz="UTC"),
    }
    return scalars[text]
