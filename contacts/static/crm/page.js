// What every page gains from scripts; each page is complete without them. One file: a page of ours
// loads this and at most one more.

// A refused form: the summary of its mistakes has the focus.
document.querySelector("[data-focus]")?.focus();

// Sending twice by a double click: the second is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  // What goes into a frame may be sent as often as somebody likes.
  if (form.target || event.submitter?.hasAttribute("formtarget")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
// The back button may show the page as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// "/" goes to the search of the page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// The dot beside the box of a colour shows what is typed.
document.addEventListener("input", (event) => {
  const circle = event.target.closest(".swatch")?.querySelector("circle");
  if (circle) circle.setAttribute("fill", CSS.supports("color", event.target.value) ? event.target.value : "none");
});

// A button beside each code that copies it; code that is shown later gets one as well.
function offerCopies(root) {
  for (const box of root.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.type = "button";
    button.className = box.matches("pre") ? "small" : "quiet small";
    const about = document.createElement("span");
    about.className = "hidden";
    about.textContent = ` ${box.matches("a") ? box.textContent.trim() : ""}`;
    button.append(box.dataset.copy, about);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.dataset.stored ?? box.textContent.trim());
      button.firstChild.data = box.dataset.copied;
      setTimeout(() => { button.firstChild.data = box.dataset.copy; }, 2000);
    });
    box.after(button);
  }
}

offerCopies(document);
document.addEventListener("crm:shown", (event) => offerCopies(event.target));

// Names are offered while somebody types into a box for contacts, users, projects or groups.
let offered = 0;

function offerNames(root) {
  for (const box of root.querySelectorAll("[data-contacts]")) {
    const address = box.closest("[data-suggestions]")?.dataset.suggestions;
    if (!address) continue;
    const list = document.createElement("datalist");
    list.id = `offered-${offered += 1}`;
    box.setAttribute("list", list.id);
    box.after(list);
    let asked;
    box.addEventListener("input", () => {
      clearTimeout(asked);
      asked = setTimeout(() => suggest(address, box, list), 200);
    });
  }
}

offerNames(document);
document.addEventListener("crm:shown", (event) => offerNames(event.target));

async function suggest(address, box, list) {
  const parts = box.dataset.contacts === "several" ? box.value.split(";") : [box.value];
  const typed = parts.pop().trim();
  if (typed.length < 2 || /#\d+$/.test(typed)) return;
  const question = new URLSearchParams({ q: typed, of: box.dataset.of ?? "" });
  const answer = await fetch(`${address}?${question}`);
  if (!answer.ok) return;
  const before = parts.length ? `${parts.map((part) => part.trim()).join("; ")}; ` : "";
  const { suggestions } = await answer.json();
  list.replaceChildren(...suggestions.map((name) => new Option("", before + name)));
}

// Ctrl+K opens the quick search over any page; its results come from the page of the same name.
const opener = document.querySelector("[data-palette]");
let dialog, box, results, waiting;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "palette";
  dialog.setAttribute("aria-label", opener.dataset.palette);
  box = document.createElement("input");
  box.type = "search";
  box.autocomplete = "off";
  box.placeholder = opener.dataset.hint;
  box.setAttribute("aria-label", opener.dataset.palette);
  results = document.createElement("div");
  results.setAttribute("role", "status");
  dialog.append(box, results);
  document.body.append(dialog);
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  dialog.addEventListener("keydown", move);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}

async function ask() {
  const typed = box.value;
  const answer = await fetch(`${opener.href}?${new URLSearchParams({ q: typed })}`);
  if (!answer.ok || typed !== box.value) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  results.replaceChildren(document.importNode(page.querySelector("[data-hits]"), true));
}

// The arrows walk through the results; Enter in the box takes the first.
function move(event) {
  const links = [...results.querySelectorAll("a")];
  const here = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") (links[here + 1] ?? links[0])?.focus();
  else if (event.key === "ArrowUp") (links[here - 1] ?? box).focus();
  else if (event.key === "Enter" && document.activeElement === box) links[0]?.click();
  else return;
  event.preventDefault();
}

function open() {
  if (!dialog) build();
  if (dialog.open) return;
  dialog.showModal();
  box.value = "";
  box.focus();
  ask();
}

if (opener) {
  opener.addEventListener("click", (event) => { event.preventDefault(); open(); });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open();
  });
}
