// Says the state that a record is in today: the page only knows that of the day on which it was made.
(() => {
  "use strict";
  const now = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  const today = `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
  const days = (date) => Math.round((Date.parse(date) - Date.parse(today)) / 86400000);
  for (const mark of document.querySelectorAll("[data-phases]")) {
    const phases = JSON.parse(mark.dataset.phases);
    const [, tone, words, until] = phases.filter(([since]) => since <= today).pop() || phases[0];
    mark.className = `state state-${tone}`;
    mark.textContent = words;
    if (tone !== "active" || until.length < 10) continue;
    const language = mark.closest("[lang]").lang;
    const left = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days(until), "day");
    mark.append(` (${left})`);
  }
})();
