"""The language server, spoken to over standard input and output as editors do."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimlint.cli import main
from tests.lsp.client import Client, applied

pytest.importorskip("pygls")

AS_OF = ("--as-of", "2026-11-24")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for the editor to open."""
    return tmp_path


@pytest.fixture
def editor(folder: Path) -> Iterator[Client]:
    """A client in that folder; the server must leave cleanly."""
    client = Client(folder, "--stdio", *AS_OF)
    yield client
    assert client.close() == 0


def codes(diagnostics: list[dict[str, Any]]) -> list[str]:
    """The rules of some diagnostics."""
    return [item["code"] for item in diagnostics]


def actions(editor: Client, uri: str, diagnostic: dict[str, Any]) -> list[dict[str, Any]]:
    """The changes on offer where a diagnostic stands."""
    found: list[dict[str, Any]] = editor.request(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": uri},
            "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic]},
        },
    )
    return found


def test_findings_follow_the_typing(editor, folder):
    """Diagnostics stand at UTF-16 columns, change with the unsaved text and go when the document is closed."""
    uri = (folder / "page.md").as_uri()
    found = editor.open(uri, "# Lumora\n\n😀 Our revolutionary drip.\n")
    assert codes(found) == ["core/superiority/breakthrough"]
    assert found[0]["range"] == {
        "start": {"line": 2, "character": 7},
        "end": {"line": 2, "character": 20},
    }
    assert found[0]["severity"] == 2
    assert editor.change(uri, 2, "# Lumora\n\nOur drip.\n") == []
    assert codes(editor.change(uri, 3, "Our revolutionary drip.\n")) == ["core/superiority/breakthrough"]
    editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    assert editor.diagnostics(uri) == []


def test_hover_explains(editor, folder):
    """Hovering tells the reason, the words that decided, the evidence with a source and what to do; elsewhere nothing."""
    uri = (folder / "page.html").as_uri()
    editor.open(uri, "<p>Our mesenchymal stem cells treat rheumatoid arthritis.</p>\n")

    def hover(column: int) -> Any:
        place = {"line": 0, "character": column}
        return editor.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})

    told = hover(38)["contents"]["value"]
    for part in (
        "Decided by: effect *treat*",
        "What is known (E",
        "](<https://",
        "core/evidence/stronger-than-evidence",
    ):
        assert part in told
    assert hover(1) is None


def test_hover_shows_no_markup_of_the_page(editor, folder):
    """What stands in the page stays text: no link and no picture of its making reaches the editor."""
    uri = (folder / "page.txt").as_uri()
    found = editor.open(uri, "Our guaranteed ![x](https://example.org/x.png) results are guaranteed.\n")
    told = editor.request(
        "textDocument/hover", {"textDocument": {"uri": uri}, "position": found[0]["range"]["start"]}
    )["contents"]["value"]
    assert "![x](" not in told


def test_a_rewrite_can_be_taken(editor, folder):
    """The safe rewrite is offered as preferred; the text that results has no finding."""
    uri = (folder / "page.md").as_uri()
    text = "Plain 😀.\n\nWe are an award-winning team.\n"
    found = editor.open(uri, text)
    offer = next(item for item in actions(editor, uri, found[0]) if item.get("isPreferred"))
    after = applied(text, offer["edit"]["changes"][uri])
    assert after == "Plain 😀.\n\nWe are a team.\n"
    assert editor.change(uri, 2, after) == []


PAGES = {
    "page.md": "# Lumora\n\nSome text here\nand our revolutionary drip.\n",
    "page.mdx": "# Lumora\n\nOur revolutionary drip.\n",
    "page.html": "<main>\n  <p>Our revolutionary drip.</p>\n</main>\n",
    "page.vue": "<template>\n  <p>Our revolutionary drip.</p>\n</template>\n",
    "page.twig": "<p>Our revolutionary drip.</p>\n",
    "page.php": "<?php $x = 1; ?>\n<p>Our revolutionary drip.</p>\n",
    "page.yaml": "title: Lumora\ntext: Our revolutionary drip helps.\n",
    "page.toml": 'title = "Lumora"\ntext = "Our revolutionary drip helps."\n',
    "page.jsx": "export default () => (\n  <p>\n    Our revolutionary drip.\n  </p>\n)\n",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_comment_that_lets_it_stand(editor, folder, name):
    """In each format the comment silences the finding once a reason is filled in, and not before."""
    uri = (folder / name).as_uri()
    text = PAGES[name]
    found = [item for item in editor.open(uri, text) if item["code"] == "core/superiority/breakthrough"]
    offer = next(item for item in actions(editor, uri, found[0]) if "let it stand" in item["title"])
    after = applied(text, offer["edit"]["changes"][uri])
    assert 'reason=""' in after
    unfilled = codes(editor.change(uri, 2, after))
    assert "core/superiority/breakthrough" in unfilled
    assert "claimlint/malformed-suppression" in unfilled
    filled = codes(editor.change(uri, 3, after.replace('reason=""', 'reason="its name"')))
    assert "core/superiority/breakthrough" not in filled
    assert "claimlint/malformed-suppression" not in filled


def test_plain_text_has_no_place_for_a_comment(editor, folder):
    """Where a format knows no comments none is offered."""
    uri = (folder / "page.txt").as_uri()
    found = editor.open(uri, "Our revolutionary drip.\n")
    assert [item for item in actions(editor, uri, found[0]) if "let it stand" in item["title"]] == []


def test_what_cannot_be_checked_is_said(editor, folder):
    """A page in another language or under broken settings has a diagnostic that says so."""
    uri = (folder / "page.md").as_uri()
    german = "Unsere Behandlung hilft vielen Menschen, die schon lange unter starken Schmerzen leiden und nicht mehr schlafen. "
    found = editor.open(uri, german * 4)
    assert codes(found) == ["claimlint/not-checked"]
    (folder / "sub").mkdir()
    (folder / "sub" / ".claimlint.yaml").write_text("profil: team\n")
    other = (folder / "sub" / "page.md").as_uri()
    found = editor.open(other, "Our revolutionary drip.\n")
    assert codes(found) == ["claimlint/not-checked"]
    assert "did you mean 'profile'" in found[0]["message"]


def test_settings_count_and_are_read_again_when_saved(editor, folder):
    """Settings of the folder hold, and a saved change of them takes effect at once."""
    settings = folder / ".claimlint.yaml"
    settings.write_text("severity: {superiority: 'off'}\n")
    uri = (folder / "page.md").as_uri()
    assert editor.open(uri, "Our revolutionary drip.\n") == []
    settings.write_text("severity: {superiority: error}\n")
    editor.notify("textDocument/didSave", {"textDocument": {"uri": settings.as_uri()}})
    assert [item["severity"] for item in editor.diagnostics(uri)] == [1]


def test_without_its_library_one_message(monkeypatch, capsys):
    """Without the optional part the command names how to install it."""
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".", maxsplit=1)[0] in ("pygls", "lsprotocol"):
            raise ModuleNotFoundError(name=name)
        return real(name, *rest, **more)

    for name in [
        name for name in sys.modules if name.startswith(("pygls", "lsprotocol", "claimlint.lsp.server"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", missing)
    assert main(["lsp"]) == 2
    assert "claimlint[lsp]" in capsys.readouterr().err


def test_other_commands_never_load_it():
    """Checking a file imports nothing of the protocol."""
    code = (
        "import sys; from claimlint.cli import main; main(['rules', 'list']); "
        "sys.exit(any(name.startswith(('pygls', 'lsprotocol')) for name in sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert done.returncode == 0
