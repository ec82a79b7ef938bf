"""Speaks the Language Server Protocol: documents in, diagnostics, explanations and changes out.

All judging is the command's own; a document that can't be checked gets a diagnostic that says so and never none.
"""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from claimlint import __version__, readers
from claimlint.errors import ClaimlintError
from claimlint.live import Checker
from claimlint.lsp.editing import Spot, Text, changes, explanation, touched, visible
from claimlint.model import Checked, Finding
from claimlint.settings_search import Options

_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}
_SETTINGS = (".claimlint.yaml", "pyproject.toml")


class Server(LanguageServer):
    """One editor's session: the latest state of each open document that could be checked."""

    def __init__(self, options: Options) -> None:
        super().__init__("claimlint", __version__)
        self._options = options
        self._checker: Checker | None = None
        self.open: dict[str, Checked] = {}

    @property
    def checker(self) -> Checker:
        """The rules and settings, read when first needed and again after ``forget``."""
        if self._checker is None:
            self._checker = Checker(self._options)
        return self._checker

    def forget(self) -> None:
        """Reads rules and settings anew the next time: they have changed."""
        self._checker = None

    def look(self, uri: str) -> None:
        """Checks an open document and publishes what was found."""
        document = self.workspace.get_text_document(uri)
        self.open.pop(uri, None)
        if not readers.known(document.path or ""):
            return
        try:
            outcome = self.checker(document.path, document.source.encode("utf-8", "surrogatepass"))
            problem = outcome.failure.reason if outcome.failure else None
        except ClaimlintError as error:
            outcome, problem = None, str(error)
        found: list[types.Diagnostic] = []
        if problem is not None:
            at = _range(Text(document.source).spot(None, None))
            found.append(_diagnostic(at, problem, types.DiagnosticSeverity.Warning, "claimlint/not-checked"))
        elif outcome is not None and outcome.checked is not None:
            self.open[uri] = outcome.checked
            text = Text(outcome.checked.document.source)
            found = [
                _diagnostic(
                    _range(text.spot(item.start, item.end)),
                    item.message,
                    _SEVERITY[item.severity.value],
                    item.rule,
                )
                for item in visible(outcome.checked)
            ]
        self.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, version=document.version, diagnostics=found)
        )

    def at(self, uri: str, place: types.Range) -> tuple[Checked, Text, list[Finding]] | None:
        """The document with the findings that ``place`` touches; None where it isn't checked."""
        checked = self.open.get(uri)
        if checked is None:
            return None
        text = Text(checked.document.source)
        spot = Spot(place.start.line, place.start.character, place.end.line, place.end.character)
        return checked, text, touched(checked, text, spot)


def _range(spot: Spot) -> types.Range:
    return types.Range(types.Position(spot.line, spot.column), types.Position(spot.end_line, spot.end_column))


def _diagnostic(
    place: types.Range, message: str, severity: types.DiagnosticSeverity, rule: str
) -> types.Diagnostic:
    return types.Diagnostic(range=place, message=message, severity=severity, code=rule, source="claimlint")


def serve(options: Options) -> None:
    """Serves one editor on standard input and output until it leaves."""
    make(options).start_io()


def make(options: Options) -> Server:
    """A server that is ready to start."""
    server = Server(options)

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.look(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri.rsplit("/", 1)[-1] in _SETTINGS:
            server.forget()
            for uri in list(server.workspace.text_documents):
                server.look(uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.open.pop(uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        found = server.at(params.text_document.uri, types.Range(params.position, params.position))
        if found is None or not found[2]:
            return None
        checked, text, findings = found
        path = checked.document.path
        told = "\n\n---\n\n".join(
            explanation(item, server.checker.rule(path, item.rule)) for item in findings
        )
        place = _range(text.spot(findings[0].start, findings[0].end))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, told), place)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        found = server.at(params.text_document.uri, params.range)
        if found is None:
            return []
        return [_action(params.text_document.uri, change) for change in changes(*found, server.checker)]

    return server


def _action(uri: str, change: Any) -> types.CodeAction:
    return types.CodeAction(
        title=change.title,
        kind=types.CodeActionKind.QuickFix,
        is_preferred=change.preferred,
        edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(_range(change.spot), change.text)]}),
    )
