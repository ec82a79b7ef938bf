// Starts `claimlint lsp` and hands it the documents that claimlint reads. All judging happens there.
"use strict";

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

function activate() {
  const [command, ...args] = vscode.workspace.getConfiguration("claimlint").get("command");
  const server = { command, args, transport: TransportKind.stdio };
  client = new LanguageClient("claimlint", "claimlint", server, {
    documentSelector: [{ scheme: "file" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/.claimlint.yaml") },
  });
  return client.start();
}

function deactivate() {
  return client && client.stop();
}

module.exports = { activate, deactivate };
