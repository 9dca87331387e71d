// What every page gains from scripts; each page is complete without them.

// A refused form: the summary of its mistakes has the focus.
document.querySelector("[data-focus]")?.focus();

// Sending twice by a double click: the second is ignored.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  // What goes into a frame may be sent as often as somebody likes.
  if (form.target || event.submitter?.hasAttribute("formtarget")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
// The back button may show the page as it was left.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// "/" goes to the search of the page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("input[type=search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// The dot beside the box of a colour shows what is typed.
document.addEventListener("input", (event) => {
  const circle = event.target.closest(".swatch")?.querySelector("circle");
  if (circle) circle.setAttribute("fill", CSS.supports("color", event.target.value) ? event.target.value : "none");
});
