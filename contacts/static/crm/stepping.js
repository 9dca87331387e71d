// A form that is filled in step by step goes on by itself when a choice is made. Arrows and letters
// walk through the choices of a closed box: then the choice is made by Enter or by leaving the box.
const WALKING = /^(Arrow.*|Home|End|Page.*|[^ ])$/u;

for (const form of document.querySelectorAll("[data-stepping]")) {
  for (const button of form.querySelectorAll("[data-step-button]")) button.hidden = true;
  let isWalking = false;
  let waiting = null;

  const goOn = (box) => {
    waiting = null;
    sessionStorage.setItem("step", box.id);
    form.requestSubmit(box.closest("li").querySelector("[data-step-button]"));
  };
  form.addEventListener("keydown", (event) => {
    if (!event.target.matches("[data-step]")) return;
    isWalking = WALKING.test(event.key) && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (waiting !== event.target || !["Enter", "Tab"].includes(event.key) || event.shiftKey) return;
    event.preventDefault();
    goOn(waiting);
  });
  form.addEventListener("pointerdown", () => { isWalking = false; });
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-step]")) return;
    if (isWalking) waiting = event.target;
    else goOn(event.target);
  });
  form.addEventListener("focusout", (event) => {
    // A button sends the whole form by itself.
    if (waiting === event.target && !event.relatedTarget?.matches("button, a")) goOn(waiting);
  });
}

// Where the choice was made the work goes on: in the next box, if there is one now.
const chosen = document.getElementById(sessionStorage.getItem("step"));
sessionStorage.removeItem("step");
let next = chosen?.closest(".field")?.nextElementSibling;
while (next && !next.matches(".field")) next = next.nextElementSibling;
(next?.querySelector("select, input:not([type=hidden])") ?? chosen)?.focus();
