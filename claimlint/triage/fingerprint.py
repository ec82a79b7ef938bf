"""What stays the same of a finding when the page around it changes: its fingerprint.

Baselines and code scanning recognise a finding by it, so no line number, offset or clock enters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from claimlint.model import Finding, replace

try:  # hashlib loads OpenSSL, which costs more than all the fingerprints of a page
    from _sha2 import sha256  # type: ignore[import-not-found]
except ImportError:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]  # its name before Python 3.12
    except ImportError:  # pragma: no cover
        from hashlib import sha256

_Key = tuple[str, str, str]


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def stamp(findings: Iterable[Finding], path: str) -> tuple[Finding, ...]:
    """The findings of one document with their fingerprints: 32 hexadecimal digits each.

    ``path`` is the document's POSIX path relative to the folder of its settings. Findings that are alike
    in rule, quote and sentence are told apart by their order of place.
    """
    listed = list(findings)
    counts: dict[_Key, int] = {}
    prints: dict[int, str] = {}
    for at in sorted(range(len(listed)), key=lambda at: listed[at].start or 0):
        item = listed[at]
        key = (item.rule, _plain(item.quote), _plain(item.sentence))
        occurrence = counts[key] = counts.get(key, -1) + 1
        text = "\x1f".join((key[0], path, key[1], key[2], str(occurrence)))
        prints[at] = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return tuple(replace(item, fingerprint=prints[at]) for at, item in enumerate(listed))


def of_claims(claims: Sequence[tuple[str, str]], path: str) -> list[str]:
    """A fingerprint for each (words, sentence) of one document's claims, in order of place; ``path`` as in `stamp`."""
    counts: dict[tuple[str, str], int] = {}
    prints = []
    for words, sentence in claims:
        key = (_plain(words), _plain(sentence))
        occurrence = counts[key] = counts.get(key, -1) + 1
        text = "\x1f".join(("claim", path, *key, str(occurrence)))
        prints.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return prints
