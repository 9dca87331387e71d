// The list of contacts: tick a whole page, count what is ticked, move by keyboard.

const list = document.querySelector("[data-list]");
const boxes = list ? [...list.querySelectorAll("input[name=id]")] : [];
const all = list?.querySelector("[data-pick-all]");
const count = list?.querySelector("[data-count]");
const sentence = count?.textContent;

function refresh() {
  const ticked = boxes.filter((box) => box.checked).length;
  if (count) count.textContent = ticked ? `${sentence} ${ticked}` : sentence;
  if (!all) return;
  const box = all.querySelector("input");
  box.checked = ticked === boxes.length;
  box.indeterminate = ticked > 0 && ticked < boxes.length;
}

if (all && boxes.length) {
  all.hidden = false;
  all.addEventListener("change", (event) => {
    for (const box of boxes) box.checked = event.target.checked;
    refresh();
  });
  list.addEventListener("change", refresh);
  refresh();
}

// Enter in a field of the row of actions means the button beside it, not the first of the form.
list?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".bulk input, .bulk select")) return;
  const button = event.target.closest(".row")?.querySelector("button");
  if (!button) return;
  event.preventDefault();
  button.click();
});

// "?" tells of the keys, which only scripts know of.
const keys = document.querySelector("[data-keys]");
const help = document.querySelector("[data-keys-open]");
if (help && keys) {
  help.hidden = false;
  help.addEventListener("click", () => keys.showModal());
}

// j and k walk through the rows, x ticks, e changes, Enter opens.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
  if (event.key === "?") keys?.showModal();
  const links = list ? [...list.querySelectorAll(".lead a")] : [];
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  if (event.key === "j") links[Math.min(here + 1, links.length - 1)]?.focus();
  else if (event.key === "k") links[Math.max(here - 1, 0)]?.focus();
  else if (event.key === "x" && here >= 0) links[here].closest("tr").querySelector("input[name=id]")?.click();
  else if (event.key === "e" && here >= 0) location.assign(`${links[here].href}change/`);
});
