"""A run judges each page as ``check`` would, each copy and each footer once a site, and says what it could not judge."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import threading
import time
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

import claimlint
from claimlint.batch import schema, store
from claimlint.batch.judge import Sheet
from claimlint.batch.shards import TooLong, Watch
from tests.batch import archives
from tests.batch.running import batch, digests, run, table

CLAIM = "Our infusion relieves migraine and has no side effects."


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run over an archive with a page of each sort."""
    folder = tmp_path_factory.mktemp("dataset")
    page = archives.page
    german = "Die Behandlung ist für alle Menschen, die nicht mehr gehen können, und wir helfen Ihnen mit unserer Kur bei der Genesung."
    cut = page(CLAIM + " caf\xe9").encode("latin-1")
    records = [
        archives.response("https://a.example/1", page(CLAIM), number=1),
        archives.response("https://a.example/copy", page(CLAIM), number=2),
        archives.response("https://a.example/2", page("Our pads are red. It has no side effects."), number=3),
        archives.response("https://b.example/1", page(CLAIM), number=4),
        archives.response("https://a.example/de", page(german * 3, nav="", footer="", lang="de"), number=5),
        archives.response("https://a.example/gone", page("Nothing here."), status="404 Not Found", number=6),
        archives.response("https://a.example/nul", page("Our drops \0cure arthritis."), number=7),
        archives.response("https://a.example/latin", cut, kind="text/html", number=8),
        archives.response("https://a.example/empty", b"", number=9),
        archives.response("https://a.example/style", "p {}", kind="text/css", number=10),
        archives.revisit(
            "https://a.example/2",
            page("Our pads are red. It has no side effects."),
            number=11,
            date="2026-11-25T10:00:00Z",
        ),
        archives.revisit("https://a.example/x", "never seen", number=12),
    ]
    path = archives.warc(folder / "a.warc.gz", records)
    run(folder / "out", path)
    return folder / "out"


def row(dataset: Path, url: str, name: str = "pages") -> dict:
    (found,) = [one for one in table(dataset, name) if one["url"] == url]
    return found


def test_the_english_of_a_page_in_another_language_is_judged(tmp_path: Path) -> None:
    """The page counts as not checked, with its reason; what was found in its English is there to be queried."""
    german = "Die Behandlung ist für alle Menschen, die nicht mehr gehen können, und wir helfen Ihnen mit unserer Kur bei der Genesung. "
    words = f"{german * 4}</p><p>{CLAIM}</p><p>{german * 4}"
    record = archives.response("https://a.example/de", archives.page(words, nav="", footer="", lang="de"))
    run(tmp_path / "out", archives.warc(tmp_path / "a.warc.gz", [record]))
    page = row(tmp_path / "out", "https://a.example/de")
    assert page["state"] == "not_checked"
    assert "German" in page["reason"]
    assert {one["rule"] for one in table(tmp_path / "out", "findings")} >= {"core/safety/no-side-effects"}


def test_every_page_has_its_row_and_its_reason(dataset: Path) -> None:
    """Pages that are not judged say why; what is no page is counted."""
    states = {
        one["url"].split("//")[1]: (one["state"], one["reason"])
        for one in table(dataset, "pages")
        if not one["duplicate_of"]
    }
    assert states.pop("a.example/de")[0] == "not_checked"
    assert states.pop("a.example/x") == (
        "not_checked",
        "a revisit: its content is in another record, which is not among the inputs",
    )
    assert states == {
        "a.example/1": ("checked", None),
        "a.example/2": ("checked", None),
        "b.example/1": ("checked", None),
        "a.example/gone": ("not_checked", "HTTP status 404"),
        "a.example/nul": ("checked", None),
        "a.example/latin": ("checked", None),
        "a.example/empty": ("not_checked", "the page is empty"),
    }
    assert "German" in row(dataset, "https://a.example/de")["reason"]
    summary = json.loads((dataset / "summary.json").read_text())
    assert summary == {"pages": {"checked": 5, "duplicate": 2, "not_checked": 4}, "problems": 0}
    (source,) = pyarrow.parquet.read_table(dataset / "sources.parquet").to_pylist()
    assert (source["records"], source["pages"], source["skipped"]) == (
        12,
        11,
        [{"what": "text/css", "records": 1}],
    )


def test_a_copy_is_judged_once_a_site(dataset: Path) -> None:
    """A copy and a revisit name the page that was judged; another site's copy is judged itself."""
    rows = {one["page_id"]: one for one in table(dataset, "pages")}
    copies = {
        one["url"]: rows[one["duplicate_of"]]["url"] for one in rows.values() if one["state"] == "duplicate"
    }
    assert copies == {
        "https://a.example/copy": "https://a.example/1",
        "https://a.example/2": "https://a.example/2",
    }
    judged = {one["url"] for one in table(dataset, "findings")}
    assert "https://a.example/copy" not in judged
    assert "https://b.example/1" in judged


def test_a_footer_is_judged_once_a_site_and_counted(dataset: Path) -> None:
    """The claim in the footer has one row a site, which says on how many pages it stands; each page still counts it."""
    with store.connect(str(dataset)) as database:
        found = database.execute(
            "SELECT site, pages FROM findings WHERE scope = 'footer' AND rule = 'core/cure/cure-asserted' ORDER BY site"
        ).fetchall()
    assert found == [("a.example", 4), ("b.example", 1)]
    late = row(dataset, "https://a.example/nul")
    assert late["findings"] == 1 + sum(
        one["page_id"] == late["page_id"] for one in table(dataset, "findings")
    )


def test_the_findings_are_those_of_check(dataset: Path) -> None:
    """Same rules, same words, same places as for a single text."""
    expected = claimlint.check_text(
        archives.page(CLAIM), filename="page.html", as_of=date(2026, 11, 24), isolated=True
    )
    found = [one for one in table(dataset, "findings") if one["url"] == "https://a.example/1"]
    assert [(one["rule"], one["start"], one["end"], one["quote"], one["message"]) for one in found] == [
        (one.rule, one.start, one.end, one.quote, one.message) for one in expected.findings
    ]
    source = archives.page(CLAIM)
    for one in found:
        if one["start"] is not None:
            assert source[one["start"] : one["end"]] == one["quote"]
    claims = [one for one in table(dataset, "claims") if one["url"] == "https://a.example/1"]
    assert ("Our infusion relieves migraine and has no side effects.", "causal") in {
        (one["sentence"], one["strength"]) for one in claims
    }


def test_bad_encoding_hides_nothing(dataset: Path) -> None:
    """A NUL or a byte that fits no encoding is shown to readers as U+FFFD, so the page is judged with it, and says so."""
    assert row(dataset, "https://a.example/nul")["undecodable"] == 1
    latin = row(dataset, "https://a.example/latin")
    assert (latin["encoding"], latin["undecodable"]) == ("utf-8", 1)
    assert any(
        one["quote"] == "no side effects"
        for one in table(dataset, "findings")
        if one["url"] == "https://a.example/latin"
    )


def test_a_page_can_be_traced_to_its_record(dataset: Path) -> None:
    """Record id, digests, place and time are those of the archive."""
    one = row(dataset, "https://a.example/1")
    assert one["record_id"] == "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    assert one["payload_digest"] == archives.sha1(archives.page(CLAIM).encode())
    assert one["fetched"].isoformat() == "2026-11-24T10:00:00+00:00"
    data = Path(one["source"]).read_bytes()[one["offset"] : one["offset"] + one["length"]]
    assert data.startswith(b"\x1f\x8b")


@pytest.mark.parametrize("name", schema.TABLES)
def test_the_files_have_the_columns_that_are_documented(dataset: Path, name: str) -> None:
    """Names, types, nullability and version, in the schema, in the files and in docs/batch.md."""
    paths = (
        [dataset / "sources.parquet"]
        if name == "sources"
        else sorted((dataset / "shards").glob(f"*/{name}.parquet"))
    )
    assert paths
    docs = (Path(__file__).parents[2] / "docs" / "batch.md").read_text()
    for path in paths:
        found = pyarrow.parquet.read_schema(path)
        assert found.equals(schema.arrow(name), check_metadata=True)
    for column in schema.TABLES[name]:
        assert f"| `{column.name}` |" in docs


def test_the_result_does_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    """One process or two, shards of any order: the same bytes. Another size of shard: the same answers."""
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(40))
    for name, options in (("one", ["--jobs", 1]), ("two", ["--jobs", 2])):
        run(tmp_path / name, path, "--shard-pages", 7, *options)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    run(tmp_path / "wide", path, "--shard-pages", 100)
    answers = []
    for name in ("one", "wide"):
        with store.connect(str(tmp_path / name)) as database:
            answers.append(
                [
                    database.execute(f"SELECT * FROM {view} ORDER BY ALL").fetchall()
                    for view in ("pages", "findings", "claims", "blocks", "provisions")
                ]
            )
    assert answers[0] == answers[1]


def test_a_finished_run_is_not_done_again(tmp_path: Path) -> None:
    """The same command changes nothing; a half-written shard is made anew."""
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(12))
    out = tmp_path / "out"
    run(out, path, "--shard-pages", 5)
    whole = digests(out)
    times = {file: file.stat().st_mtime_ns for file in (out / "shards").rglob("*.parquet")}
    (out / "shards" / "00001").rename(out / "shards" / "00001.partial")
    (out / "shards" / "00001.partial" / "pages.parquet").write_bytes(b"PAR1 half")
    run(out, path, "--shard-pages", 5)
    assert digests(out) == whole
    again = {file: file.stat().st_mtime_ns for file in (out / "shards").rglob("*.parquet")}
    assert {file.parent.name for file in times if times[file] != again[file]} == {"00001"}


def test_a_run_is_not_taken_up_with_other_rules_or_inputs(tmp_path: Path) -> None:
    """One message says what differs; nothing is changed. Without --as-of the day is the first run's."""
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(3))
    out = tmp_path / "out"
    run(out, path)
    whole = digests(out)
    for more, said in (
        (["--profile", "regulator"], "other settings"),
        (["--shard-pages", 3], "another --shard-pages"),
    ):
        done = run(out, path, *more, status=2)
        assert said in done.stderr
        assert "name another folder" in done.stderr
    assert batch("run", path, "--out", out).returncode == 0
    archives.warc(path, archives.sites(4))
    assert "other inputs" in run(out, path, status=2).stderr
    assert digests(out) == whole


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    """The second is told so at once."""
    fcntl = pytest.importorskip("fcntl")
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(3))
    (tmp_path / "out" / "work").mkdir(parents=True)
    with (tmp_path / "out" / "work" / "lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert "another run is at work" in run(tmp_path / "out", path, status=2).stderr


def test_a_truncated_archive_costs_only_what_is_missing(tmp_path: Path) -> None:
    """The pages before the break are judged, status 2 and a row of sources say the rest."""
    data = b"".join(archives.sites(6))
    (tmp_path / "a.warc.gz").write_bytes(data[:-40])
    archives.warc(tmp_path / "b.warc.gz", archives.sites(2))
    done = run(tmp_path / "out", tmp_path / "a.warc.gz", tmp_path / "b.warc.gz", status=2)
    assert "a.warc.gz: ends in the middle of the record" in done.stderr
    first = [one for one in table(tmp_path / "out", "pages") if one["source"].endswith("a.warc.gz")]
    assert len(first) == 5
    with store.connect(str(tmp_path / "out")) as database:
        assert database.execute("SELECT count(*) FROM sources WHERE problem IS NOT NULL").fetchone() == (1,)


def test_a_full_disk_ends_the_run_with_one_message_and_is_made_good(tmp_path: Path) -> None:
    """What is finished stays; the same command finishes the rest."""
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(30))
    run(tmp_path / "whole", path, "--shard-pages", 10)
    sizes = sorted(file.stat().st_size for file in (tmp_path / "whole").rglob("*.parquet"))

    def narrow() -> None:  # the system refuses to let any file grow past this, as a full disk would
        resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[-1] - 1, sizes[-1] - 1))

    out = tmp_path / "out"
    done = run(out, path, "--shard-pages", 10, status=2, preexec_fn=narrow)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "make room, then run the same command again" in done.stderr
    run(out, path, "--shard-pages", 10)
    assert digests(out) == digests(tmp_path / "whole")


def test_a_page_over_the_limits_is_a_row(tmp_path: Path) -> None:
    """Too large, or too slow: the row says which limit; the other pages are judged."""
    records = [
        archives.response("https://a.example/big", archives.page(CLAIM * 500), number=1),
        archives.response("https://a.example/small", archives.page(CLAIM), number=2),
    ]
    path = archives.warc(tmp_path / "a.warc.gz", records)
    run(tmp_path / "out", path, "--largest", 5000)
    assert "too large: the limit is 5,000 bytes" in row(tmp_path / "out", "https://a.example/big")["reason"]
    assert row(tmp_path / "out", "https://a.example/small")["state"] == "checked"
    slow = [
        archives.response(
            "https://a.example/slow", archives.page(" ".join(f"{CLAIM} {n}." for n in range(60_000)))
        ),
        records[1],
    ]
    run(tmp_path / "slow", archives.warc(tmp_path / "b.warc.gz", slow), "--seconds", 0.3)
    found = row(tmp_path / "slow", "https://a.example/slow")
    assert (found["state"], found["reason"]) == ("failed", "took longer than 0.3 seconds")
    assert row(tmp_path / "slow", "https://a.example/small")["state"] == "checked"


def _endless(watch: Watch) -> None:
    with watch.page():
        while True:
            try:
                time.sleep(0.001)
            except Exception as error:
                raise AssertionError from error


def test_a_watch_stops_the_page_that_is_too_long_and_no_other() -> None:
    """Its exception can't be swallowed on the way, and never arrives late."""
    with Watch(0.1) as watch:
        for _ in range(5):
            with pytest.raises(TooLong):
                _endless(watch)
            for _ in range(20):
                with watch.page():
                    time.sleep(0.001)
    assert threading.active_count() < 20


def test_rows_of_a_shared_block_belong_to_its_first_page() -> None:
    """Another site's block of the same key starts anew."""
    sheet = Sheet()

    def rows(site: str, page: str) -> dict:
        found = {name: [] for name in schema.SHARDED}
        found["pages"] = [{"site": site, "page_id": page}]
        found["blocks"] = [{"block": "k", "pages": 1, "page_id": page}]
        found["findings"] = [{"block": "k", "page_id": page}, {"block": None, "page_id": page}]
        return found

    for site, page in (("a", "1"), ("a", "2"), ("b", "3")):
        sheet.add(rows(site, page))
    assert [(one["block"], one["page_id"]) for one in sheet.rows["findings"]] == [
        ("k", "1"),
        (None, "1"),
        (None, "2"),
        ("k", "3"),
        (None, "3"),
    ]
    assert [(one["page_id"], one["pages"]) for one in sheet.rows["blocks"]] == [("1", 2), ("3", 1)]


def test_the_views_answer_and_nothing_else_can_be_read(dataset: Path, tmp_path: Path) -> None:
    """Each table has a view; a query reaches no other file; a wrong one gets a message."""
    for name in schema.TABLES:
        done = batch("sql", f"SELECT count(*) AS n FROM {name}", "--out", dataset, "--format", "json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)[0]["n"] >= 1 or name == "provisions"
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for query in (f"SELECT * FROM '{secret}'", "SELEKT 1", f"COPY pages TO '{tmp_path / 'x.csv'}'"):
        done = batch("sql", query, "--out", dataset)
        assert done.returncode == 2
        assert "can't be answered" in done.stderr
    assert not (tmp_path / "x.csv").exists()


def test_a_folder_that_is_no_dataset_is_said(tmp_path: Path) -> None:
    """With the reason."""
    done = batch("sql", "SELECT 1", "--out", tmp_path)
    assert done.returncode == 2
    assert "has no run.json" in done.stderr


def test_cells_that_spreadsheets_would_run_are_text(dataset: Path) -> None:
    """As in every CSV file that claimlint writes."""
    done = batch("sql", "SELECT '=1+1' AS a", "--out", dataset, "--format", "csv")
    assert done.stdout == "a\n'=1+1\n"


def test_sqlite_holds_all_tables(dataset: Path, tmp_path: Path) -> None:
    """The same rows as the views, lists as JSON; a file that is there is not overwritten."""
    target = tmp_path / "a.sqlite"
    assert batch("sqlite", target, "--out", dataset).returncode == 0
    with sqlite3.connect(target) as database, store.connect(str(dataset)) as views:
        for name in schema.TABLES:
            (count,) = database.execute(f"SELECT count(*) FROM {name}").fetchone()
            assert (count,) == views.execute(f"SELECT count(*) FROM {name}").fetchone()
        (items,) = database.execute("SELECT items FROM credibility LIMIT 1").fetchone()
        assert json.loads(items)[0]["instrument"]
    database.close()
    assert "is there already" in batch("sqlite", target, "--out", dataset).stderr


@pytest.mark.parametrize("library", ["pyarrow", "duckdb", "warcio", "fsspec"])
def test_a_missing_library_is_one_message(library: str, tmp_path: Path) -> None:
    """It names the extra to install."""
    (tmp_path / "hide.py").write_text(
        "import sys, importlib.abc\n"
        "class Hide(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] == '{library}': raise ModuleNotFoundError(name=name)\n"
        "sys.meta_path.insert(0, Hide())\nfrom claimlint.cli import main\nsys.exit(main(['batch', 'sql', 'SELECT 1', '--out', '.']))\n"
    )
    import subprocess
    import sys

    from tests.batch.running import ENVIRONMENT

    done = subprocess.run(
        [sys.executable, "hide.py"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "claimlint[batch]" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_nothing_of_batch_is_loaded_by_other_commands() -> None:
    """The libraries cost a second; ``check`` must not pay."""
    import subprocess
    import sys

    code = (
        "import sys; from claimlint.cli import main; main(['check', '--fail-on', 'never', 'README.md']); "
        "heavy = ('pyarrow', 'duckdb', 'warcio', 'fsspec', 'distributed'); "
        "print([m for m in sys.modules if m.split('.')[0] in heavy or m.startswith('claimlint.batch')], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert done.stderr.strip().splitlines()[-1] == "[]"
