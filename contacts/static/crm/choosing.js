// Names of contacts are offered while somebody types into a box for contacts.
const address = document.querySelector("[data-suggestions]")?.dataset.suggestions;
let number = 0;

for (const box of document.querySelectorAll("[data-contacts]")) {
  if (!address) break;
  const list = document.createElement("datalist");
  list.id = `offered-${number += 1}`;
  box.setAttribute("list", list.id);
  box.after(list);
  let asked;
  box.addEventListener("input", () => {
    clearTimeout(asked);
    asked = setTimeout(() => offer(box, list), 200);
  });
}

async function offer(box, list) {
  const parts = box.dataset.contacts === "several" ? box.value.split(";") : [box.value];
  const typed = parts.pop().trim();
  if (typed.length < 2 || /#\d+$/.test(typed)) return;
  const answer = await fetch(`${address}?${new URLSearchParams({ q: typed })}`);
  if (!answer.ok) return;
  const before = parts.length ? `${parts.map((part) => part.trim()).join("; ")}; ` : "";
  const { suggestions } = await answer.json();
  list.replaceChildren(...suggestions.map((name) => new Option("", before + name)));
}
