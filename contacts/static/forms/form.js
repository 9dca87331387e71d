// What the page can do without, made quicker: checks on leaving a field, no sending twice.

const form = document.querySelector("form");

// In other sites' frames and older browsers `autofocus` may be passed over.
document.querySelector(".summary")?.focus();

// The browser words its complaint in its own language; only fields that were left are judged.
form?.addEventListener("focusout", ({ target }) => {
  if (!target.willValidate || target.closest(".trap")) return;
  const question = target.closest(".question");
  if (!question || target.type === "checkbox") return;
  const isEmpty = target.value === "";
  const words = isEmpty ? "" : target.validationMessage;
  let told = question.querySelector(".error");
  if (told && !told.dataset.live && !isEmpty && !words) {
    told.remove();
    told = null;
    settle(question, target, false);
  }
  if (told && !told.dataset.live) return;
  if (!words) {
    told?.remove();
    if (told) settle(question, target, false);
    return;
  }
  if (!told) {
    told = document.createElement("p");
    told.className = "error";
    told.id = `${target.id}-error`;
    told.dataset.live = "1";
    target.before(told);
  }
  told.textContent = words;
  settle(question, target, true);
});

function settle(question, target, isWrong) {
  question.classList.toggle("wrong", isWrong);
  const ids = [question.querySelector(".help")?.id, isWrong ? `${target.id}-error` : null];
  const described = ids.filter(Boolean).join(" ");
  if (described) target.setAttribute("aria-describedby", described);
  else target.removeAttribute("aria-describedby");
  if (isWrong) target.setAttribute("aria-invalid", "true");
  else target.removeAttribute("aria-invalid");
}

let isSending = false;
form?.addEventListener("submit", (event) => {
  if (isSending) {
    event.preventDefault();
    return;
  }
  isSending = true;
  form.querySelector("button[type=submit]").setAttribute("aria-disabled", "true");
});

// Back from the next page the form may be sent again.
addEventListener("pageshow", () => {
  isSending = false;
  form?.querySelector("button[type=submit]").removeAttribute("aria-disabled");
});
