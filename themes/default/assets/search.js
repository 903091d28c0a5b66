/*
 * Search as you type on the page that lists all datasets. Without this script the page is the list.
 *
 * The form's data attributes hold what to load and what to say; search-worker.js does the work. The address holds the
 * query and the page of results, so that it can be shared and the back button works. Only the query part of the address
 * ever changes: the page's links are relative.
 */
(() => {
  "use strict";

  const PAGE_SIZE = 20;
  const PAUSE = 120;

  const form = document.getElementById("search");
  const status = document.getElementById("search-status");
  const list = document.getElementById("results");
  const template = document.getElementById("result-template");
  if (!form || !status || !list || !template || !window.Worker) return;

  const field = form.elements.namedItem("q");
  const words = form.dataset;
  const language = document.documentElement.lang;
  const numbers = new Intl.NumberFormat(language);
  const plurals = new Intl.PluralRules(language);
  const address = (relative) => new URL(relative, document.baseURI).href;
  const home = form.action;

  const shown = { cards: [...list.children], said: status.textContent, pages: document.getElementById("pagination") };
  const pages = document.createElement("nav");
  pages.className = "pagination";
  pages.setAttribute("aria-label", words.sayPagination);

  // ---------------------------------------------------------------- what the address says

  const state = () => {
    const query = new URLSearchParams(location.search);
    return { text: query.get("q") ?? "", page: Math.max(1, Number.parseInt(query.get("page"), 10) || 1) };
  };

  const addressOf = (text, page = 1) => {
    const query = new URLSearchParams(location.search);
    query.delete("q");
    query.delete("page");
    if (text.trim()) query.set("q", text);
    if (text.trim() && page > 1) query.set("page", String(page));
    return location.pathname + String(query).replace(/^(?=.)/u, "?");
  };

  const remember = (text, page, { push }) => {
    const before = state();
    if (before.text.trim() === text.trim() && before.page === page) return;
    history[push ? "pushState" : "replaceState"](null, "", addressOf(text, page));
  };

  // ---------------------------------------------------------------- asking the worker

  let worker;
  let asked = 0;
  let answered = false;

  function start() {
    if (worker) return;
    answered = false;
    worker = new Worker(address(words.worker));
    worker.onmessage = ({ data }) => data.id === asked && answer(data);
    worker.onerror = (event) => {
      event.preventDefault();
      fail();
    };
    worker.postMessage({
      index: address(words.index),
      documents: address(words.documents),
      scripts: words.scripts.split(" ").map(address),
    });
  }

  let current = { text: "", page: 1, focus: false };

  function ask(text, page, { focus = false } = {}) {
    asked += 1;
    current = { text, page, focus };
    if (!text.trim()) {
      restore();
      return;
    }
    try {
      start();
    } catch {
      fail();
      return;
    }
    if (!answered) say(words.sayLoading);
    list.setAttribute("aria-busy", "true");
    worker.postMessage({ id: asked, text, first: (page - 1) * PAGE_SIZE, count: PAGE_SIZE });
  }

  function answer({ total, results, failed }) {
    if (failed) {
      fail();
      return;
    }
    answered = true;
    const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
    if (current.page > last) {
      remember(current.text, last, { push: false });
      ask(current.text, last, current);
      return;
    }
    list.removeAttribute("aria-busy");
    list.replaceChildren(...results.map(card));
    const several = plurals.select(total) === "one" ? words.sayResultsOne : words.sayResultsOther;
    const values = { "{count}": numbers.format(total), "{query}": current.text.trim() };
    say((total ? several : words.sayNone).replace(/\{count\}|\{query\}/gu, (name) => values[name]));
    paginate(current.text, current.page, last);
    if (current.focus) {
      status.tabIndex = -1;
      status.focus();
      status.scrollIntoView({ block: "start" });
    }
  }

  function fail() {
    worker?.terminate();
    worker = undefined;
    restore();
    const retry = document.createElement("button");
    retry.type = "button";
    retry.className = "button button-quiet";
    retry.textContent = words.sayRetry;
    retry.addEventListener("click", () => {
      field.focus();
      ask(current.text, current.page);
    });
    status.replaceChildren(`${words.sayFailed} `, retry);
  }

  // ---------------------------------------------------------------- showing

  // A status region is read out when it changes; the same words twice are not.
  const say = (message) => {
    if (status.textContent !== message) status.textContent = message;
  };

  function restore() {
    list.removeAttribute("aria-busy");
    if (list.firstElementChild !== shown.cards[0] || list.children.length !== shown.cards.length) {
      list.replaceChildren(...shown.cards);
    }
    pages.remove();
    if (shown.pages) list.after(shown.pages);
    say(shown.said);
  }

  /** Fills an element, or takes it away when there is nothing to say. */
  const fill = (element, text, said) => {
    if (!text) {
      element.remove();
      return;
    }
    element.textContent = text;
    if (said) element.lang = said;
  };

  function card({ id, title, excerpt, publisher, formats = [], modified, language: said = {} }) {
    const item = template.content.cloneNode(true);
    const link = item.querySelector(".card-title a");
    link.href = new URL(`${id}/`, home).href;
    fill(link, title || id, said.title);
    fill(item.querySelector(".card-publisher"), publisher?.name, said.publisher);
    const time = item.querySelector("time");
    time.dateTime = modified ?? "";
    fill(time, modified && day(modified));
    fill(item.querySelector(".card-excerpt"), excerpt, said.excerpt);
    const names = item.querySelector(".formats");
    for (const format of formats) names.appendChild(document.createElement("li")).textContent = format;
    if (!formats.length) names.remove();
    return item;
  }

  /** An ISO 8601 year, month or date, as Speech.date says it. */
  function day(iso) {
    const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
    if (!month) return iso.slice(0, 4);
    const style = date ? { dateStyle: "long" } : { year: "numeric", month: "long" };
    const said = new Intl.DateTimeFormat(language, { ...style, timeZone: "UTC" }).format(
      new Date(Date.UTC(year, month - 1, date || 1)),
    );
    return date === 1 && language.startsWith("fr") ? said.replace(/^1(?=\s)/u, "1er") : said;
  }

  function paginate(text, page, last) {
    shown.pages?.remove();
    pages.remove();
    if (last === 1) return;
    const link = (number, ...content) => {
      const anchor = document.createElement("a");
      anchor.href = addressOf(text, number);
      anchor.append(...content);
      anchor.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        remember(text, number, { push: true });
        ask(text, number, { focus: true });
      });
      return anchor;
    };
    const step = (number, relation, label) => {
      const anchor = link(number, label);
      anchor.className = "pagination-step";
      anchor.rel = relation;
      return anchor;
    };
    const items = document.createElement("ol");
    for (const number of pageNumbers(page, last)) {
      const item = items.appendChild(document.createElement("li"));
      if (number === null) {
        item.className = "gap";
        item.textContent = "…";
        continue;
      }
      const hidden = document.createElement("span");
      hidden.className = "visually-hidden";
      hidden.textContent = `${words.sayPage} `;
      const anchor = link(number, hidden, numbers.format(number));
      if (number === page) anchor.setAttribute("aria-current", "page");
      item.append(anchor);
    }
    pages.replaceChildren(
      ...(page > 1 ? [step(page - 1, "prev", words.sayPrevious)] : []),
      items,
      ...(page < last ? [step(page + 1, "next", words.sayNext)] : []),
    );
    list.after(pages);
  }

  /** The first, the last and those around a page; null where some are left out. */
  function pageNumbers(page, last) {
    const kept = [...new Set([1, page - 1, page, page + 1, last])].filter((n) => n >= 1 && n <= last);
    return kept.sort((a, b) => a - b).flatMap((number, place) => {
      const missing = number - (kept[place - 1] ?? 0) - 1;
      return missing === 0 ? [number] : missing === 1 ? [number - 1, number] : [null, number];
    });
  }

  // ---------------------------------------------------------------- what the reader does

  let pause;

  function typed(push) {
    clearTimeout(pause);
    const { text } = state();
    // The first letter of a query makes a step to go back over, the next ones stay in it.
    remember(field.value, 1, { push: push || !text });
    ask(field.value, 1);
  }

  field.addEventListener("input", (event) => {
    if (event.isComposing) return;
    clearTimeout(pause);
    pause = setTimeout(typed, field.value.trim() ? PAUSE : 0, false);
  });
  field.addEventListener("compositionend", () => typed(false));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !field.value) return;
    event.preventDefault();
    field.value = "";
    typed(false);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    typed(true);
  });
  // The index may come while the reader still thinks.
  field.addEventListener("focus", () => {
    try {
      start();
    } catch {
      // Said when something is asked.
    }
  });
  window.addEventListener("popstate", () => {
    clearTimeout(pause);
    const { text, page } = state();
    // A link to a part of the page comes here too, and asks nothing new.
    if (text === current.text && page === current.page) return;
    field.value = text;
    ask(text, page);
  });

  const { text, page } = state();
  if (text) {
    field.value = text;
    ask(text, page);
  }
})();
