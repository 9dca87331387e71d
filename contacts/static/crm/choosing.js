// Names are offered while somebody types into a box for contacts, users, projects or groups.
let number = 0;

function attach(root) {
  for (const box of root.querySelectorAll("[data-contacts]")) {
    const address = box.closest("[data-suggestions]")?.dataset.suggestions;
    if (!address) continue;
    const list = document.createElement("datalist");
    list.id = `offered-${number += 1}`;
    box.setAttribute("list", list.id);
    box.after(list);
    let asked;
    box.addEventListener("input", () => {
      clearTimeout(asked);
      asked = setTimeout(() => offer(address, box, list), 200);
    });
  }
}

attach(document);
document.addEventListener("crm:shown", (event) => attach(event.target));

async function offer(address, box, list) {
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
