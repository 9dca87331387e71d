// The explorer of the API: what is chosen shows at once, and answers come without a new page.

const form = document.querySelector("[data-explorer]");

// Old links keep the call behind "#": "#/Contact/get?first_name=Alice".
const old = location.hash.match(/^#\/(\w+)\/(\w+)\??(.*)$/);
if (old) {
  location.replace(`${location.pathname}?entity=${old[1]}&action=${old[2]}&${old[3]}`);
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function put(page, selector) {
  for (const place of document.querySelectorAll(selector)) {
    const fresh = page.getElementById(place.id);
    if (!fresh) continue;
    place.replaceWith(document.adoptNode(fresh));
    fresh.dispatchEvent(new Event("crm:shown", { bubbles: true }));
  }
}

function address() {
  const query = new URLSearchParams(new FormData(form));
  return `${form.getAttribute("action")}?${query}`;
}

let asked = 0;

async function show({ whole = false } = {}) {
  const number = ++asked;
  const url = address();
  // At once: an answer that comes while the page is on its way stays.
  document.querySelector("[data-answer]").hidden = true;
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  if (number !== asked || !response.ok || response.redirected) return;
  const page = parsed(await response.text());
  history.replaceState(null, "", url);
  put(page, "[data-live]");
  const lists = form.querySelector("[data-lists]");
  const fresh = page.querySelector("[data-lists]");
  if (fresh) lists.replaceChildren(...fresh.childNodes);
  for (const row of form.querySelectorAll(".parameter")) point(row);
  if (whole) {
    const focused = document.activeElement?.id;
    const chosen = page.querySelector("[data-explorer]");
    form.replaceChildren(...document.adoptNode(chosen).childNodes);
    if (focused) document.getElementById(focused)?.focus();
  }
}

// A value whose field has options offers them.
function point(row) {
  const field = row.querySelector("[name='f[]']");
  const value = row.querySelector("[name='v[]']");
  if (!field || !value) return;
  const id = `list-${field.value}`;
  if (document.getElementById(id)) value.setAttribute("list", id);
  else value.removeAttribute("list");
}

// There is always one more row than is filled.
function spare(rows) {
  const last = rows.lastElementChild;
  if (!last.querySelector("select").value) return;
  const next = last.cloneNode(true);
  for (const field of next.querySelectorAll("select, input:not([type=hidden])")) {
    field.value = field.name === "o[]" ? "=" : field.name === "ca[]" ? "get" : "";
    field.removeAttribute("list");
  }
  rows.append(next);
}

let waiting;

function soon(event) {
  const rows = event.target.closest("[data-rows]");
  if (rows && event.target.matches("select")) spare(rows);
  clearTimeout(waiting);
  const whole = event.target.hasAttribute("data-reload");
  waiting = setTimeout(() => show({ whole }), event.type === "input" ? 300 : 0);
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("input:not([type=checkbox]), textarea")) soon(event);
});
form?.addEventListener("change", (event) => {
  if (event.target.matches("select, [type=checkbox]")) soon(event);
});
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  show();
});

document.addEventListener("submit", async (event) => {
  const run = event.target;
  if (!run.matches("[data-run]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(run, event.submitter));
  const response = await fetch(run.action, { method: "POST", body });
  if (response.redirected) return location.assign(response.url);
  const page = parsed(await response.text());
  if (!page.querySelector("[data-answer]")) return location.reload();
  put(page, "[data-answer]");
  document.querySelector("[data-answer]").scrollIntoView({ block: "nearest" });
}, true);
