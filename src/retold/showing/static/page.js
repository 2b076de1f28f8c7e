"use strict";
// The page is whole without this: j/k go to the next and last stop, o opens it, / searches, and
// what belongs to one claim lights up together.
(() => {
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const seen = (element) => element.offsetParent !== null;
  let current = null;

  function stand(element) {
    current?.classList.remove("current");
    current = element;
    current.classList.add("current");
    (current.matches("details") ? current.firstElementChild : current).focus({ preventScroll: true });
    current.scrollIntoView({ block: "center" });
  }

  function step(by) {
    const stops = all("[data-stop]").filter(seen);
    if (!stops.length) return;
    const at = stops.indexOf(current);
    stand(stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length]);
  }

  function open() {
    if (!current) return;
    if (current.matches("details")) current.open = !current.open;
    else current.querySelector(".links a, .by a")?.click();
  }

  function light(claims, on) {
    for (const claim of claims.split(" ")) {
      for (const element of all(`[data-claim~="${CSS.escape(claim)}"]`)) {
        if (!element.matches("article, tr, li")) element.classList.toggle("lit", on);
      }
    }
  }

  for (const [event, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(event, (e) => {
      const element = e.target.closest?.("[data-claim]");
      if (element) light(element.dataset.claim, on);
    });
  }

  const find = document.createElement("label");
  find.className = "find";
  const count = document.createElement("span");
  count.className = "n";
  count.setAttribute("aria-live", "polite");
  const box = document.createElement("input");
  box.type = "search";
  box.placeholder = "Search ( / )";
  box.setAttribute("aria-label", "Search the page");
  find.append(count, box);
  document.querySelector(".top")?.append(find);

  let waiting = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const words = box.value.trim().toLocaleLowerCase();
      let held = 0;
      for (const element of all("[data-search]")) {
        const has = !words || element.textContent.toLocaleLowerCase().includes(words);
        element.hidden = !has;
        held += has;
      }
      count.textContent = words ? `${held} found` : "";
    }, 120);
  });

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.target === box) {
      if (e.key === "Escape") { box.value = ""; box.dispatchEvent(new Event("input")); box.blur(); }
      return;
    }
    const act = { j: () => step(1), k: () => step(-1), o: open, "/": () => box.focus() }[e.key];
    if (act) { e.preventDefault(); act(); }
  });
})();
