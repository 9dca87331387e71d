// A button beside each code that copies it.
for (const box of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = box.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.textContent.trim());
    button.textContent = box.dataset.copied;
    setTimeout(() => { button.textContent = box.dataset.copy; }, 2000);
  });
  box.after(button);
}
