// The board of a dashboard, asked for again and again; charts with tooltips, zoom and a legend that toggles.
"use strict";
const find = id => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const hidden = new Map(); // names of series that are switched off, by chart
const EVERY = 5000;
let charts = [], busy = false, due;

const ink = name => getComputedStyle(document.body).getPropertyValue(name);
const faded = color => color + "bf";
const two = number => String(number).padStart(2, "0");
const clock = (seconds, span) => {
  const at = new Date(seconds * 1000), time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
  return span > 2 * 86400 ? `${at.getUTCMonth() + 1}/${at.getUTCDate()}` : span < 900 ? `${time}:${two(at.getUTCSeconds())}` : time;
};
const figure = (value, chart) => value == null ? "–" :
  (value / chart.divisor).toLocaleString("en", {maximumFractionDigits: 2}) + (chart.unit ? " " + chart.unit : "");

function element(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

// Stacked series stand on the sum of those before them that are shown.
function stacked(chart, off) {
  const floor = chart.times.map(() => 0);
  return chart.series.map(one => one.mark === "line" || off.has(one.name) ? one.values : one.values.map((value, at) => {
    if (value == null) return null;
    floor[at] += value;
    return floor[at];
  }));
}

function options(chart, box, off, key) {
  const span = chart.times.at(-1) + chart.step - chart.times[0];
  const paths = {bars: uPlot.paths.bars({size: [0.9, 60], align: 1}), area: undefined, line: undefined};
  const grid = {stroke: ink("--line"), width: 1}, axis = {stroke: ink("--quiet"), grid, ticks: {show: false}, font: "11px system-ui"};
  // The last of a stack is drawn first, so that those below stay visible.
  const series = chart.series.map(one => ({
    label: one.name, stroke: one.color, width: one.mark === "bars" ? 0 : 1.6, show: !off.has(one.name),
    fill: one.mark === "line" ? undefined : faded(one.color), paths: paths[one.mark], points: {show: one.mark === "line" && chart.times.length < 80, size: 4},
  })).reverse();
  return {
    width: box.clientWidth, height: Math.max(60, box.clientHeight), legend: {show: false}, padding: [8, 14, 0, 0], series: [{}, ...series],
    cursor: {sync: {key: "board"}, drag: {x: true, y: false, setScale: false}, points: {size: 6}},
    scales: {x: {time: true, range: () => [chart.times[0], chart.times.at(-1) + chart.step]}, y: {range: (_, low, high) => [Math.min(0, low ?? 0), Math.max(high ?? 1, ...chart.markers) * 1.05 || 1]}},
    axes: [{...axis, size: 24, values: (_, ticks) => ticks.map(tick => clock(tick, span)), space: 70}, {...axis, size: 52, space: 26,
      values: (_, ticks) => ticks.map(tick => figure(tick, {...chart, unit: ""})), label: chart.unit || undefined, labelSize: chart.unit ? 16 : 0, labelFont: "11px system-ui"}],
    hooks: {
      setCursor: [plot => tip(plot, chart, hidden.get(key) || new Set())],
      setSelect: [plot => { if (plot.select.width > 4) zoom(plot.posToVal(plot.select.left, "x"), plot.posToVal(plot.select.left + plot.select.width, "x")); }],
      draw: [plot => chart.markers.forEach(value => {
        const y = plot.valToPos(value, "y", true), {ctx, bbox} = plot;
        ctx.save(); ctx.strokeStyle = ink("--red"); ctx.setLineDash([6, 4]); ctx.beginPath();
        ctx.moveTo(bbox.left, y); ctx.lineTo(bbox.left + bbox.width, y); ctx.stroke(); ctx.restore();
      })],
    },
  };
}

function tip(plot, chart, off) {
  const box = find("tip"), at = plot.cursor.idx;
  if (!plot.over.matches(":hover")) return;
  if (at == null) { box.hidden = true; return; }
  const shown = chart.series.filter(one => !off.has(one.name) && one.values[at] != null).sort((a, b) => b.values[at] - a.values[at]);
  const moment = new Date(chart.times[at] * 1000).toISOString().slice(0, 19).replace("T", " ");
  box.replaceChildren(element("b", `${moment} UTC`), ...shown.slice(0, 12).map(one => {
    const row = element("div"), mark = element("i");
    mark.style.background = one.color;
    row.append(mark, element("span", one.name), element("em", figure(one.values[at], chart)));
    return row;
  }), ...(shown.length ? [] : [element("div", "No value here")]), ...(shown.length > 12 ? [element("div", `and ${shown.length - 12} more`)] : []));
  box.hidden = false;
  const place = plot.over.getBoundingClientRect(), x = place.left + plot.cursor.left + 14, y = place.top + plot.cursor.top + 14;
  box.style.left = `${Math.max(4, Math.min(x, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(4, Math.min(y, innerHeight - box.offsetHeight - 8))}px`;
}

function draw(box) {
  const chart = JSON.parse(box.dataset.series), widget = box.closest(".widget");
  const key = `${widget.getAttribute("aria-label")} ${widget.getAttribute("style")}`, off = hidden.get(key) || new Set();
  hidden.set(key, off);
  const data = () => [chart.times, ...stacked(chart, off).reverse()];
  const plot = new uPlot(options(chart, box, off, key), data(), box);
  plot.over.addEventListener("mouseleave", () => { find("tip").hidden = true; });
  widget.querySelectorAll(".legend tbody tr").forEach((row, place) => {
    const one = chart.series[place];
    const paint = () => { row.classList.toggle("off", off.has(one.name)); row.setAttribute("aria-pressed", String(!off.has(one.name))); };
    const toggle = () => {
      off.has(one.name) ? off.delete(one.name) : off.add(one.name);
      plot.setSeries(chart.series.length - place, {show: !off.has(one.name)});
      plot.setData(data());
      paint();
    };
    row.tabIndex = 0;
    row.setAttribute("role", "button");
    row.addEventListener("click", toggle);
    row.addEventListener("keydown", event => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); } });
    paint();
  });
  charts.push({plot, box});
}

function zoom(from, to) {
  asked.set("from", String(Math.floor(from * 1000)));
  asked.set("to", String(Math.ceil(to * 1000)));
  again();
}

function again() {
  history.replaceState(null, "", `?${asked}`);
  clearTimeout(due);
  refresh();
}

function controls(variables) {
  const form = find("controls");
  for (const {name, options, values} of variables) {
    let select = form.elements.namedItem(`tpl_var_${name}`);
    if (!select) {
      const label = element("label");
      select = element("select");
      select.name = `tpl_var_${name}`;
      label.append(element("span", `$${name}`), select);
      form.append(label);
    }
    if (select === document.activeElement) continue;
    select.replaceChildren(...options.map(option => {
      const made = element("option", option);
      made.value = option;
      made.selected = values.includes(option);
      return made;
    }));
  }
  find("live").hidden = !asked.has("from");
}

function place(html) {
  const scrolled = [...document.querySelectorAll(".inside, .legend")].map(one => [one.scrollTop, one.scrollLeft]);
  const focused = [...document.querySelectorAll("#board [tabindex]")].indexOf(document.activeElement);
  charts.forEach(({plot}) => plot.destroy());
  charts = [];
  find("board").innerHTML = html;
  document.querySelectorAll("#board .plot").forEach(draw);
  document.querySelectorAll(".inside, .legend").forEach((one, at) => { if (scrolled[at]) [one.scrollTop, one.scrollLeft] = scrolled[at]; });
  if (focused >= 0) document.querySelectorAll("#board [tabindex]")[focused]?.focus({preventScroll: true});
}

async function refresh() {
  if (busy) return;
  busy = true;
  const began = performance.now();
  const question = asked.toString();
  try {
    const response = await fetch(`/_sandbox${location.pathname}?${question}`);
    const said = await response.json();
    if (!response.ok) throw new Error((said.errors || [response.status]).join("; "));
    if (find("board").dataset.shown !== said.board) place(said.board);
    find("board").dataset.shown = said.board;
    controls(said.variables);
    const [from, to] = [said.from, said.to].map(text => text.slice(0, 19).replace("T", " "));
    find("span").textContent = said.logs ? `${said.logs.toLocaleString("en")} logs, ${from} to ${to} UTC` : `No logs arrived from ${from} to ${to} UTC`;
    document.body.dataset.refreshed = String(Number(document.body.dataset.refreshed || 0) + 1);
  } catch (error) {
    find("span").textContent = `No answer: ${error.message}`;
  }
  busy = false;
  if (question !== asked.toString()) refresh();
  else wait(Math.max(EVERY, 4 * (performance.now() - began))); // a board that takes long is asked for less often
}

function wait(pause) { due = setTimeout(() => (document.hidden || asked.has("from") ? wait(EVERY) : refresh()), pause); }

find("controls").addEventListener("change", event => {
  asked.set(event.target.name, event.target.value);
  if (event.target.name === "range") { asked.delete("from"); asked.delete("to"); }
  again();
});
find("controls").addEventListener("submit", event => event.preventDefault());
find("live").addEventListener("click", () => { asked.delete("from"); asked.delete("to"); again(); });
addEventListener("resize", () => charts.forEach(({plot, box}) => plot.setSize({width: box.clientWidth, height: Math.max(60, box.clientHeight)})));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (find("board").dataset.shown) place(find("board").dataset.shown); });
find("controls").elements.range.value = asked.get("range") || "1h";
refresh();
