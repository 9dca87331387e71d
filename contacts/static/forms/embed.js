// On somebody else's page: puts a form in a frame where this script stands, as tall as the form is.
(() => {
  const script = document.currentScript;
  const frame = document.createElement("iframe");
  frame.src = script.dataset.form;
  frame.title = script.dataset.title || "";
  frame.loading = "lazy";
  Object.assign(frame.style, { width: "100%", height: "45rem", border: "0" });
  script.after(frame);
  window.addEventListener("message", ({ source, data }) => {
    const height = Number(data?.rosettaFormHeight);
    if (source === frame.contentWindow && height > 0) frame.style.height = `${Math.min(height, 8000)}px`;
  });
})();
