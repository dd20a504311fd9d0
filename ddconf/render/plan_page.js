"use strict";
// The controls of a plan's page: which changes are shown, and whether they are open.
const changes = [...document.querySelectorAll(".change")];
const filter = document.querySelector("#filter");
const fold = document.querySelector("#fold");

filter.addEventListener("input", () => {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const change of changes) {
    const text = change.textContent.toLowerCase();
    change.hidden = !words.every((word) => text.includes(word));
  }
  for (const system of document.querySelectorAll(".system")) {
    system.hidden = !system.querySelector(".change:not([hidden])");
  }
});

fold.addEventListener("click", () => {
  const opens = !changes.some((change) => change.open);
  for (const change of changes) change.open = opens;
});

document.querySelector(".controls").hidden = false;
