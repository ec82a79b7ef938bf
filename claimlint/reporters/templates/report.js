"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const cards = all(".card");
  const form = byId("filters");
  const visible = () => cards.filter((card) => !card.hidden);
  let current = null;
  document.documentElement.classList.add("js");

  function activate(card, options) {
    all(".active").forEach((node) => node.classList.remove("active"));
    current = card;
    if (!card) return;
    const number = card.dataset.n;
    card.classList.add("active");
    all("mark, .ref", card.closest(".document")).forEach((node) => {
      if (node.dataset.f.split(" ").includes(number)) node.classList.add("active");
    });
    if (options.focus) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const source = card.closest(".document").querySelector(".sourceview");
    const mark = byId((source && source.open ? "s-" : "m-") + number);
    if (options.page && mark) mark.scrollIntoView({ block: "center" });
  }

  function follow() {
    const match = /^#([fms])-(\d+)$/.exec(location.hash);
    const card = match && byId("f-" + match[2]);
    if (!card) return;
    const source = card.closest(".document").querySelector(".sourceview");
    if (source && match[1] !== "f") source.open = match[1] === "s";
    activate(card, { page: true });
  }

  function step(by) {
    const shown = visible();
    if (!shown.length) return;
    const at = shown.indexOf(current);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, at + by))];
    history.replaceState(null, "", "#f-" + next.dataset.n);
    activate(next, { focus: true, page: true });
  }

  function apply() {
    const severities = all("[name=severity]:checked", form).map((box) => box.value);
    const wanted = {};
    ["category", "rule", "confidence", "decision"].forEach((name) => { wanted[name] = form.elements[name].value; });
    const words = form.elements.text.value.trim().toLowerCase();
    const on = new Set();
    cards.forEach((card) => {
      const data = card.dataset;
      const keep = severities.includes(data.severity) &&
        Object.entries(wanted).every(([name, value]) => !value || (data[name] || "open") === value) &&
        (!words || card.textContent.toLowerCase().includes(words));
      card.hidden = !keep;
      if (keep) on.add(data.n);
    });
    all("mark, .ref, .jump li").forEach((node) => {
      node.classList.toggle("off", !node.dataset.f.split(" ").some((number) => on.has(number)));
    });
    all(".cards").forEach((box) => {
      const none = box.querySelector(".none");
      if (none) none.hidden = all(".card", box).some((card) => !card.hidden);
    });
    byId("shown").textContent = on.size + " of " + cards.length + " shown";
  }

  function fallbackCopy(text) {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  // What is told once at the end of the report opens in the card itself; without a script the link leads there.
  function unfold(link) {
    const line = link.closest("p"), next = line.nextElementSibling;
    const mine = next && next.dataset.told === link.hash;
    if (next && next.classList.contains("told")) next.remove();
    all(".more", line).forEach((one) => one.setAttribute("aria-expanded", "false"));
    if (mine) return;
    const box = byId(link.hash.slice(1)).querySelector(".body").cloneNode(true);
    box.className = "told";
    box.dataset.told = link.hash;
    line.after(box);
    link.setAttribute("aria-expanded", "true");
  }

  async function copy(button) {
    const text = button.previousElementSibling.textContent;
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = fallbackCopy(text);
    }
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  }

  // Decisions: kept by fingerprint, so that they outlive a new report on the same words.
  const keep = (key, value) => {
    try { localStorage.setItem("claimlint:" + key, value); } catch { /* a browser that keeps nothing still exports */ }
  };
  const kept = (key) => {
    try { return localStorage.getItem("claimlint:" + key); } catch { return null; }
  };
  const decisions = new Map();

  function known(fingerprint) {
    try {
      const value = JSON.parse(kept(fingerprint));
      if (value && ["accepted", "dismissed", ""].includes(value.decision) && typeof value.note === "string") {
        return { decision: value.decision, note: value.note, date: String(value.date), reviewer: String(value.reviewer || "") };
      }
    } catch { /* not ours */ }
    return { decision: "", note: "", date: "", reviewer: "" };
  }

  function told() {
    const made = [...decisions.values()].filter((item) => item.decision);
    const bare = made.filter((item) => item.decision === "dismissed" && !item.note.trim()).length;
    byId("decided").textContent = made.length + " of " + decisions.size + " decided" +
      (bare ? "; " + bare + (bare === 1 ? " dismissal lacks its note and is" : " dismissals lack their note and are") + " not exported" : "");
  }

  function show(card, box) {
    const item = decisions.get(card.dataset.fingerprint);
    card.dataset.decision = item.decision || "open";
    all("button", box).forEach((button) => button.setAttribute("aria-pressed", String(button.value === item.decision)));
    const lacking = item.decision === "dismissed" && !item.note.trim();
    const note = box.querySelector("input");
    note.classList.toggle("lacking", lacking);
    note.placeholder = lacking ? "why may the words stand?" : "";
  }

  function decide(card, box, change) {
    const item = Object.assign(decisions.get(card.dataset.fingerprint), change);
    item.date = new Date().toISOString().slice(0, 10);
    item.reviewer = byId("reviewer").value.trim();
    keep(card.dataset.fingerprint, JSON.stringify(item));
    show(card, box);
    told();
  }

  function offer(card) {
    const item = known(card.dataset.fingerprint);
    decisions.set(card.dataset.fingerprint, item);
    const box = byId("decide").content.firstElementChild.cloneNode(true);
    box.setAttribute("aria-label", "Decision on finding " + card.dataset.n);
    const note = box.querySelector("input");
    note.value = item.note;
    all("button", box).forEach((button) => button.addEventListener("click", () => {
      const on = decisions.get(card.dataset.fingerprint).decision === button.value;
      decide(card, box, { decision: on ? "" : button.value });
      if (!on && button.value === "dismissed" && !note.value.trim()) note.focus();
    }));
    note.addEventListener("input", () => decide(card, box, { note: note.value }));
    card.insertBefore(box, card.querySelector(".rule"));
    show(card, box);
  }

  function quoted(card) {
    const marks = all(".page mark", card.closest(".document"));
    return marks.filter((mark) => mark.dataset.f.split(" ").includes(card.dataset.n)).map((mark) => mark.textContent).join("");
  }

  function exported() {
    const reviewer = byId("reviewer").value.trim();
    const list = cards.filter((card) => card.dataset.fingerprint).map((card) => {
      const item = decisions.get(card.dataset.fingerprint);
      return {
        fingerprint: card.dataset.fingerprint, decision: item.decision, note: item.note.trim(),
        reviewer: item.reviewer || reviewer, date: item.date, path: card.closest(".document").dataset.path,
        rule: card.dataset.rule, quote: quoted(card),
      };
    }).filter((item) => item.decision && (item.decision !== "dismissed" || item.note));
    if (!reviewer && list.some((item) => !item.reviewer)) {
      byId("decided").textContent = "Enter the reviewer's name first: others must know who decided.";
      byId("reviewer").focus();
      return;
    }
    const text = JSON.stringify({ version: 1, tool: "claimlint", reviewer, decisions: list }, null, 2) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function sortable(table) {
    const heads = all("thead th", table);
    const value = (row, column) => {
      const cell = row.children[column];
      const number = Number(cell.dataset.value ?? cell.textContent);
      return Number.isNaN(number) ? cell.textContent.trim() : number;
    };
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "descending" || (!head.hasAttribute("aria-sort") && column === 0);
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = [...body.rows].sort((a, b) => {
          const x = value(a, column), y = value(b, column);
          const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
          return down ? order : -order;
        });
        body.append(...rows);
      });
    });
  }

  all(".wording").forEach((box) => {
    const words = document.createElement("span"), button = document.createElement("button");
    words.textContent = box.textContent;
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy: " + words.textContent);
    button.addEventListener("click", () => copy(button));
    box.replaceChildren(words, button);
  });
  cards.forEach((card) => {
    card.tabIndex = -1;
    Object.assign(card.dataset, {
      n: card.id.slice(2), severity: card.classList[1],
      category: card.querySelector(".cat").textContent, rule: card.querySelector(".rule code").textContent,
    });
  });
  all(".ref, .jump li").forEach((node) => { node.dataset.f = (node.hash || node.firstElementChild.hash).slice(3); });
  all(".more").forEach((link) => link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    unfold(link);
  }));
  all("table.sortable").forEach(sortable);
  all(".left mark").forEach((mark) => mark.addEventListener("click", () => {
    const numbers = mark.dataset.f.split(" ");
    const card = byId("f-" + numbers[numbers.length - 1]);
    if (card && !card.hidden) activate(card, { page: false });
  }));
  if (form) {
    form.hidden = false;
    const measure = () => document.documentElement.style.setProperty(
      "--bar", getComputedStyle(form).position === "sticky" ? form.offsetHeight + "px" : "0px");
    addEventListener("resize", measure);
    measure();
    byId("review").hidden = false;
    byId("reviewer").value = kept("reviewer") || "";
    byId("reviewer").addEventListener("input", () => keep("reviewer", byId("reviewer").value));
    byId("export").addEventListener("click", exported);
    cards.filter((card) => card.dataset.fingerprint).forEach(offer);
    told();
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/" && form) { event.preventDefault(); form.elements.text.focus(); }
  });
  addEventListener("hashchange", follow);
  follow();
})();
