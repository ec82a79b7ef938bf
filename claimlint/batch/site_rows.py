"""Reads a dataset site by site: everything that ranking, reports and case files need of one site, and of no more than one at a time.

Sites come in the order of their names, each table is read once from beginning to end, and DuckDB sorts on disk where memory would not do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from claimlint.batch import store
from claimlint.errors import UsageError

Row = dict[str, Any]

_PAGES = """SELECT page_id, site, url, state, reason, duplicate_of, fetched, source, member, "offset", length, record_id, payload_digest,
  sha256, status, content_type, bytes, encoding, format, title, words, errors, warnings, notes
FROM pages{where} ORDER BY site, url, page_id"""
_FINDINGS = """SELECT page_id, site, url, number, block, fingerprint, rule, category, severity, confidence, message, quote, sentence,
  before, after, heading, scope, "start", "end", line, "column", why, suggestions, evidence, suppressed
FROM findings{where} ORDER BY site, url, page_id, number"""
_CLAIMS = """SELECT site, condition, count(*) AS claims, count(DISTINCT page_id) AS pages FROM claims
WHERE condition IS NOT NULL AND NOT negated AND NOT attributed AND strength IN ('hedged', 'causal', 'absolute'){and}
GROUP BY site, condition ORDER BY site, pages DESC, condition"""
_SIGNALS = """SELECT page_id, site, promotes, cta, risk_disclosure, harms, investigational_notice
FROM signals{where} ORDER BY site, page_id"""
_PROVISIONS = """SELECT site, page_id, number, provision, jurisdiction, title, source_url FROM provisions{where}
ORDER BY site, page_id, number, provision"""
_BLOCKS = "SELECT site, block, scope, pages FROM blocks{where} ORDER BY site, block"


class SiteRows(NamedTuple):
    """All rows of one site. ``provisions`` is by (page_id, number), ``signals`` by page_id, ``blocks`` by block."""

    site: str
    pages: list[Row]
    findings: list[Row]
    conditions: list[Row]
    signals: dict[str, Row]
    provisions: dict[tuple[str, int], list[Row]]
    blocks: dict[str, Row]


class Dataset:
    """The folder that ``claimlint batch run`` wrote. Raises UsageError where it is none, or of a version not known here."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)
        store.connect(folder).close()
        self.run = store.bound(folder)
        self.finished = store.finished(folder)

    def _rows(self, query: str, site: str | None) -> Iterator[Row]:
        """The rows of a query, fetched in pieces; every iterator has its own connection."""
        condition = "" if site is None else " site = ?"
        text = query.replace("{where}", f" WHERE{condition}" if condition else "").replace(
            "{and}", f" AND{condition}" if condition else ""
        )
        with store.connect(str(self.folder)) as database:
            database.execute("SET TimeZone = 'UTC'")
            cursor = database.execute(text, [site] if site is not None else [])
            names = [column[0] for column in cursor.description]
            while rows := cursor.fetchmany(5000):
                for row in rows:
                    yield dict(zip(names, row, strict=True))

    def sites(self, only: str | None = None) -> Iterator[SiteRows]:
        """The rows of each site, or of one; a site without a page does not come."""
        by_site = itemgetter("site")
        tables = {
            name: _Ahead(groupby(self._rows(query, only), by_site))
            for name, query in (
                ("findings", _FINDINGS),
                ("claims", _CLAIMS),
                ("signals", _SIGNALS),
                ("provisions", _PROVISIONS),
                ("blocks", _BLOCKS),
            )
        }
        for site, pages in groupby(self._rows(_PAGES, only), by_site):
            provisions: dict[tuple[str, int], list[Row]] = {}
            for row in tables["provisions"].of(site):
                provisions.setdefault((row["page_id"], row["number"]), []).append(row)
            yield SiteRows(
                site,
                list(pages),
                tables["findings"].of(site),
                tables["claims"].of(site),
                {row["page_id"]: row for row in tables["signals"].of(site)},
                provisions,
                {row["block"]: row for row in tables["blocks"].of(site)},
            )

    def site(self, name: str) -> SiteRows:
        """The rows of one site; UsageError names the nearest where there is none."""
        found = next(self.sites(name), None)
        if found is None:
            from claimlint.errors import did_you_mean

            with store.connect(str(self.folder)) as database:
                known = [row[0] for row in database.execute("SELECT DISTINCT site FROM pages").fetchall()]
            raise UsageError(f"no site is called '{name}' in {self.folder}{did_you_mean(name, known)}")
        return found

    def unread(self) -> list[Row]:
        """The inputs that could not be read to their end, with what was wrong."""
        if not (self.folder / "sources.parquet").is_file():
            return []
        with store.connect(str(self.folder)) as database:
            query = "SELECT source, member, problem FROM sources WHERE problem IS NOT NULL ORDER BY source, member"
            rows = database.execute(query).fetchall()
        return [{"source": source, "member": member, "problem": problem} for source, member, problem in rows]


class _Ahead:
    """Groups in the order of their keys, of which some may be asked for and others passed over."""

    def __init__(self, groups: Any) -> None:
        self.groups = groups
        self.key: str | None = None
        self.rows: list[Row] = []
        self._advance()

    def _advance(self) -> None:
        key, rows = next(self.groups, (None, ()))
        self.key, self.rows = key, list(rows)

    def of(self, site: str) -> list[Row]:
        """The rows of a site; keys before it are passed over."""
        while self.key is not None and self.key < site:
            self._advance()
        if self.key != site:
            return []
        rows = self.rows
        self._advance()
        return rows
