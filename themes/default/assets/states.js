// Says the state that a record is in today, and the days that it has waited: the page only knows those of its own day.
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
  for (const count of document.querySelectorAll("[data-since]")) {
    const language = count.closest("[lang]").lang;
    const number = new Intl.NumberFormat(language, { style: "unit", unit: "day", unitDisplay: "long" });
    count.textContent = number.format(Math.max(0, -days(count.dataset.since)));
  }
})();
