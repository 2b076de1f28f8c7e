"use strict";
// The page is whole without this: j/k go to the next and last stop, o opens it, c copies it as a
// citation, / searches, lists are sorted and filtered, and what belongs to one claim lights up.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const make = (name, properties) => Object.assign(document.createElement(name), properties);
  const isShown = (element) => !element.parentElement.closest("[hidden], details:not([open])") && !element.hidden;
  let current = null;

  // --- stops ---
  function stand(element) {
    current?.classList.remove("current");
    current = element;
    current.classList.add("current");
    (current.matches("details") ? current.firstElementChild : current).focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
  }

  function step(by) {
    const stops = all("[data-stop]").filter(isShown);
    if (!stops.length) return;
    const at = stops.indexOf(current);
    stand(stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length]);
  }

  function open() {
    if (!current) return;
    if (current.matches("details")) current.open = !current.open;
    else current.querySelector(".links a, .collation th a")?.click();
  }

  // --- citations ---
  function say(words) {
    const note = make("p", { className: "said-so", textContent: words });
    note.setAttribute("role", "status");
    document.body.append(note);
    setTimeout(() => note.remove(), 1500);
  }

  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const box = make("textarea", { value: words });
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
    }
    say("Copied");
  }

  // Code points before the place, from the beginning of the paragraph: the browser counts UTF-16.
  function points(paragraph, node, offset) {
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, offset);
    return Array.from(before.toString()).length;
  }

  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return "";
    const range = selection.getRangeAt(0);
    const held = [range.startContainer, range.endContainer].map(
      (node) => (node.closest ? node : node.parentElement).closest(".text"));
    if (!held[0] || !held[1]) return "";
    const start = Number(held[0].dataset.start) + points(held[0], range.startContainer, range.startOffset);
    const end = Number(held[1].dataset.start) + points(held[1], range.endContainer, range.endOffset);
    const source = held[0].closest(".account").dataset.source;
    return `${selection.toString().trim()}\n— ${source}, characters ${start}–${end}`;
  }

  function cite() {
    const claim = current?.querySelector(".cite a")?.hash.slice(1);
    const held = (claim ? document.getElementById(claim) : current)?.querySelector("pre");
    const words = selected() || held?.textContent;
    if (words) copy(words);
  }

  document.addEventListener("toggle", (e) => {
    const details = e.target;
    if (!details.open || details.querySelector(":scope > .copy")) return;
    const blocks = all(":scope > pre", details);
    if (!blocks.length) return;
    const button = make("button", { type: "button", className: "copy", textContent: "Copy" });
    button.addEventListener("click", () => copy(blocks.map((block) => block.textContent).join("\n")));
    details.append(button);
  }, true);

  // --- what belongs to one claim ---
  let lighted = [];
  let claims = null;
  function light(element) {
    for (const lit of lighted) lit.classList.remove("lit");
    lighted = [];
    if (!element) return;
    if (!claims) {
      claims = new Map();
      for (const each of all("[data-claim]:not(article, tr, li)")) {
        for (const claim of each.dataset.claim.split(" ")) {
          if (!claims.has(claim)) claims.set(claim, []);
          claims.get(claim).push(each);
        }
      }
    }
    lighted = element.dataset.claim.split(" ").flatMap((claim) => claims.get(claim) ?? []);
    for (const lit of lighted) lit.classList.add("lit");
  }
  for (const event of ["mouseover", "focusin"]) {
    document.addEventListener(event, (e) => light(e.target.closest?.("[data-claim]")));
  }

  // --- orders, filters, search: what one of them hides stays hidden ---
  const hidden = new Map();
  function hide(element, by, is) {
    const reasons = hidden.get(element) ?? new Set();
    if (is) reasons.add(by); else reasons.delete(by);
    hidden.set(element, reasons);
    element.hidden = reasons.size > 0;
  }

  function unfold(section) {
    for (const folded of all("details.unsure, details.beside, details.within", section)) folded.open = true;
  }

  function sort(body, order) {
    const key = (row) => {
      if (order === "number" || order === "coverage") return Number(row.dataset[order]);
      const cell = row.querySelector(`[data-place^="${order} "]`);
      return cell ? Number(cell.dataset.place.split(" ")[1]) : Infinity;
    };
    const rows = Array.from(body.rows, (row) => [key(row), Number(row.dataset.number), row]);
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    body.append(...rows.map((row) => row[2]));
  }

  for (const form of all("form.tools")) {
    const section = form.closest("section");
    form.hidden = false;
    const rows = all("[data-facet]", section);
    form.addEventListener("submit", (e) => e.preventDefault());
    form.addEventListener("input", (e) => {
      if (e.target.name === "order") return all("tbody", section).forEach((body) => sort(body, e.target.value));
      const wanted = ["facet", "by", "in"].map((name) => [name, form.elements[name].value]);
      let left = 0;
      for (const row of rows) {
        const fits = wanted.every(([name, value]) => !value || row.dataset[name].split(" ").includes(value));
        hide(row, "filter", !fits);
        left += fits;
      }
      if (wanted.some(([, value]) => value)) unfold(section);
      form.querySelector("output").textContent = left < rows.length ? `${left} of ${rows.length}` : "";
    });
  }

  const find = make("label", { className: "find" });
  const count = make("span", { className: "n" });
  count.setAttribute("aria-live", "polite");
  const box = make("input", { type: "search", placeholder: "Search ( / )" });
  box.setAttribute("aria-label", "Search the page");
  find.append(count, box);
  document.querySelector(".top")?.append(find);

  const words = new WeakMap();
  function text(element) {
    if (!words.has(element)) {
      const cited = all("pre", element).map((block) => block.textContent);
      const bare = cited.reduce((held, each) => held.replace(each, ""), element.textContent);
      words.set(element, bare.toLocaleLowerCase());
    }
    return words.get(element);
  }

  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const sought = box.value.trim().toLocaleLowerCase();
      let held = 0;
      if (sought) unfold(document);
      for (const element of all("[data-search]")) {
        const has = !sought || text(element).includes(sought);
        hide(element, "search", !has);
        held += has;
      }
      count.textContent = sought ? `${held} found` : "";
    }, 120);
  });

  // --- keys ---
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target === box && e.key === "Escape") {
      box.value = "";
      box.dispatchEvent(new Event("input"));
      box.blur();
    }
    if (e.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
    const act = { j: () => step(1), k: () => step(-1), o: open, c: cite, "/": () => box.focus() }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
})();
