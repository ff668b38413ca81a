"use strict";
// The table of all postings: sorted, filtered and searched here; a row unpacks what it opens to when it is opened.
const data = JSON.parse(document.getElementById("data").textContent);
const STEP = 25;
const find = (id) => document.getElementById(id);

const unpack = async (letters) => {
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

const make = (tag, text, attributes = {}) => {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

const percent = (value) => {
  if (value === null) return "";
  const whole = Math.round(100 * value);
  if (whole === 100 && value < 1) return ">99%";
  return whole === 0 && value > 0 ? "<1%" : `${whole}%`;
};
const money = (value) => Math.round(value).toLocaleString("en-US");

const start = async () => {
  const table = await unpack(data.columns);
  const count = table.row.length;
  const haystack = table.title.map((title, i) => `${title} ${table.company[i]} ${table.location[i]}`.toLowerCase());
  const body = document.querySelector("#postings tbody");
  const heads = [...document.querySelectorAll("#postings [data-sort]")];
  let order = [...Array(count).keys()];
  let chosen = [];
  let shown = STEP;
  let sorted = null;

  const pay = (i) => {
    const [low, high] = [table.salary_annual_min[i], table.salary_annual_max[i]];
    if (low === null || high === null) return "";
    return `${low === high ? money(low) : `${money(low)}–${money(high)}`} ${table.salary_currency[i] ?? ""}`;
  };

  const passes = (() => {
    const value = (id) => find(id)?.value ?? "";
    return () => {
      const [type, decision, seniority] = [value("by-type"), value("by-decision"), value("by-seniority")];
      const words = value("search").toLowerCase().split(/\s+/).filter(Boolean);
      const remote = find("by-remote")?.checked;
      const once = find("by-copy").checked;
      return (i) =>
        (!type || table.type[i] === type || (type === "four" && table.type[i] !== "other")) &&
        (!decision || table.decision[i] === decision) &&
        (!seniority || table.seniority[i] === seniority) &&
        (!remote || table.remote[i] === true) &&
        (!once || !table.copy[i]) &&
        words.every((word) => haystack[i].includes(word));
    };
  })();

  const detail = async (i) => {
    const packed = data.details[Math.floor(i / data.chunk)];
    if (packed === undefined) return "<p>The evidence of this posting is in the results file, not on this page.</p>";
    return (await unpack(packed))[i % data.chunk]; // made by templates that escape every word of a posting
  };

  const toggle = async (button, row, i) => {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    if (!open) return row.nextElementSibling.remove();
    const cell = make("td", undefined, {
      colspan: [...row.children].filter((shown) => shown.offsetWidth).length,
    });
    const opened = make("tr", undefined, { class: "opened" });
    opened.append(cell);
    row.after(opened);
    cell.innerHTML = await detail(i);
  };

  const number = (cell, i, field, text) => {
    const made = make("data", text, { "data-key": `cell ${table.row[i]} ${field}`, value: table[field][i] });
    if (text) cell.append(made);
    return cell;
  };

  const rowOf = (i) => {
    const row = make("tr");
    const cells = {
      match: () => number(make("td"), i, "match", percent(table.match[i])),
      title: () => {
        const cell = make("th", undefined, { scope: "row" });
        const button = make("button", undefined, { type: "button", "aria-expanded": "false" });
        button.append(make("bdi", table.title[i] || "(no title)"));
        button.addEventListener("click", () => toggle(button, row, i));
        const where = make("span", undefined, { class: "where" });
        where.append(make("bdi", [table.company[i], table.location[i]].filter(Boolean).join(", ")));
        cell.append(button, where);
        if (table.copy[i]) cell.append(make("span", "again", { class: "again" }));
        return cell;
      },
      type: () => make("td", data.words[table.type[i]], { class: `kind ${table.type[i]}` }),
      sure: () => number(make("td"), i, "sure", percent(table.sure[i])),
      decision: () => make("td", { accept: "accepted", review: "to review" }[table.decision[i]]),
      salary_annual_max: () => number(make("td"), i, "salary_annual_max", pay(i)),
    };
    for (const head of heads) {
      const cell = cells[head.dataset.sort]();
      cell.classList.add(head.dataset.sort);
      row.append(cell);
    }
    return row;
  };

  const draw = (from = 0) => {
    if (!from) body.replaceChildren();
    body.append(...chosen.slice(from, shown).map(rowOf));
    find("more").hidden = shown >= chosen.length;
    const seen = Math.min(shown, chosen.length);
    find("shown").textContent = `${chosen.length.toLocaleString("en-US")} of ${count.toLocaleString("en-US")} postings` +
      (seen < chosen.length ? `, the first ${seen} shown` : "");
  };

  const choose = () => {
    chosen = order.filter(passes());
    shown = STEP;
    draw();
  };

  const sort = (field, down) => {
    const values = table[field];
    const compare = typeof values.find((value) => value !== null) === "string"
      ? (a, b) => a.localeCompare(b, "en")
      : (a, b) => a - b;
    order = [...Array(count).keys()].sort((i, j) => {
      const [a, b] = [values[i], values[j]];
      if (a === null || b === null) return (a === null) - (b === null) || i - j;
      return (down ? -compare(a, b) : compare(a, b)) || i - j;
    });
  };

  for (const head of heads) {
    head.addEventListener("click", () => {
      const field = head.dataset.sort;
      const down = sorted === field ? head.closest("th").getAttribute("aria-sort") !== "descending"
        : !["title", "type", "decision"].includes(field);
      sorted = field;
      for (const other of heads) other.closest("th").removeAttribute("aria-sort");
      head.closest("th").setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(field, down);
      choose();
    });
  }
  find("choose").addEventListener("input", choose);
  find("choose").addEventListener("submit", (event) => event.preventDefault());
  find("more").addEventListener("click", () => {
    shown += STEP;
    draw(shown - STEP);
  });
  choose();
  document.documentElement.dataset.ready = "yes";
};

start();
