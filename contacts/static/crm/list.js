// The list of contacts: search while typing, tick a whole page, count what is ticked, move by keyboard.

const boxes = () => [...document.querySelectorAll("[data-list] input[name=id]")];

function refresh() {
  const all = boxes();
  const ticked = all.filter((box) => box.checked).length;
  const count = document.querySelector("[data-count]");
  if (count) {
    count.dataset.count ||= count.textContent;
    count.textContent = ticked ? `${count.dataset.count} ${ticked}` : count.dataset.count;
  }
  const whole = document.querySelector("[data-pick-all]");
  if (!whole || !all.length) return;
  const box = whole.querySelector("input");
  whole.hidden = false;
  box.checked = ticked === all.length;
  box.indeterminate = ticked > 0 && ticked < all.length;
}

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-pick-all]")) for (const box of boxes()) box.checked = event.target.checked;
  if (event.target.closest("[data-list]")) refresh();
});

// Enter in a field of the row of actions means the button beside it, not the first of the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".bulk input, .bulk select")) return;
  const button = event.target.closest(".row")?.querySelector("button");
  if (!button) return;
  event.preventDefault();
  button.click();
});

// "?" tells of the keys, which only scripts know of.
function prepare() {
  const help = document.querySelector("[data-keys-open]");
  if (help) help.hidden = false;
  refresh();
}
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys-open]")) document.querySelector("[data-keys]").showModal();
});
prepare();

// j and k walk through the rows, x ticks, e changes, Enter opens.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
  if (event.key === "?") document.querySelector("[data-keys]")?.showModal();
  const links = [...document.querySelectorAll("[data-list] .lead a")];
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  if (event.key === "j") links[Math.min(here + 1, links.length - 1)]?.focus();
  else if (event.key === "k") links[Math.max(here - 1, 0)]?.focus();
  else if (event.key === "x" && here >= 0) links[here].closest("tr").querySelector("input[name=id]")?.click();
  else if (event.key === "e" && here >= 0) location.assign(`${links[here].href}change/`);
});

// What is typed into the search is looked for at once; the address follows, so that it can be kept.
const search = document.querySelector(".finder form[role=search]");
let waiting, asked;

async function look() {
  const filled = [...new FormData(search)].filter(([, value]) => value);
  const address = `${search.getAttribute("action")}?${new URLSearchParams(filled)}`;
  asked = address;
  const answer = await fetch(address);
  const text = await answer.text();
  if (!answer.ok || asked !== address) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(old.id);
    if (fresh) old.replaceWith(document.importNode(fresh, true));
  }
  history.replaceState(null, "", address);
  prepare();
  const total = document.querySelector("#found [data-total], #found .empty p");
  document.querySelector("[data-told]").textContent = total?.textContent ?? "";
}

search?.addEventListener("input", (event) => {
  if (event.target.type !== "search") return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 200);
});
