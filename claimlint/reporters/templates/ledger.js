"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const rows = all(".ledger tbody tr");
  const form = byId("ledgerfilters");
  if (!form) return;
  const DECISIONS = ["approved", "rejected", "needs-evidence"];
  const FIELDS = ["note", "reference", "until", "reviewer", "date"];
  const today = () => new Date().toISOString().slice(0, 10);
  const inAYear = () => String(Number(today().slice(0, 4)) + 1) + today().slice(4).replace("-02-29", "-02-28");
  const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

  // Kept by fingerprint, so that a sign-off outlives a new ledger of the same words.
  const keep = (key, value) => {
    try { localStorage.setItem("claimlint:" + key, value); } catch { /* a browser that keeps nothing still exports */ }
  };
  const kept = (key) => {
    try { return localStorage.getItem("claimlint:" + key); } catch { return null; }
  };
  const signed = new Map();
  const tell = (text) => { byId("told").textContent = text; };
  const things = (number, one) => number + " " + (number === 1 ? one : one + "s");

  function clean(value) {
    const item = { decision: "" };
    if (value && DECISIONS.includes(value.decision)) item.decision = value.decision;
    FIELDS.forEach((name) => { item[name] = value && typeof value[name] === "string" ? value[name].slice(0, 500) : ""; });
    return item;
  }

  function known(fingerprint) {
    try { return clean(JSON.parse(kept("claim:" + fingerprint))); } catch { return clean(null); }
  }

  // A refusal without its reason helps nobody who has to change the words.
  const lacks = (item) => (item.decision === "rejected" || item.decision === "needs-evidence") && !item.note.trim();

  function count() {
    const made = [...signed.values()].filter((item) => item.decision);
    const bare = made.filter(lacks).length;
    tell(made.length + " of " + things(signed.size, "claim") + " signed off" +
      (bare ? "; " + bare + (bare === 1 ? " lacks its note and is" : " lack their notes and are") + " not exported" : ""));
  }

  function show(row) {
    const item = signed.get(row.dataset.fingerprint);
    row.dataset.decision = item.decision || "open";
    row.querySelector(".sign").dataset.value = item.decision || "open";
    all(".sign button", row).forEach((button) => button.setAttribute("aria-pressed", String(button.value === item.decision)));
    all(".rests", row).forEach((label) => { label.hidden = item.decision !== "approved"; });
    const note = row.querySelector("[name=note]");
    note.classList.toggle("lacking", lacks(item));
    note.placeholder = lacks(item) ? "what has to change?" : "";
    row.querySelector(".stamp").textContent = item.decision && item.date ? (item.reviewer || "no name yet") + ", " + item.date : "";
  }

  function fill(row) {
    const item = signed.get(row.dataset.fingerprint);
    ["note", "reference", "until"].forEach((name) => { row.querySelector("[name=" + name + "]").value = item[name]; });
    show(row);
  }

  function sign(row, change) {
    const item = Object.assign(signed.get(row.dataset.fingerprint), change);
    item.date = today();
    item.reviewer = byId("reviewer").value.trim();
    keep("claim:" + row.dataset.fingerprint, JSON.stringify(item));
    show(row);
    count();
  }

  function offer(row) {
    signed.set(row.dataset.fingerprint, known(row.dataset.fingerprint));
    const box = byId("signoff").content.firstElementChild.cloneNode(true);
    box.querySelector("legend").textContent = "Sign-off on claim " + row.dataset.n;
    row.querySelector(".sign").append(box);
    all("button", box).forEach((button) => button.addEventListener("click", () => {
      const item = signed.get(row.dataset.fingerprint);
      const on = item.decision === button.value;
      const change = { decision: on ? "" : button.value };
      if (change.decision === "approved") {
        change.reference = item.reference || row.dataset.cited;
        change.until = item.until || inAYear();
      }
      sign(row, change);
      fill(row);
      if (lacks(signed.get(row.dataset.fingerprint))) row.querySelector("[name=note]").focus();
    }));
    all("input", box).forEach((input) => input.addEventListener("input", () => sign(row, { [input.name]: input.value })));
    fill(row);
  }

  function apply() {
    const wanted = {};
    ["verdict", "strength", "decision", "path"].forEach((name) => {
      wanted[name] = form.elements[name] ? form.elements[name].value : "";
    });
    const words = form.elements.text.value.trim().toLowerCase();
    let shown = 0;
    rows.forEach((row) => {
      const keepIt = Object.entries(wanted).every(([name, value]) => !value || row.dataset[name] === value) &&
        (!words || row.textContent.toLowerCase().includes(words));
      row.hidden = !keepIt;
      shown += keepIt ? 1 : 0;
    });
    byId("shown").textContent = shown + " of " + rows.length + " shown";
    byId("none").hidden = shown > 0;
  }

  function step(by) {
    const visible = all(".ledger tbody tr").filter((row) => !row.hidden);
    if (!visible.length) return;
    const at = visible.indexOf(document.activeElement.closest(".ledger tbody tr"));
    const next = visible[at < 0 ? (by > 0 ? 0 : visible.length - 1) : Math.min(visible.length - 1, Math.max(0, at + by))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function save(text, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function named() {
    const reviewer = byId("reviewer").value.trim();
    const nameless = [...signed.values()].some((item) => item.decision && !item.reviewer);
    if (reviewer || !nameless) return true;
    tell("Enter the reviewer's name first: others must know who signed.");
    byId("reviewer").focus();
    return false;
  }

  function made() {
    const reviewer = byId("reviewer").value.trim();
    return rows.map((row) => {
      const item = signed.get(row.dataset.fingerprint);
      return {
        fingerprint: row.dataset.fingerprint, decision: item.decision, note: item.note.trim(),
        reviewer: item.reviewer || reviewer, date: item.date, reference: item.reference.trim(), until: item.until,
        path: row.dataset.file, line: Number(row.dataset.line), sentence: row.dataset.sentence,
        intervention: row.dataset.intervention, condition: row.dataset.condition,
        strength: row.dataset.strength, verdict: row.dataset.verdict === "-" ? "" : row.dataset.verdict,
      };
    }).filter((item) => item.decision && !lacks(item));
  }

  function exported() {
    if (!named()) return;
    const claims = made();
    if (!claims.length) { tell("Nothing is signed off yet."); return; }
    save(JSON.stringify({ version: 1, tool: "claimlint", kind: "sign-off", claims }, null, 2) + "\n",
      "sign-off.json", "application/json");
    tell(things(claims.length, "sign-off") + " exported.");
  }

  function reference(text) {
    const doi = /10\.\d{4,9}\/[^\s;,]+/.exec(text);
    const trial = /\bNCT\d{8}\b/i.exec(text);
    const pubmed = /^(?:PMID:?\s*)?([1-9]\d{0,7})$/i.exec(text.trim()) || /\bPMID:?\s*([1-9]\d{0,7})\b/i.exec(text);
    const address = /https?:\/\/[^\s;]+/i.exec(text);
    const found = {};
    if (doi) found.doi = doi[0].replace(/[.)]+$/, "");
    if (pubmed) found.pmid = pubmed[1];
    if (trial) found.nct = trial[0].toUpperCase();
    if (address && !doi) found.url = address[0];
    return Object.keys(found).length ? found : null;
  }

  const plain = (id) => id.replace(/^own\//, "").replaceAll("-", " ");

  // The file that the settings' evidence: names. JSON's strings are YAML's too.
  function approvedFile(list) {
    const markets = byId("markets").value.split(",").map((one) => one.trim().toLowerCase()).filter(Boolean);
    const references = new Map();
    const lines = ["claims:"];
    list.forEach((item) => {
      const key = JSON.stringify(item.ids);
      if (!references.has(key)) references.set(key, "reference-" + (references.size + 1));
      lines.push("  - id: signed-" + item.fingerprint.slice(0, 12), "    text: " + JSON.stringify(item.sentence),
        "    product: " + JSON.stringify(plain(item.intervention)));
      if (item.condition) lines.push("    indication: " + JSON.stringify(plain(item.condition)));
      lines.push("    strength: " + item.strength, "    references: [" + references.get(key) + "]",
        "    owner: " + JSON.stringify(item.reviewer), "    approved_on: " + JSON.stringify(item.date));
      if (markets.length) lines.push("    market: " + JSON.stringify(markets));
      lines.push("    valid_until: " + JSON.stringify(item.until));
    });
    const head = ["# Claims signed off in claimlint's ledger. Check with: claimlint evidence check FILE", "version: 1", "references:"];
    references.forEach((id, key) => {
      const ids = JSON.parse(key);
      head.push("  - id: " + id, "    title: " + JSON.stringify(Object.values(ids).join(", ")));
      Object.entries(ids).forEach(([kind, value]) => head.push("    " + kind + ": " + JSON.stringify(value)));
    });
    return [...head, ...lines].join("\n") + "\n";
  }

  function unfit(item) {
    if (!item.intervention) return "name no treatment";
    if (!["correlational", "hedged", "causal"].includes(item.strength)) return "are absolute or assert nothing";
    if (!item.ids) return "lack a reference (DOI, PMID, NCT number or address)";
    return isDay(item.until) ? "" : "lack the day until which they hold";
  }

  function approvals() {
    if (!named()) return;
    const list = made().filter((item) => item.decision === "approved").map((item) => ({ ...item, ids: reference(item.reference) }));
    const fit = list.filter((item) => !unfit(item));
    const seen = new Set();
    const once = fit.filter((item) => {
      const key = item.sentence + "\n" + item.intervention + "\n" + item.condition;
      return !seen.has(key) && seen.add(key);
    });
    const left = {};
    list.map(unfit).filter(Boolean).forEach((why) => { left[why] = (left[why] || 0) + 1; });
    const told = Object.entries(left).map(([why, number]) => number + " " + why).join("; ");
    if (once.length) save(approvedFile(once), "approved-claims.yaml", "text/yaml");
    const done = once.length ? things(once.length, "approved claim") + " exported" : "No approved claim to export";
    tell(done + (told ? ". Left out: " + told : "") + ".");
  }

  async function imported(input) {
    let value = null;
    try { value = JSON.parse(await input.files[0].text()); } catch { /* told below */ }
    input.value = "";
    if (!value || value.version !== 1 || value.kind !== "sign-off" || !Array.isArray(value.claims)) {
      tell("This is no sign-off file of version 1: choose one that this page exported.");
      return;
    }
    const here = new Map(rows.map((row) => [row.dataset.fingerprint, row]));
    let taken = 0, older = 0, gone = 0;
    value.claims.forEach((entry) => {
      const row = entry && here.get(entry.fingerprint);
      const item = clean(entry);
      if (!row || !item.decision) { gone += 1; return; }
      const mine = signed.get(entry.fingerprint);
      if (mine.decision && mine.date > item.date) { older += 1; return; }
      signed.set(entry.fingerprint, item);
      keep("claim:" + entry.fingerprint, JSON.stringify(item));
      fill(row);
      taken += 1;
    });
    apply();
    tell(things(taken, "sign-off") + " imported" + (older ? "; " + older + " older than yours" : "") +
      (gone ? "; " + gone + " about words that are not in this ledger" : "") + ".");
  }

  form.hidden = false;
  byId("review").hidden = false;
  ["reviewer", "markets"].forEach((id) => {
    byId(id).value = kept(id) || "";
    byId(id).addEventListener("input", () => keep(id, byId(id).value));
  });
  rows.forEach(offer);
  byId("export").addEventListener("click", exported);
  byId("approved").addEventListener("click", approvals);
  byId("import").addEventListener("change", (event) => imported(event.target));
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") { event.preventDefault(); form.elements.text.focus(); }
  });
  apply();
  count();
})();
