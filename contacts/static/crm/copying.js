// A button beside each code that copies it; code that is shown later gets one as well.
function offer(root) {
  for (const box of root.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.type = "button";
    button.className = box.matches("pre") ? "small" : "quiet small";
    const about = document.createElement("span");
    about.className = "hidden";
    about.textContent = ` ${box.matches("a") ? box.textContent.trim() : ""}`;
    button.append(box.dataset.copy, about);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(box.dataset.stored ?? box.textContent.trim());
      button.firstChild.data = box.dataset.copied;
      setTimeout(() => { button.firstChild.data = box.dataset.copy; }, 2000);
    });
    box.after(button);
  }
}

offer(document);
document.addEventListener("crm:shown", (event) => offer(event.target));
