// A form that is filled in step by step goes on by itself when a choice is made.
for (const form of document.querySelectorAll("[data-stepping]")) {
  for (const button of form.querySelectorAll("[data-step-button]")) button.hidden = true;
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-step]")) return;
    sessionStorage.setItem("step", event.target.id);
    form.requestSubmit(event.target.closest("li").querySelector("[data-step-button]"));
  });
}

// Where the choice was made the work goes on.
const chosen = document.getElementById(sessionStorage.getItem("step"));
sessionStorage.removeItem("step");
const next = chosen?.closest(".field")?.nextElementSibling?.nextElementSibling ?? chosen?.closest(".field");
next?.querySelector("select, input:not([type=hidden])")?.focus();
