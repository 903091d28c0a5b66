// A button beside whatever is there to be copied; without scripts, the text is selected as any other.
(() => {
  "use strict";
  const words = document.querySelector("[data-copy-label]")?.dataset;
  if (!words || !navigator.clipboard) return;
  /** What the page's language borrows from English has a sign before it. */
  const tell = (element, text) => {
    if (text.startsWith("\u2063")) element.lang = "en";
    element.textContent = text.replace("\u2063", "");
  };
  for (const target of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet copy";
    tell(button, words.copyLabel);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(target.value ?? target.textContent);
      tell(status, words.copiedLabel);
      tell(button, words.copiedLabel);
      setTimeout(() => {
        status.textContent = "";
        tell(button, words.copyLabel);
      }, 2000);
    });
    const after = target.closest("label") ?? target;
    after.after(button);
  }
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.querySelector("main").append(status);
})();
