"use strict";
// The page of a job follows by itself; without this it is loaded again every two seconds.
(() => {
  const job = document.querySelector("[data-job]");
  const doing = document.getElementById("doing");
  const bar = document.getElementById("progress");
  if (!job || !bar) return;

  async function look() {
    const answer = await fetch(`/jobs/${job.dataset.job}.json`);
    if (!answer.ok) return location.reload();
    const told = await answer.json();
    if (told.state === "done" || told.state === "failed") return location.reload();
    if (told.state === "running") {
      doing.textContent = told.of ? `${told.doing} ${told.done} of ${told.of}` : told.doing;
      if (told.of) { bar.max = told.of; bar.value = told.done; } else { bar.removeAttribute("value"); }
    }
    setTimeout(look, 700);
  }
  setTimeout(look, 400);
})();
