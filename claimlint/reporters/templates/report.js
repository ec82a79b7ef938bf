"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cards = all(".card");
  const form = document.getElementById("filters");
  const visible = () => cards.filter((card) => !card.hidden);
  let current = null;

  function activate(card, options) {
    all(".active").forEach((node) => node.classList.remove("active"));
    current = card;
    if (!card) return;
    const number = card.dataset.n;
    card.classList.add("active");
    all("mark, .ref").forEach((node) => {
      if (node.dataset.f.split(" ").includes(number)) node.classList.add("active");
    });
    if (options.focus) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    const mark = document.getElementById("m-" + number);
    if (options.page && mark) mark.scrollIntoView({ block: "center" });
  }

  function follow() {
    const match = /^#[fm]-(\d+)$/.exec(location.hash);
    const card = match && document.getElementById("f-" + match[1]);
    if (card) activate(card, { page: true });
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
    const category = form.category.value;
    const rule = form.rule.value;
    const words = form.text.value.trim().toLowerCase();
    const on = new Set();
    cards.forEach((card) => {
      const data = card.dataset;
      const keep = severities.includes(data.severity) && (!category || data.category === category) &&
        (!rule || data.rule === rule) && (!words || card.textContent.toLowerCase().includes(words));
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
    document.getElementById("shown").textContent = on.size + " of " + cards.length + " shown";
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

  async function copy(button) {
    const text = button.parentElement.querySelector(".copyable").textContent;
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

  all(".copy").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  });
  all(".page mark").forEach((mark) => mark.addEventListener("click", () => {
    const numbers = mark.dataset.f.split(" ");
    const card = cards.find((item) => item.dataset.n === numbers[numbers.length - 1]);
    if (card && !card.hidden) activate(card, { page: false });
  }));
  if (form) {
    form.hidden = false;
    const measure = () => document.documentElement.style.setProperty(
      "--bar", getComputedStyle(form).position === "sticky" ? form.offsetHeight + "px" : "0px");
    addEventListener("resize", measure);
    measure();
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
    else if (event.key === "/" && form) { event.preventDefault(); form.text.focus(); }
  });
  addEventListener("hashchange", follow);
  follow();
})();
