// Runs the pipeline again at every key. All markup comes from the server, which escapes it.
"use strict";

const editor = document.querySelector(".editor");
const fields = [...editor.querySelectorAll("textarea")];
const samples = fields.filter((field) => field.dataset.form === "sample");
const rules = fields.filter((field) => field.dataset.form !== "sample");
const results = [...editor.querySelectorAll("details:has(> .result)")];
let running = false;
let waiting = false;

function question() {
  const edits = rules
    .filter((field) => field.value !== field.defaultValue)
    .map((field) => ({ path: JSON.parse(field.dataset.path), form: field.dataset.form, text: field.value }));
  return { samples: samples.map((field) => field.value), edits };
}

function show(answer) {
  editor.querySelector(".problems").innerHTML = answer.problems;
  editor.classList.toggle("broken", answer.problems !== "");
  answer.samples.forEach((sample, index) => {
    samples[index].parentElement.querySelector(".badge").innerHTML = sample.badge;
    results[index].querySelector(".badge").innerHTML = sample.badge;
    results[index].querySelector(".result").innerHTML = sample.result;
  });
}

async function run() {
  if (running) {
    waiting = true;
    return;
  }
  running = true;
  const started = performance.now();
  try {
    const answer = await fetch(editor.dataset.address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(question()),
    });
    show(await answer.json());
    editor.dataset.took = Math.round(performance.now() - started);
  } finally {
    running = false;
    if (waiting) {
      waiting = false;
      run();
    }
  }
}

editor.addEventListener("input", run);
samples.forEach((field, index) =>
  field.addEventListener("focus", () => results.forEach((result, other) => (result.open = other === index))),
);
