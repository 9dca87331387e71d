// One field is changed where it stands; without scripts its link leads to a page with the same form.

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-inline]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetch(link.href);
  const form = formIn(await read(answer));
  const place = link.closest("[data-place]");
  if (!form || !place) location.assign(link.href);
  else open(form, place, link);
});

async function read(answer) {
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function formIn(page) {
  const form = page.querySelector("form[data-one]");
  return form && document.importNode(form, true);
}

function open(form, place, link) {
  const kept = [...place.childNodes];
  place.replaceChildren();
  const close = () => { place.replaceChildren(...kept); link.focus(); };
  show(form, place, close, link.dataset.inline);
}

function show(form, place, close, key) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  form.querySelector("[data-leave]").addEventListener("click", (event) => {
    event.preventDefault();
    close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    const body = new FormData(form, event.submitter);
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    const page = answer && await read(answer);
    const again = page && formIn(page);
    if (again) show(again, place, close, key);
    // Stored, or something else that the page itself has to say, such as that the session ended.
    else if (answer?.redirected) renew(page, key);
    else form.submit();
  });
  place.replaceChildren(form);
  form.dispatchEvent(new CustomEvent("crm:shown", { bubbles: true }));
  (form.querySelector("[data-focus]") ?? form.querySelector(FIRST))?.focus();
}

const FIRST = "input:not([type=hidden]):not([tabindex='-1']), select, textarea";

function renew(page, key) {
  const main = document.querySelector("main");
  const messages = page.querySelector("main > .messages");
  const told = messages && document.importNode(messages, true);
  messages?.replaceChildren();
  main.replaceChildren(...[...page.querySelector("main").childNodes].map((node) => document.importNode(node, true)));
  document.title = page.title;
  main.dispatchEvent(new CustomEvent("crm:shown", { bubbles: true }));
  (main.querySelector(`[data-inline="${key}"]`) ?? main).focus();
  // A live region is read out when words come into it, not when it comes with them.
  if (told) requestAnimationFrame(() => main.querySelector(".messages").append(...told.childNodes));
}
