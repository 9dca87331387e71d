// What the page can do without, made quicker: checks on leaving a field, no sending twice.

const form = document.querySelector("form");
const EMAIL = /^[^@\s,;<>]+@[^@\s,;<>]+$/;

// Within another site's page `autofocus` is passed over.
if (top !== self) document.querySelector(".summary")?.focus();

// A page that frames the form learns how tall it is; the number says nothing about the visitor.
if (top !== self && "ResizeObserver" in window) {
  const tell = () => parent.postMessage({ rosettaFormHeight: document.documentElement.offsetHeight }, "*");
  new ResizeObserver(tell).observe(document.documentElement);
}

// A message moves what is below it, and a button that moves while it is pressed is not clicked.
let isPressed = false;
addEventListener("pointerdown", () => { isPressed = true; }, true);
for (const end of ["pointerup", "pointercancel"]) {
  addEventListener(end, () => { isPressed = false; }, true);
}

form?.addEventListener("focusout", ({ target }) => {
  if (!target.dataset.wrong) return;
  const tell = () => judge(target);
  if (isPressed) addEventListener("pointerup", () => setTimeout(tell), { once: true });
  else tell();
});

function judge(control) {
  const isWrong = control.type === "email"
    ? control.value !== "" && !EMAIL.test(control.value)
    : control.validity.badInput;
  const question = control.closest(".question");
  const id = `${control.id}-error`;
  let told = document.getElementById(id);
  // That something is missing is said when the form is sent, and stays until it is there.
  if (!isWrong && (!told || control.value === "")) return;
  if (isWrong && !told) {
    told = document.createElement("p");
    told.className = "error";
    told.id = id;
    control.before(told);
  }
  if (isWrong) told.textContent = control.dataset.wrong;
  else told.remove();
  question.classList.toggle("wrong", isWrong);
  if (isWrong) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  const help = question.querySelector(".help")?.id;
  const texts = [help, isWrong && id].filter(Boolean).join(" ");
  if (texts) control.setAttribute("aria-describedby", texts);
  else control.removeAttribute("aria-describedby");
}

let isSending = false;
form?.addEventListener("submit", (event) => {
  if (isSending) event.preventDefault();
  isSending = true;
  form.querySelector("[type=submit]").setAttribute("aria-disabled", "true");
});

// Back from the next page the form may be sent again.
addEventListener("pageshow", () => {
  isSending = false;
  form?.querySelector("[type=submit]")?.removeAttribute("aria-disabled");
});
