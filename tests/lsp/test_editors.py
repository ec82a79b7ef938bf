"""The extension for VS Code starts the server that it should."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "editors" / "vscode"
HOST = """
const Module = require("module");
const load = Module._load;
const started = [];
class LanguageClient {
  constructor(id, name, server, options) { started.push({ server, options }); }
  start() { return Promise.resolve(); }
  stop() { started.push("stopped"); return Promise.resolve(); }
}
const fakes = {
  "vscode": { workspace: {
    getConfiguration: (name) => ({ get: (key) => settings[`${name}.${key}`].default }),
    createFileSystemWatcher: (glob) => glob,
  } },
  "vscode-languageclient/node": { LanguageClient, TransportKind: { stdio: "stdio" } },
};
Module._load = (name, ...rest) => fakes[name] || load(name, ...rest);
const settings = require(process.argv[1] + "/package.json").contributes.configuration.properties;
const extension = require(process.argv[1] + "/extension.js");
extension.activate().then(() => extension.deactivate()).then(() => console.log(JSON.stringify(started)));
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_extension_starts_and_stops_the_server():
    """Loaded as VS Code loads it, with stand-ins for VS Code's own modules, it runs ``claimlint lsp``."""
    done = subprocess.run(
        ["node", "-e", HOST, str(FOLDER)], capture_output=True, text=True, check=True, timeout=60
    )
    first, last = json.loads(done.stdout)
    assert first["server"] == {"command": "claimlint", "args": ["lsp"], "transport": "stdio"}
    assert first["options"]["documentSelector"] == [{"scheme": "file"}]
    assert last == "stopped"


def test_the_manifest_names_what_exists():
    """Main file and library of the manifest are those that the extension uses."""
    manifest = json.loads((FOLDER / "package.json").read_text("utf-8"))
    text = (FOLDER / manifest["main"]).read_text("utf-8")
    assert all(f'require("{name}' in text for name in manifest["dependencies"])


def test_the_manifest_is_what_a_packager_demands():
    """Name, publisher, version and engine have the shape that vsce insists on, and what it packs is there."""
    manifest = json.loads((FOLDER / "package.json").read_text("utf-8"))
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", manifest["name"])
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", manifest["publisher"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])
    assert re.fullmatch(r"\^\d+\.\d+\.\d+", manifest["engines"]["vscode"])
    assert manifest["activationEvents"] or manifest["contributes"]
    assert (FOLDER / manifest["main"]).is_file()
    assert (FOLDER / "README.md").read_text("utf-8").startswith("# ")
    assert "private" not in manifest
    for name, setting in manifest["contributes"]["configuration"]["properties"].items():
        assert name.startswith(manifest["name"] + ".")
        assert setting["description"]
