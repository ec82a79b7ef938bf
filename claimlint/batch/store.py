"""A dataset as tables to query: DuckDB views over its Parquet files, each with what a reader expects under its name.

In the files a finding of a shared footer stands once a shard; in the views it stands once a site, with the number of pages that show it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from typing import Any

from claimlint.batch.schema import SHARDED, TABLES, VERSION
from claimlint.errors import MissingExtra, UsageError

_SHARED = ("claims", "findings", "provisions")
_MANY = 1_000


def connect(out: str) -> Any:
    """A DuckDB connection with the views of a dataset; it can read that folder and nothing else. Raises UsageError for no dataset."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtra("claimlint batch", "batch") from None
    folder = os.path.abspath(out)
    binding = bound(out)
    if binding.get("schema") != VERSION:
        raise UsageError(
            f"{out}: has tables of version {binding.get('schema')}, and this claimlint knows version {VERSION}"
        )
    shards = os.path.join(folder, "shards")
    if not (os.path.isdir(shards) and any(name.isdigit() for name in os.listdir(shards))):
        raise UsageError(f"{out}: has no finished shard yet; run  claimlint batch run  to its end")
    database = duckdb.connect()
    database.execute(f"SET allowed_directories = [{_quoted(folder)}]")
    database.execute("SET enable_external_access = false")  # a query reads this dataset and nothing else
    for name in SHARDED:
        pattern = _quoted(os.path.join(shards, "[0-9]*[0-9]", f"{name}.parquet"))
        database.execute(
            f"CREATE VIEW raw_{name} AS SELECT * EXCLUDE (filename), "
            f"CAST(regexp_extract(filename, '([0-9]+)[/\\\\][a-z]+\\.parquet$', 1) AS INTEGER) AS shard "
            f"FROM read_parquet({pattern}, filename = true)"
        )
    database.execute(
        "CREATE VIEW blocks AS SELECT site, block, any_value(scope) AS scope, any_value(text) AS text, "
        "CAST(sum(pages) AS INTEGER) AS pages, min_by(page_id, shard) AS page_id FROM raw_blocks GROUP BY site, block"
    )
    for name in SHARDED:
        if name in _SHARED:
            database.execute(
                f"CREATE VIEW {name} AS SELECT raw.* EXCLUDE (shard), coalesce(blocks.pages, 1) AS pages FROM raw_{name} AS raw "
                "LEFT JOIN blocks ON raw.block IS NOT NULL AND blocks.site = raw.site AND blocks.block = raw.block "
                "WHERE raw.block IS NULL OR blocks.page_id = raw.page_id"
            )
        elif name != "blocks":
            database.execute(f"CREATE VIEW {name} AS SELECT * EXCLUDE (shard) FROM raw_{name}")
    sources = os.path.join(folder, "sources.parquet")
    if os.path.exists(sources):
        database.execute(f"CREATE VIEW sources AS SELECT * FROM read_parquet({_quoted(sources)})")
    return database


def bound(out: str) -> dict[str, Any]:
    """What a dataset is bound to (its run.json). Raises UsageError."""
    try:
        with open(os.path.join(out, "run.json"), encoding="utf-8") as file:
            found: dict[str, Any] = json.load(file)
    except FileNotFoundError:
        raise UsageError(f"{out}: is no dataset of claimlint batch: it has no run.json") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{out}: its run.json can't be read: {error}") from None
    return found


def finished(out: str) -> bool:
    """Whether the run that made the dataset came to its end."""
    return os.path.exists(os.path.join(out, "summary.json"))


def query(out: str, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of a query. Raises UsageError for one that DuckDB refuses."""
    import duckdb

    with connect(out) as database:
        try:
            answer = database.execute(sql)
            if answer.description is None:
                return [], []
            return [column[0] for column in answer.description], answer.fetchall()
        except duckdb.Error as error:
            raise UsageError(f"the query can't be answered: {error}") from None


def render(names: Sequence[str], rows: Sequence[Sequence[Any]], fmt: str) -> str:
    """Rows as ``table``, ``csv`` or ``json``."""
    if fmt == "json":
        from claimlint.reporters.view import dump

        return dump([dict(zip(names, map(_plain, row), strict=True)) for row in rows])
    if fmt == "csv":
        from claimlint.reporters.csv import table

        return table(names, ([_cell(value) for value in row] for row in rows))
    from claimlint.reporters.view import encodable, visible

    cells = [list(names), *([visible(_short(_cell(value))) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    return encodable("\n".join(lines)) + "\n"


def to_sqlite(out: str, path: str) -> int:
    """Writes all views to a new SQLite file, lists as JSON: what Datasette opens. How many rows that were. Raises UsageError."""
    from contextlib import closing

    if os.path.exists(path):
        raise UsageError(f"{path}: is there already; name a new file")
    total = 0
    partial = path + ".partial"
    if os.path.exists(partial):
        os.unlink(partial)
    try:
        with connect(out) as database, closing(sqlite3.connect(partial)) as target:
            for name in TABLES:
                if name == "sources" and not finished(out):
                    continue
                answer = database.execute(f"SELECT * FROM {name}")
                columns = [column[0] for column in answer.description]
                quoted = ", ".join(f'"{column}"' for column in columns)
                target.execute(f'CREATE TABLE "{name}" ({quoted})')
                marks = ", ".join("?" * len(columns))
                while rows := answer.fetchmany(_MANY):
                    target.executemany(
                        f'INSERT INTO "{name}" VALUES ({marks})',
                        ([_stored(value) for value in row] for row in rows),
                    )
                    total += len(rows)
                if "page_id" in columns:
                    target.execute(f'CREATE INDEX "{name}_page" ON "{name}" (page_id)')
            target.commit()
        os.replace(partial, path)
    except (OSError, sqlite3.Error) as error:
        raise UsageError(f"{path}: can't be written: {error}") from None
    return total


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _stored(value: Any) -> Any:
    value = _plain(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _cell(value: Any) -> str:
    value = _stored(value)
    return "" if value is None else str(value)


def _short(text: str, most: int = 100) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
