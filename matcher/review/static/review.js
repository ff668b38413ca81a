"use strict";
// The page's script: sends what a button says, swaps in the page that comes back, and turns keys into buttons.

const said = document.getElementById("said");
const alarm = document.getElementById("alarm");
const shortcuts = document.getElementById("shortcuts");
const state = document.documentElement.dataset; // "busy" while an answer is on its way
let selected = null; // {start, end, text}: characters of the description, as the server counts them
let sentence = -1;
let poll = 0;
let fading = 0;

const SHOWN_FOR = 5000; // milliseconds that "saved" is seen; an error stays

function announce(text, isError, unseen = false) {
  said.classList.toggle("quiet", unseen);
  said.textContent = "";
  alarm.textContent = "";
  clearTimeout(fading);
  if (!isError) fading = setTimeout(() => (said.textContent = ""), SHOWN_FOR);
  if (text) (isError ? alarm : said).textContent = text[0].toUpperCase() + text.slice(1);
}

async function load(url, options = {}) {
  if (state.busy) return;
  state.busy = "yes";
  clearTimeout(poll);
  try {
    const headers = { Fragment: "1", ...(options.body ? { "Content-Type": "application/json" } : {}) };
    const answer = await fetch(url, { ...options, headers });
    const text = await answer.text();
    if ((answer.headers.get("Content-Type") || "").startsWith("text/html")) swap(text);
    else announce(text, true);
  } catch {
    announce("the server does not answer. Whatever was said to be saved is on disk: start ‘matcher review’ again and open its address", true);
  } finally {
    delete state.busy;
  }
}

function send(url, body) {
  return load(url, { method: "POST", body: JSON.stringify(body) });
}

function swap(html) {
  const old = document.getElementById("page");
  const made = document.createElement("template");
  made.innerHTML = html; // from our own templates, which escape every value
  const page = made.content.querySelector("#page");
  if (!page) return announce("the server gave no page; reload", true);
  const stays = page.dataset.url === old.dataset.url;
  const focused = document.activeElement && old.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = document.getElementById("panel")?.scrollTop || 0;
  old.replaceWith(page);
  drop();
  if (stays) {
    document.getElementById(focused)?.focus({ preventScroll: true });
    const panel = document.getElementById("panel");
    if (panel) panel.scrollTop = scrolled;
  } else {
    sentence = -1;
    if (page.dataset.url !== location.pathname) history.pushState({}, "", page.dataset.url);
    scrollTo(0, 0);
    document.getElementById("heading")?.focus({ preventScroll: true });
  }
  arrive();
}

function arrive() {
  const page = document.getElementById("page");
  document.title = `${page.dataset.title} – matcher review`;
  const news = page.dataset.error || page.dataset.said;
  const polled = "poll" in page.dataset;
  if (news || !polled) announce(news, Boolean(page.dataset.error));
  if (polled) poll = setTimeout(() => load(location.pathname), 1000);
}

// Selected words: every piece of the description knows its first character; characters outside the
// Basic Multilingual Plane are one for the server and two for the browser.

function characters(text) {
  return [...text].length;
}

function selection() {
  const chosen = getSelection();
  const description = document.getElementById("description");
  if (!description || !chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  let start = -1;
  let end = -1;
  let text = "";
  for (const piece of description.querySelectorAll("[data-start]")) {
    const node = piece.firstChild;
    if (!range.intersectsNode(node)) continue;
    const first = Number(piece.dataset.start);
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    if (from >= to) continue;
    const hidden = "hidden" in piece.dataset;
    if (start < 0) start = first + (hidden ? 0 : characters(node.data.slice(0, from)));
    end = first + (hidden ? 1 : characters(node.data.slice(0, to)));
    text += node.data.slice(from, to);
  }
  return start >= 0 && text.trim() ? { start, end, text: text.trim() } : null;
}

function show() {
  const bar = document.getElementById("selected");
  if (!bar) return;
  bar.hidden = !selected;
  bar.textContent = selected ? `Selected: “${selected.text.length > 120 ? selected.text.slice(0, 119) + "…" : selected.text}”` : "";
}

function drop() {
  selected = null;
  getSelection().removeAllRanges();
  show();
}

document.addEventListener("selectionchange", () => {
  const description = document.getElementById("description");
  const found = selection();
  const inside = description && description.contains(getSelection().anchorNode);
  if (!found && !inside) return; // a click on a skill must not lose the words
  selected = found;
  show();
});

function step(by) {
  const pieces = [...document.querySelectorAll("#description [data-sentence]")].filter((p) => p.dataset.sentence !== "-1");
  if (!pieces.length) return;
  const last = Number(pieces.at(-1).dataset.sentence);
  sentence = Math.min(last, Math.max(0, sentence + by));
  const own = pieces.filter((p) => Number(p.dataset.sentence) === sentence);
  const end = own.at(-1).firstChild;
  getSelection().setBaseAndExtent(own[0].firstChild, 0, end, end.data.length);
  own[0].scrollIntoView({ block: "center" });
  selected = selection();
  show();
  announce(selected ? `selected: ${selected.text}` : "", false, true); // the eye has the bar above the skills
}

function press(button) {
  const panel = document.getElementById("panel");
  if (button.dataset.step) return step(Number(button.dataset.step));
  if (button.dataset.post) return send(button.dataset.post, JSON.parse(button.dataset.body));
  let change = JSON.parse(button.dataset.change);
  if (button.dataset.skill && selected) {
    change = { span: { skill: button.dataset.skill, start: selected.start, end: selected.end } };
  }
  return send(panel.dataset.answer, { revision: Number(panel.dataset.revision), change });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button && !button.disabled) press(button);
});

document.addEventListener("mousedown", (event) => {
  if (selected && event.target.closest("button")) event.preventDefault(); // keeps the selection
});

const FIELDS = "input:not([type=checkbox]), select, textarea, [contenteditable]";

function nameOf(event) {
  const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
  if (digit) return (event.shiftKey ? "shift+" : "") + digit[1]; // by its place: layouts differ on shift
  const key = event.key.toLowerCase();
  return event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  if (!shortcuts.checked || event.target.closest(FIELDS)) return;
  if (event.key === "Escape") return drop();
  const name = nameOf(event);
  if (name.length !== 1 && !/^shift\+.$/.test(name)) return;
  const button = document.querySelector(`button[data-key="${CSS.escape(name)}"]`);
  if (!button || button.disabled) return;
  event.preventDefault();
  press(button);
});

shortcuts.checked = localStorage.getItem("shortcuts") !== "off";
shortcuts.addEventListener("change", () => localStorage.setItem("shortcuts", shortcuts.checked ? "on" : "off"));
addEventListener("popstate", () => load(location.pathname));
arrive();
