// Says how late an update is today: the page only knows the day on which it was due.
(() => {
  "use strict";
  const language = document.documentElement.lang;
  for (const due of document.querySelectorAll("time[data-late-other]")) {
    const [year, month, day] = due.dateTime.split("-").map(Number);
    const now = new Date();
    // In days of the calendar, so that no hour and no change of hour counts.
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const late = Math.round((today - Date.UTC(year, month - 1, day)) / 86400000);
    if (!(late > 0)) continue;
    const form = new Intl.PluralRules(language).select(late);
    const said = document.createElement("span");
    said.className = "late";
    said.textContent = (form === "one" ? due.dataset.lateOne : due.dataset.lateOther).replace(
      "{count}",
      new Intl.NumberFormat(language).format(late),
    );
    due.after(" ", said);
  }
})();
