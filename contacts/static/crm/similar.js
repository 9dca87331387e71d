// While a contact is written down, those that are like it are shown; nothing is blocked.
const form = document.querySelector("[data-similar]");
const place = document.querySelector("[data-similar-place]");
const NAMES = ["first_name", "middle_name", "last_name", "organization_name", "household_name"];
let asked;

form?.addEventListener("input", (event) => {
  const { name } = event.target;
  if (!NAMES.includes(name) && !/^(emails-\d+-address|phones-\d+-number)$/.test(name)) return;
  clearTimeout(asked);
  asked = setTimeout(ask, 400);
});

async function ask() {
  const value = (name) => form.elements[name]?.value.trim() ?? "";
  const question = new URLSearchParams({ id: form.dataset.contact });
  question.set("name", NAMES.map(value).filter(Boolean).join(" "));
  for (const box of form.querySelectorAll("input")) {
    if (!box.value.trim()) continue;
    if (/^emails-\d+-address$/.test(box.name)) question.append("email", box.value);
    if (/^phones-\d+-number$/.test(box.name)) question.append("phone", box.value);
  }
  const answer = await fetch(`${form.dataset.similar}?${question}`);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const shown = [...page.body.children].map((each) => document.importNode(each, true));
  if (place.textContent !== page.body.textContent) place.replaceChildren(...shown);
}
