"""Whether a document names a source that a reader can check: a paper, an agency's page, or what a sentence on research links to.

A link to a shop or a profile is none, and neither is "studies show": there must be a place to look.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from claimlint.language.sentences import sentences as spans_of
from claimlint.model import Block, Document, Link, Place, Reason, Scope

_PUBLISHED = re.compile(
    r"doi\.org|pubmed|ncbi\.nlm\.nih|clinicaltrials\.gov|nejm\.org|thelancet|jamanetwork|bmj\.com|sciencedirect|springer|"
    r"wiley\.com|nature\.com|cochranelibrary|frontiersin|mdpi\.com|biomedcentral|pnas\.org|science\.org|oup\.com|sagepub|tandfonline|"
    r"/[^/]*(?:study|trial|paper|publication)[^/]*\.pdf$|plos\w*\.org|hindawi|cell\.com|ahajournals|europepmc",
    re.I,
)
# Health authorities and those who judge evidence for them.
_OFFICIAL = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:(?:fda|cdc|nih|cancer|medlineplus|ftc|hhs|ahrq|tga|canada)\.gov(?:\.au)?|who\.int|nhs\.uk|nice\.org\.uk|"
    r"sign\.ac\.uk|gov\.uk|(?:ema|ecdc)\.europa\.eu|efsa\.europa\.eu|cochrane\.org|canada\.ca|pmda\.go\.jp)(?:[/:?#]|$)",
    re.I,
)
_CITED = re.compile(
    r"\b(?:pmid:?\s?\d{5,}|doi:?\s?10\.\d{4,}|10\.\d{4,9}/\S+|NCT\d{8}|et al\.|(?:19|20)\d\d;\s?\d+|"
    r"(?:19|20)\d\d\s[A-Z][a-z]{2}\s?\d{0,2};\d+|vol(?:ume)?\.?\s?\d+,?\s(?:no|issue|pp))|"
    r"\((?-i:[A-Z])[\w'’-]+ (?:&|and) (?-i:[A-Z])[\w'’-]+,? (?:19|20)\d\d[a-z]?\)",
    re.I,
)
_SPEAKS_OF_RESEARCH = re.compile(
    r"(?<!our )(?<!own )\b(?:research|stud(?:y|ies)|(?:clinical|controlled|randomi[sz]ed) trials?|evidence|guidelines?|journals?|"
    r"systematic reviews?|meta-analys[ei]s|according to|published)\b",
    re.I,
)
# Profiles, maps, videos, shops and diaries: places to go, not to check.
_NO_SOURCE = re.compile(
    r"facebook|instagram|twitter|\bx\.com|linkedin|youtu\.?be|tiktok|pinterest|vimeo|trustpilot|yelp\.|google\.|goo\.gl|wa\.me|whatsapp|"
    r"calendly|/book|booking|/contact|/appointment|/shop|/cart|amazon\.|etsy\.|paypal|\.(?:png|jpe?g|webp|svg|gif|mp4|css|js)\b",
    re.I,
)
# A year, a number of an index or a DOI; no reference is without one, but for "et al." and a volume. Far cheaper than the whole.
_FIGURE = re.compile(r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|\d{4}|\.\d{4})")
_ALSO = ("et al", "ET AL", "Et al", "vol", "Vol", "VOL")
_ASIDE = frozenset({Scope.CODE, Scope.FOOTER, Scope.NAVIGATION})
_MOST = 200  # addresses whose sentences are read: bounded for hostile pages
_GAP = 400  # code points between a block and an address, read for a tag


def found(document: Document) -> Iterator[Reason | None]:
    """One for each source that the document names: the words that show it, or None where only an address does."""
    for index, block in enumerate(document.blocks):
        text = block.text
        if block.scope is Scope.CODE or not (_FIGURE.search(text) or any(words in text for words in _ALSO)):
            continue
        match = _CITED.search(text)
        if match:
            yield Reason("citations", match[0], Place(index, *match.span()))
    starts: list[int] | None = None
    read = 0
    for link in document.links:
        if _PUBLISHED.search(link.href):
            yield None
        elif link.href[:4].lower() == "http" and not _NO_SOURCE.search(link.href):
            starts = starts if starts is not None else _starts(document.blocks)
            at = _holder(document, starts, link)
            if at is None or document.blocks[at].scope in _ASIDE:
                continue
            if _OFFICIAL.search(link.href):
                yield None
            elif read < _MOST:
                read += 1
                shown = _beside(document.blocks[at], link)
                if shown is not None:
                    yield Reason("citations", shown[0], Place(at, *shown.span()))


def _starts(blocks: Sequence[Block]) -> list[int]:
    """Where each block starts in the source; one that stands before the last (a title that is shown later) counts with it."""
    starts: list[int] = []
    for block in blocks:
        at = min((source_at for _, source_at, _ in block.segments), default=0)
        starts.append(max(at, starts[-1]) if starts else at)
    return starts


def _holder(document: Document, starts: Sequence[int], link: Link) -> int | None:
    """The block that a link stands in. An address stands before its words in HTML and after them in Markdown."""
    index = bisect_right(starts, link.start) - 1
    if index < 0:
        return 0 if starts else None
    end = max((high for _, _, high in document.blocks[index].segments), default=0)
    if index + 1 < len(starts) and "<" in document.source[end : link.start][:_GAP]:
        return index + 1
    return index


def _beside(block: Block, link: Link) -> re.Match[str] | None:
    """The word in the sentence around a link that says that research stands behind it."""
    if not _SPEAKS_OF_RESEARCH.search(block.text):
        return None
    segment = max(0, bisect_right(block.segments, link.start, key=itemgetter(1)) - 1)
    text_at, source_at, _ = block.segments[segment]
    at = text_at + max(0, link.start - source_at)
    if segment + 1 < len(block.segments):
        at = min(at, block.segments[segment + 1][0])
    for start, end in spans_of(block.text):
        if start - 1 <= at <= end + 1:
            match = _SPEAKS_OF_RESEARCH.search(block.text, start, end)
            if match:
                return match
    return None
