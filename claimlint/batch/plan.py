"""From the indexes of all sources to shards: every page has its place before the first is judged.

The order, and which of several exact copies is judged, depend on the inputs alone; so any number of workers, and a run that was stopped
and taken up again, come to the same files. DuckDB sorts on disk where memory would not do.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from claimlint.errors import MissingExtra

_PLAN = """
COPY (
  WITH pages AS (SELECT * FROM read_parquet($indexes)),
  kept AS (
    SELECT page_id, site, payload_digest,
      first_value(page_id) OVER (PARTITION BY site, reader, sha256 ORDER BY url, fetched NULLS FIRST, source, member NULLS FIRST, "offset") AS original
    FROM pages WHERE state = 'checked'
  ),
  digests AS (SELECT payload_digest, min(original) AS original FROM kept WHERE payload_digest IS NOT NULL GROUP BY payload_digest)
  SELECT pages.* EXCLUDE (state, reason),
    CASE WHEN pages.state = 'revisit' THEN (CASE WHEN digests.original IS NULL THEN 'not_checked' ELSE 'duplicate' END)
         WHEN kept.original <> pages.page_id THEN 'duplicate' ELSE pages.state END AS state,
    CASE WHEN pages.state = 'revisit' AND digests.original IS NOT NULL THEN 'a revisit: the content is that of another record'
         WHEN kept.original <> pages.page_id THEN 'the same content as another page of the site' ELSE pages.reason END AS reason,
    CASE WHEN pages.state = 'revisit' THEN digests.original
         WHEN kept.original <> pages.page_id THEN kept.original END AS duplicate_of
  FROM pages
  LEFT JOIN kept ON kept.page_id = pages.page_id
  LEFT JOIN digests ON pages.state = 'revisit' AND digests.payload_digest = pages.payload_digest
  ORDER BY site, url, fetched NULLS FIRST, source, member NULLS FIRST, "offset"
) TO $plan (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)
"""


class Shard(NamedTuple):
    """Consecutive pages of the plan, each a dict of its columns, to be judged by one worker in one go."""

    number: int
    pages: list[dict[str, Any]]


def make(indexes: list[str], path: str, memory: str = "600MB") -> None:
    """Writes the plan for these index files to ``path``, whole or not at all."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtra("claimlint batch", "batch") from None
    partial = path + ".partial"
    with duckdb.connect(
        config={"memory_limit": memory, "threads": 2, "temp_directory": path + ".sorting"}
    ) as database:
        quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in indexes)
        target = "'" + partial.replace("'", "''") + "'"
        database.execute(_PLAN.replace("$indexes", f"[{quoted}]").replace("$plan", target))
    os.replace(partial, path)


def shards(path: str, most_pages: int, most_bytes: int) -> Iterator[Shard]:
    """The shards of a plan in order, read as they are asked for: up to so many pages and bytes of content each."""
    import pyarrow.parquet

    pages: list[dict[str, Any]] = []
    number = size = 0
    with pyarrow.parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=2_000):
            for page in batch.to_pylist():
                weight = page["bytes"] or 0 if page["state"] == "checked" else 0
                if pages and (len(pages) >= most_pages or size + weight > most_bytes):
                    yield Shard(number, pages)
                    number, pages, size = number + 1, [], 0
                pages.append(page)
                size += weight
    if pages:
        yield Shard(number, pages)


def count(path: str) -> int:
    """How many pages a plan has."""
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(path) as file:
        return int(file.metadata.num_rows)
