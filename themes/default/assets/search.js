/*
 * Search, narrowing and sorting on the page that lists all datasets. Without this script the page is the list.
 *
 * search-worker.js does the work, search-suggest.js asks it; the form's data attributes hold what to say. The address
 * holds all that the reader chose, so that it can be shared and the back button works. Only the query part of the
 * address ever changes: the page's links are relative.
 */
(() => {
  "use strict";

  const PAGE_SIZE = 10;
  const PAUSE = 20;
  /** Until the values to narrow by are counted: whoever types does not wait for them. */
  const REST = 200;
  /** Until what was found is read aloud: each letter brings something else. */
  const CALM = 800;
  /** The values of a facet that are shown at first, and that are added. */
  const [FEW, MORE] = [12, 24];
  const LONGEST_SAID = 60;

  const get = (id) => document.getElementById(id);
  const form = get("search");
  const status = get("search-status");
  const aloud = get("search-aloud");
  const total = get("search-total");
  const list = get("results");
  const chips = get("search-chips");
  const sort = get("search-sort");
  const asking = document.querySelector("[data-ask]");
  const panel = get("search-facets");
  const fold = panel.querySelector("summary");
  const words = form.dataset;
  if (!window.Worker) {
    if (new URLSearchParams(location.search).get("q")) status.textContent = words.sayFailed;
    return;
  }
  const { ask, locales, make, mark, numbers } = globalThis.vitrineSearch;
  const field = form.elements.namedItem("q");
  const plurals = new Intl.PluralRules(locales);
  const tongues = new Intl.DisplayNames(locales, { type: "language" });
  const home = form.action;
  /** Whether this is the first page of the list, where results may take the place of what it lists. */
  const live = "live" in words;
  /** Whether what folds on phones stands open, as the theme's style sheet decides. */
  const wide = () => getComputedStyle(fold).display === "none";

  // ---------------------------------------------------------------- what the address says

  const sections = [...panel.querySelectorAll("[data-facet]")];
  const facets = sections.map(({ dataset }) => dataset.facet);
  const sorts = [...sort.options].map(({ value }) => value);

  function read() {
    const query = new URLSearchParams(location.search);
    const picked = Object.fromEntries(facets.map((facet) => [facet, query.getAll(facet)]).filter(([, all]) => all.length));
    return {
      text: query.get("q") ?? "",
      picked,
      sort: sorts.includes(query.get("sort")) ? query.get("sort") : "",
      page: Math.max(1, Number.parseInt(query.get("page"), 10) || 1),
    };
  }

  function addressOf({ text, picked, sort: by, page }) {
    const query = new URLSearchParams(location.search);
    ["q", ...facets, "sort", "page"].forEach((name) => query.delete(name));
    if (text.trim()) query.set("q", text);
    for (const facet of facets) picked[facet]?.forEach((value) => query.append(facet, value));
    if (by) query.set("sort", by);
    if (page > 1) query.set("page", page);
    return (live ? location.pathname : new URL(home).pathname) + String(query).replace(/^(?=.)/u, "?");
  }

  /** The order in which results come when the reader asked for none. */
  const usual = ({ text, picked }) => (text.trim() || picked.spatial ? "relevance" : "date");

  const isActive = ({ text, picked, sort: by }) => Boolean(text.trim() || by || Object.keys(picked).length);

  const without = (picked, facet, value) => {
    const left = { ...picked, [facet]: (picked[facet] ?? []).filter((one) => one !== value) };
    if (!left[facet].length) delete left[facet];
    return left;
  };

  // ---------------------------------------------------------------- asking

  let current = read();
  /** What a facet's value is called, by both. */
  const labels = {};

  function go(changes, { push = true, focus = false } = {}) {
    const next = { ...current, page: 1, ...changes };
    const to = addressOf(next);
    if (!live) {
      location.assign(to);
      return;
    }
    if (to !== location.pathname + location.search) history[push ? "pushState" : "replaceState"](null, "", to);
    show(next, focus);
  }

  /** A link to the search with some changes, which shows it here. */
  function linkTo(changes, ...content) {
    const link = make("a", "", ...content);
    link.href = addressOf({ ...current, page: 1, ...changes });
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (changes.text) field.value = changes.text;
      go(changes, { focus: true });
    });
    return link;
  }

  let slow;
  let rest;

  const title = document.title;

  function show(state, focus = false) {
    current = state;
    document.title = (state.text.trim() && `${state.text.trim()} – `) + title;
    clearTimeout(slow);
    clearTimeout(rest);
    sort.value = state.sort || usual(state);
    sort.options[0].disabled = usual(state) === "date";
    drawChips();
    check();
    if (!isActive(state)) {
      restore();
      if (found) recount();
      return;
    }
    list.setAttribute("aria-busy", "true");
    slow = setTimeout(() => say([words.sayLoading]), 400);
    const question = { ...state, only: words.only, first: (state.page - 1) * PAGE_SIZE, count: PAGE_SIZE };
    ask("search", question, (answer) => {
      if (state !== current) return;
      if (answer.failed) fail(focus);
      else if (answer.passages) drawPassages(answer.passages);
      else {
        drawResults(answer, focus);
        if (wide() || panel.open) rest = setTimeout(recount, REST);
      }
    });
  }

  function recount() {
    const state = current;
    const late = sections.filter(({ open, dataset }) => !open && "late" in dataset).map(({ dataset }) => dataset.facet);
    ask("tally", { ...state, late }, (answer) => {
      if (state !== current) return;
      if (answer.facets) drawFacets(answer);
      else failToCount();
    });
  }

  function failToCount() {
    say([...status.firstChild.childNodes], make("p", "note", ...sorry(words.sayUncounted)));
    if (wide() || !panel.open) return;
    // What is told stands below the filters.
    panel.open = false;
    toStatus();
  }

  function sorry(reason) {
    const again = make("button", "button button-quiet", words.sayRetry);
    again.addEventListener("click", () => show(current, true));
    return [reason, " ", again];
  }

  function fail(focus) {
    clearTimeout(slow);
    restore();
    panel.classList.remove("is-counting");
    say(sorry(navigator.onLine ? words.sayFailed : words.sayOffline));
    if (focus) toStatus();
  }

  // ---------------------------------------------------------------- saying

  let calm;

  function say(message, ...notes) {
    status.replaceChildren(make("p", "tally", ...message), ...notes);
    announce();
  }

  /** A region of the role `status` is read when its words change. */
  function announce() {
    clearTimeout(calm);
    calm = setTimeout(() => (aloud.textContent = status.textContent), CALM);
  }

  /** The words of a pattern, with something in the place of each name in braces. */
  const fill = (pattern, values) => pattern.split(/\{(\w+)\}/u).map((part, place) => (place % 2 ? values[part] : part));

  const quoted = (text) => {
    const shown = [...text.trim()];
    return make("bdi", "", ...shown.slice(0, LONGEST_SAID), shown[LONGEST_SAID] ? "…" : "");
  };

  const counted = (name, count) => form.getAttribute(`data-say-${name}-${plurals.select(count)}`);

  function sayResults({ total, every, close, correction, offer }, last) {
    const { text, page } = current;
    const values = { count: numbers.format(total || every), query: quoted(text), page, last };
    const found = text.trim() ? (close ? "results" : "near") : "datasets";
    const pattern = total || !(text.trim() || every) ? counted(found, total) : every ? words.sayFiltered : words.sayNone;
    const notes = [];
    const meant = correction || offer;
    if (meant) {
      const link = linkTo({ text: meant }, meant);
      notes.push(make("p", "note", ...fill(correction ? words.sayMeant : words.sayOffered, { link })));
    }
    say(fill(pattern + (page > 1 ? words.sayAt : ""), values), ...notes);
    // Half a character can't stand in an address.
    if (asking) asking.href = asking.dataset.ask.replace("{words}", encodeURIComponent(text.replace(/\p{Cs}/gu, "").trim()));
  }

  const first = { cards: [...list.children], said: [...status.childNodes], pages: get("pagination"), total: total.textContent };

  function restore() {
    list.removeAttribute("aria-busy");
    list.classList.remove("is-weak");
    if (list.firstElementChild !== first.cards[0]) list.replaceChildren(...first.cards);
    if (status.firstChild !== first.said[0]) {
      status.replaceChildren(...first.said);
      announce();
    }
    total.textContent = first.total;
    pages.remove();
    if (first.pages) list.after(first.pages);
  }

  // ---------------------------------------------------------------- results

  function drawResults(answer, focus) {
    clearTimeout(slow);
    const { close, results } = answer;
    // What is hardly about the question does not end the search: there are other ways on.
    list.classList.toggle("is-weak", !close);
    const last = Math.max(1, Math.ceil(answer.total / PAGE_SIZE));
    if (current.page > last) {
      go({ page: last }, { push: false, focus });
      return;
    }
    answer.labels.forEach(([facet, value, label]) => (labels[[facet, value]] = label));
    list.removeAttribute("aria-busy");
    const items = results.map(card);
    const border = close - (current.page - 1) * PAGE_SIZE;
    if (close && border >= 0 && border < items.length) items.splice(border, 0, make("li", "cards-border", words.sayLess));
    list.replaceChildren(...items);
    drawChips();
    total.textContent = numbers.format(answer.total);
    sayResults(answer, last);
    paginate(current.page, last);
    if (focus) toStatus();
  }

  function toStatus() {
    clearTimeout(calm);
    status.focus({ preventScroll: true });
    get("search-head").scrollIntoView({ block: "start" });
  }

  function card(result) {
    const { id, parts, publisher, formats, modified, languages: [ofTitle, ofPublisher] } = result;
    const item = get("result-template").content.cloneNode(true);
    const find = (name) => item.querySelector(name);
    find("li").dataset.id = id;
    find("a").href = new URL(`${id}/`, home).href;
    mark(find("a"), parts, ofTitle);
    if (ofTitle) find(".foreign").textContent = words.sayIn.replace("{language}", tongues.of(ofTitle));
    else find(".foreign").remove();
    mark(find(".card-publisher"), [publisher], ofPublisher);
    const time = find("time");
    time.dateTime = modified;
    time.textContent = day(modified);
    if (!modified) find(".card-date").remove();
    find(".formats").append(...formats.map((format) => make("li", "", format)));
    if (!formats.length) find(".formats").remove();
    globalThis.vitrineRecords?.dress(item, result, home);
    return item.firstElementChild;
  }

  function drawPassages(passages) {
    for (const { id, parts, language: said } of passages) {
      const place = list.querySelector(`[data-id="${id}"] .card-excerpt`);
      if (place) mark(place, parts, said);
    }
  }

  /** An ISO 8601 year, month or date, as Speech.date says it. */
  function day(iso) {
    const [year, month, date] = iso.slice(0, 10).split("-");
    if (!month) return year;
    const style = date ? { dateStyle: "long" } : { year: "numeric", month: "long" };
    const said = new Intl.DateTimeFormat(locales, { ...style, timeZone: "UTC" }).format(new Date(iso.slice(0, 10)));
    return said.replace(/^1(?=\s)/u, words.sayFirst);
  }

  const pages = make("nav", "pagination");
  pages.setAttribute("aria-label", words.sayPagination);

  function paginate(page, last) {
    first.pages?.remove();
    pages.remove();
    if (last === 1) return;
    const step = (number, relation, label) => {
      const anchor = linkTo({ page: number }, label);
      anchor.className = "pagination-step";
      anchor.rel = relation;
      return anchor;
    };
    const items = pageNumbers(page, last).map((number) => {
      if (number === null) return make("li", "gap", "…");
      const hidden = make("span", "visually-hidden", `${words.sayPage} `);
      const anchor = linkTo({ page: number }, hidden, numbers.format(number));
      if (number === page) anchor.setAttribute("aria-current", "page");
      return make("li", "", anchor);
    });
    pages.replaceChildren(
      ...(page > 1 ? [step(page - 1, "prev", words.sayPrevious)] : []),
      make("ol", "", ...items),
      ...(page < last ? [step(page + 1, "next", words.sayNext)] : []),
    );
    list.after(pages);
  }

  /** The first, the last and those around a page; null where some are left out. */
  function pageNumbers(page, last) {
    const kept = [...new Set([1, page - 1, page, page + 1, last])].filter((n) => n >= 1 && n <= last);
    return kept.flatMap((number, place) => {
      const missing = number - (kept[place - 1] ?? 0) - 1;
      return missing === 0 ? [number] : missing === 1 ? [number - 1, number] : [null, number];
    });
  }

  // ---------------------------------------------------------------- narrowing

  /** A section's links become boxes to check; the address of a link ends with the value. */
  const rows = sections.map((section) => {
    const known = new Map();
    section.querySelectorAll(".ledger li").forEach((item) => {
      const link = item.querySelector("a");
      const value = link.pathname.split("/").at(-2);
      const count = Number(item.querySelector(".count").textContent.replace(/\D/gu, ""));
      known.set(value, row(section.dataset.facet, { value, label: link.textContent, language: link.lang, count }));
      item.replaceWith(known.get(value).item);
    });
    return known;
  });

  function row(facet, { value, label, language: said, count }) {
    const box = make("input");
    box.type = "checkbox";
    box.addEventListener("change", () => {
      const left = without(current.picked, facet, value);
      go({ picked: box.checked ? { ...left, [facet]: [...(left[facet] ?? []), value] } : left });
    });
    const name = make("span", "", label);
    if (said) name.lang = said;
    labels[[facet, value]] = label;
    const tally = make("span", "count", numbers.format(count));
    return { item: make("li", "", make("label", "", box, name, tally)), box, tally };
  }

  function check() {
    sections.forEach(({ dataset }, place) => {
      const picked = current.picked[dataset.facet];
      rows[place].forEach(({ box }, value) => (box.checked = Boolean(picked?.includes(value))));
      if (picked) dataset.picked = "";
      else delete dataset.picked;
    });
    showZone(current.picked.spatial?.[0]);
    // Until they are known, the counts of another search say nothing.
    panel.classList.toggle("is-counting", isActive(current));
    panel.classList.toggle("is-active", isActive(current));
  }

  let found;
  let tallied;
  /** By section, the values in the order in which they stand. */
  const standing = sections.map(() => []);

  function drawFacets(answer) {
    found = answer;
    panel.classList.remove("is-counting");
    const focused = document.activeElement;
    // A row stays where it is while one checks boxes.
    const anew = tallied !== current.text;
    tallied = current.text;
    sections.forEach((section, place) => {
      const { facet, shown = FEW } = section.dataset;
      if (facet === "spatial") {
        section.hidden = !answer.facets.spatial;
        return;
      }
      const known = rows[place];
      const counted = answer.facets[facet];
      if (counted) delete section.dataset.late;
      if ("late" in section.dataset) return;
      const values = counted ?? [];
      if (facet === "year") values.sort((a, b) => b.value - a.value);
      const places = new Map(anew ? [] : standing[place].map((value, number) => [value, number]));
      const placeOf = ({ value }) => places.get(value) ?? places.size;
      values.sort((a, b) => placeOf(a) - placeOf(b));
      standing[place] = values.map(({ value }) => value);
      const items = values
        .filter(({ selected }, number) => number < shown || selected)
        .map((value) => {
          if (!known.has(value.value)) known.set(value.value, row(facet, value));
          const { item, box, tally } = known.get(value.value);
          box.checked = value.selected;
          tally.textContent = numbers.format(value.count);
          return item;
        });
      section.querySelector(".ledger").replaceChildren(...items);
      section.querySelector(".more-values").hidden = values.length <= shown;
      section.hidden = !values.length;
    });
    focused.focus({ preventScroll: true });
  }

  function drawChips() {
    const { picked } = current;
    const chip = (left, ...label) => make("li", "", linkTo({ picked: left }, ...label));
    const items = facets.flatMap((facet) =>
      (picked[facet] ?? []).map((value) =>
        chip(
          without(picked, facet, value),
          labels[[facet, value]] ?? (facet === "spatial" ? get("facet-spatial").textContent : value),
          make("span", "visually-hidden", `, ${words.sayRemove}`),
        ),
      ),
    );
    if (items.length) items.push(chip({}, words.sayClear));
    chips.replaceChildren(...items);
    chips.hidden = !items.length;
  }

  // ---------------------------------------------------------------- where

  const zone = get("search-zone");

  /** Lets the reader choose an area. What is returned shows which one is chosen, as the address has it. */
  function offerZone() {
    const [area, map, drawn] = ["area", "map", "drawn"].map((name) => get(`zone-${name}`));
    const edges = [...zone.querySelectorAll("input")];
    for (const { value, text } of area.options) labels[["spatial", value]] = text;

    const choose = (box) => {
      const { spatial, ...left } = current.picked;
      go({ picked: box ? { ...left, spatial: [box] } : left });
    };
    const between = (one, other) =>
      [Math.min, Math.max]
        .flatMap((edge) => [edge(one.x, other.x), edge(one.y, other.y)])
        .map((degrees) => Number(degrees.toFixed(2)))
        .join(", ");

    area.addEventListener("change", () => choose(area.value));
    zone.addEventListener("submit", (event) => {
      event.preventDefault();
      choose(edges.map(({ value }) => value).join(", "));
    });

    let from;
    // What is drawn is in degrees.
    const placeOf = ({ x, y }) => new DOMPoint(x, y).matrixTransform(drawn.getScreenCTM().inverse());
    map?.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      map.setPointerCapture(event.pointerId);
      from = placeOf(event);
    });
    map?.addEventListener("pointermove", (event) => from && draw(between(from, placeOf(event))));
    map?.addEventListener("pointerup", (event) => from && choose(between(from, placeOf(event))));
    map?.addEventListener("lostpointercapture", () => {
      from = undefined;
      draw(current.picked.spatial?.[0]);
    });

    function draw(box = "") {
      const [west = "", south = "", east = "", north = ""] = box.split(", ");
      [west, south, east, north].forEach((degrees, place) => (edges[place].value = degrees));
      area.value = box;
      if (area.selectedIndex < 0) area.value = "";
      drawn?.setAttribute("d", box && `M${west} ${south}H${east}V${north}H${west}Z`);
    }
    return draw;
  }

  const showZone = zone ? offerZone() : () => {};

  // ---------------------------------------------------------------- what the reader does

  let pause;

  function typed(push, focus) {
    clearTimeout(pause);
    // The first letter of a query makes a step to go back over, the next ones stay in it.
    go({ text: field.value }, { push: push || !current.text, focus });
  }

  if (live) {
    field.addEventListener("input", ({ isComposing }) => {
      clearTimeout(pause);
      if (!isComposing) pause = setTimeout(typed, PAUSE, false);
    });
    field.addEventListener("compositionend", () => typed(false));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing || !field.value) return;
      event.preventDefault();
      field.value = "";
      typed(false);
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // On a phone the keyboard would cover the results.
    typed(true, matchMedia("(pointer: coarse)").matches);
  });
  sort.addEventListener("change", () => go({ sort: sort.value === usual(current) ? "" : sort.value }));
  // On a phone the filters lie over the page: Escape closes them, and the keyboard does not go below them.
  panel.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || wide() || !panel.open) return;
    panel.open = false;
    fold.focus();
  });
  document.addEventListener("focusin", ({ target }) => {
    const beside = !panel.contains(target) && !target.contains(panel);
    if (beside && panel.open && !wide()) panel.open = false;
  });
  panel.addEventListener("click", ({ target }) => {
    if (target.closest(".facets-done")) {
      panel.open = false;
      toStatus();
    }
    if (!target.matches(".more-values")) return;
    const section = target.closest("[data-facet]");
    const before = section.querySelectorAll("li").length;
    section.dataset.shown = before + MORE;
    drawFacets(found);
    section.querySelectorAll("li input")[before]?.focus();
  });
  // Opening the panel, on a phone, or what is only counted when it is asked for.
  const onToggle = ({ target }) => target.open && (target === panel ? !wide() : "late" in target.dataset) && recount();
  panel.addEventListener("toggle", onToggle, true);
  for (const event of ["pointerenter", "focusin"]) {
    panel.addEventListener(event, () => isActive(current) || found || recount(), { once: true });
  }
  addEventListener("popstate", () => {
    clearTimeout(pause);
    const next = read();
    // A link to a part of the page comes here too, and asks nothing new.
    if (addressOf(next) === addressOf(current)) return;
    field.value = next.text;
    show(next);
  });

  // On phones a facet is opened by its name. What scripts alone can fill is offered before it is filled.
  sections.forEach((section, place) => {
    section.hidden = false;
    if (!wide()) section.open = !place;
  });
  get("search-head").classList.add("is-live");
  panel.classList.add("scripted");
  fold.replaceChildren(make("span", "", words.sayFilter));
  if (!live && isActive(current)) location.replace(addressOf(current));
  field.value ||= current.text;
  show(current);
})();
