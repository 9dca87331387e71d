// The preview beside an editor follows while somebody writes.
const button = document.querySelector("[data-preview]");
const form = button?.form;
let asked;

function show() {
  clearTimeout(asked);
  asked = setTimeout(() => form.requestSubmit(button), 500);
}

form?.addEventListener("input", show);
if (form) show();
