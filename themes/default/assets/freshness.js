// Says how late an update is today: the page only knows the day on which it was due.
(() => {
  "use strict";
  const UNITS = [
    { unit: "year", days: 365.25, from: 730 },
    { unit: "month", days: 30.44, from: 61 },
    { unit: "day", days: 1, from: 1 },
  ];
  for (const said of document.querySelectorAll(".late[data-due]")) {
    const [year, month, day] = said.dataset.due.split("-").map(Number);
    const now = new Date();
    // In days of the calendar, so that no hour and no change of hour counts.
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const late = Math.round((today - Date.UTC(year, month - 1, day)) / 86400000);
    const found = UNITS.find(({ from }) => late >= from);
    if (!found) continue;
    const { unit, days } = found;
    const duration = new Intl.NumberFormat(said.closest("[lang]").lang, { style: "unit", unit, unitDisplay: "long" });
    said.textContent = said.textContent.replace("…", duration.format(Math.floor(late / days)));
    said.hidden = false;
  }
})();
