// Says how late an update is today: the page only knows the day on which it was due, and the months of its season.
(() => {
  "use strict";
  const UNITS = [
    { unit: "year", days: 365.25, from: 730 },
    { unit: "month", days: 30.44, from: 61 },
    { unit: "day", days: 1, from: 1 },
  ];
  const DAY = 86400000;
  // Those of the season alone, if there is one: out of it nothing is late.
  const daysBetween = (due, today, months) => {
    if (!months.length) return Math.round((today - due) / DAY);
    const isSeason = (time) => months.includes(new Date(time).getUTCMonth() + 1);
    let days = 0;
    if (isSeason(today)) for (let time = due; time < today; time += DAY) days += isSeason(time);
    return days;
  };
  for (const said of document.querySelectorAll(".late[data-due]")) {
    const [year, month, day] = said.dataset.due.split("-").map(Number);
    const now = new Date();
    // In days of the calendar, so that no hour and no change of hour counts.
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const due = Date.UTC(year, month - 1, day);
    const late = daysBetween(due, today, (said.dataset.months || "").split(" ").filter(Boolean).map(Number));
    const found = UNITS.find(({ from }) => late >= from);
    if (!found) continue;
    const { unit, days } = found;
    const duration = new Intl.NumberFormat(said.closest("[lang]").lang, { style: "unit", unit, unitDisplay: "long" });
    said.textContent = said.textContent.replace("…", duration.format(Math.floor(late / days)));
    said.hidden = false;
  }
})();
