"""What a dataset is bound to: version, rules, options and inputs. A run that differs in any of them is another dataset.

Without that, a run taken up after an update would mix two judgements in one table, and nobody could tell.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from claimlint import __version__
from claimlint.batch.disk import put
from claimlint.batch.inputs import Source
from claimlint.batch.schema import VERSION
from claimlint.checking import Engines, Job
from claimlint.config import Settings
from claimlint.errors import UsageError
from claimlint.readers.decode import LARGEST
from claimlint.settings_search import Options

SHARD_PAGES = 200
SECONDS = 30.0


class Asked(NamedTuple):
    """A run as asked for. ``seconds`` and ``largest`` (bytes) are the limits of one page."""

    inputs: tuple[str, ...]
    lists: tuple[str, ...]
    out: str
    options: Options
    jobs: int = 0
    dask: str | None = None
    seconds: float = SECONDS
    largest: int = LARGEST
    shard_pages: int = SHARD_PAGES


def settings_of(options: Options) -> Settings:
    """The settings for all pages, every name in them known to mean something."""
    from claimlint.known import known_names
    from claimlint.settings_search import searcher

    search, _ = searcher(options)
    settings = search(os.getcwd())
    known_names([settings], options, Engines(job(options, {"as_of": "2000-01-01"})))
    return settings


def job(options: Options, binding: dict[str, Any]) -> Job:
    """What holds for every page of a run that is bound so."""
    from datetime import date

    key = hashlib.sha256(json.dumps(binding, sort_keys=True).encode()).digest()[:8]
    return Job(
        date.fromisoformat(binding["as_of"]),
        isolated=True,
        cache=options.cache,
        run=key,
        graded=True,
        scorecards=True,
    )


def of(asked: Asked, found: Sequence[Source], settings: Settings) -> dict[str, Any]:
    """Everything that the content of the dataset depends on."""
    from datetime import UTC, datetime

    options = asked.options
    return {
        "schema": VERSION,
        "claimlint": __version__,
        "rules": rules_digest(settings),
        "settings": hashlib.sha256(repr(settings._replace(root="")).encode()).hexdigest()[:20],
        "profile": settings.profile or "team",
        "jurisdiction": settings.jurisdiction,
        "as_of": (options.as_of or datetime.now(UTC).date()).isoformat(),
        "seconds": asked.seconds,
        "largest": asked.largest,
        "shard_pages": asked.shard_pages,
        "inputs": [
            {
                "source": one.name,
                "member": one.member,
                "is": hashlib.sha256(one.stamp.encode()).hexdigest()[:20],
            }
            for one in found
        ],
        "dated": options.as_of is not None,
    }


_SAID = {
    "schema": "another version of claimlint",
    "claimlint": "another version of claimlint",
    "rules": "other rules or evidence",
    "settings": "other settings or options",
    "as_of": "another --as-of",
    "seconds": "another --seconds",
    "largest": "another --largest",
    "shard_pages": "another --shard-pages",
    "inputs": "other inputs (or they have changed since)",
}


def bind(out: str, binding: dict[str, Any]) -> dict[str, Any]:
    """Notes what the dataset is bound to, or makes sure that this run is bound to the same. Raises UsageError."""
    path = os.path.join(out, "run.json")
    dated = binding.pop("dated")
    try:
        with open(path, encoding="utf-8") as file:
            known: dict[str, Any] = json.load(file)
    except FileNotFoundError:
        if os.path.isdir(os.path.join(out, "shards")):
            raise UsageError(f"{out}: holds shards but no run.json: name another folder for --out") from None
        put(path, json.dumps(binding, indent=2).encode() + b"\n")
        return binding
    except ValueError:
        raise UsageError(f"{path}: is no JSON: name another folder for --out") from None
    if not dated:
        binding["as_of"] = known.get("as_of")
    other = list(dict.fromkeys(said for key, said in _SAID.items() if known.get(key) != binding.get(key)))
    if other:
        raise UsageError(
            f"{out}: was begun with {', '.join(other)}; finish it with the same, or name another folder for --out"
        )
    return known


def rules_digest(settings: Settings) -> str:
    """A digest of every file of rules and evidence that can count: those that ship with claimlint and those that settings name."""
    from claimlint.rules.locate import data_path

    digest = hashlib.sha256()
    roots = [data_path("rulesets"), data_path("seeds")]
    roots += [name for name in (*settings.rulesets, *settings.evidence) if os.path.isabs(name)]
    for root in roots:
        files = [root] if os.path.isfile(root) else []
        for folder, folders, names in os.walk(root):
            folders.sort()
            files += [
                os.path.join(folder, name) for name in sorted(names) if name.endswith((".yaml", ".yml"))
            ]
        for file in files:
            with open(file, "rb") as opened:
                digest.update(f"{os.path.relpath(file, root)}\0".encode())
                digest.update(hashlib.sha256(opened.read()).digest())
    return digest.hexdigest()[:20]
