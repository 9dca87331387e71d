// Ctrl+K opens the quick search over any page; its results come from the page of the same name.
const opener = document.querySelector("[data-palette]");
let dialog, box, results, asked;

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
  box.addEventListener("input", () => { clearTimeout(asked); asked = setTimeout(ask, 120); });
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
