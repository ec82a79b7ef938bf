"""A small client of the Language Server Protocol over standard input and output, for tests."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any


class Client:
    """Starts ``claimlint lsp`` in a folder and speaks with it as an editor would."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "claimlint", "lsp", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._messages: queue.Queue[dict[str, Any]] = queue.Queue()
        self._kept: list[dict[str, Any]] = []
        self._number = 0
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.notify("initialized", {})

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline().strip()) != b"":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if not length:
                return
            self._messages.put(json.loads(stream.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        stream.flush()

    def notify(self, method: str, params: Any) -> None:
        """Sends a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """Sends a request and returns its result."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        number = self._number
        answer = self._next(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in answer, answer
        return answer["result"]

    def _next(self, wanted: Any) -> dict[str, Any]:
        for at, message in enumerate(self._kept):
            if wanted(message):
                return self._kept.pop(at)
        while True:
            message = self._messages.get(timeout=15)
            if wanted(message):
                return message
            self._kept.append(message)

    def open(self, uri: str, text: str) -> list[dict[str, Any]]:
        """Opens a document and returns its diagnostics."""
        document = {"uri": uri, "languageId": "x", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(uri)

    def change(self, uri: str, version: int, text: str) -> list[dict[str, Any]]:
        """Replaces a document's text and returns its diagnostics."""
        named = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": named, "contentChanges": [{"text": text}]})
        return self.diagnostics(uri)

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """The next diagnostics that the server publishes for ``uri``."""
        message = self._next(
            lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["uri"] == uri
        )
        found: list[dict[str, Any]] = message["params"]["diagnostics"]
        return found

    def close(self) -> int:
        """Leaves as the protocol asks, and returns the server's exit status."""
        self.request("shutdown", None)
        self.notify("exit", None)
        status = self._process.wait(timeout=20)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._reader.join(timeout=5)
        return status


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """``text`` with edits made as an editor makes them: lines and UTF-16 columns from 0, last place first."""
    lines = text.split("\n")

    def offset(place: dict[str, int]) -> int:
        line = lines[place["line"]].encode("utf-16-le")
        column = len(line[: 2 * place["character"]].decode("utf-16-le"))
        return sum(len(one) + 1 for one in lines[: place["line"]]) + column

    spots = [
        (offset(edit["range"]["start"]), offset(edit["range"]["end"]), edit["newText"]) for edit in edits
    ]
    for start, end, new in sorted(spots, reverse=True):
        text = text[:start] + new + text[end:]
    return text
