/*
 * Suggestions while one types in any search form, as a list below the field (ARIA's combobox). Without this script the
 * form leads to the list of all datasets. Also how a page asks search-worker.js, and what else search.js makes pages of;
 * the script's data attributes hold what to load and what to say.
 */
globalThis.vitrineSearch = (() => {
  "use strict";

  const PAUSE = 60;

  const words = document.currentScript.dataset;
  const address = (relative) => new URL(relative, document.baseURI).href;
  /** A language that the browser does not know has numbers as the build writes them. */
  const locales = [document.documentElement.lang, "en"];
  const numbers = new Intl.NumberFormat(locales);

  let worker;
  let asked = 0;
  const waiting = new Map();

  /** Asks the worker. Each part of the answer is passed on, until something else of the kind is asked. */
  function ask(kind, question, answer) {
    const fail = () => {
      worker?.terminate();
      worker = undefined;
      waiting.forEach((one) => one.answer({ failed: "broken" }));
    };
    waiting.set(kind, { id: (asked += 1), answer });
    try {
      if (!worker) {
        worker = new Worker(address(words.worker));
        worker.onmessage = ({ data }) => waiting.get(data.kind)?.id === data.id && waiting.get(data.kind).answer(data);
        worker.onerror = (event) => {
          event.preventDefault();
          fail();
        };
        const more = globalThis.vitrineRecords?.addresses;
        worker.postMessage({ directory: address(words.directory), inflate: address(words.inflate), ...more });
      }
      worker.postMessage({ ...question, id: asked, kind });
    } catch {
      fail();
    }
  }

  function make(name, className, ...content) {
    const element = document.createElement(name);
    if (className) element.className = className;
    // What the page's language borrows from English has a sign before it.
    if (content[0]?.[0] === "\u2063") {
      [element.lang, element.dir] = ["en", "auto"];
      content[0] = content[0].slice(1);
    }
    element.append(...content);
    return element;
  }

  /** Fills an element with words of which every second one was looked for. */
  function mark(element, parts, language) {
    element.replaceChildren(...parts.map((part, place) => (place % 2 ? make("mark", "", part) : part)));
    element.dir = "auto";
    if (language) element.lang = language;
  }

  function offer(form, order) {
    const field = form.elements.namedItem("q");
    const list = make("div", "suggestions");
    list.id = `_suggestions-${order}`;
    list.hidden = true;
    let active = -1;
    let pause;

    const say = (name, value) => field.setAttribute(`aria-${name}`, value);
    field.setAttribute("role", "combobox");
    say("autocomplete", "list");
    say("controls", list.id);
    say("expanded", false);
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.label);
    field.after(list);

    function show(open) {
      list.hidden = !open;
      say("expanded", open);
      move(-1);
    }

    function move(place) {
      list.children[active]?.setAttribute("aria-selected", false);
      active = place;
      const option = list.children[place];
      say("activedescendant", option?.id ?? "");
      option?.setAttribute("aria-selected", true);
      option?.scrollIntoView({ block: "nearest" });
    }

    function option({ kind, key, count, parts, language }, place) {
      const label = make("span");
      mark(label, parts, language);
      const about = [words[kind], count && numbers.format(count)].filter(Boolean).join(" · ");
      const link = make("a", "", label, " ", make("small", "", about));
      link.id = `${list.id}-${place}`;
      link.href = new URL(`../${kind}/${key}/`, form.action).href;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", false);
      return link;
    }

    function look() {
      const text = field.value;
      if (text.trim().length < 2) {
        show(false);
        return;
      }
      ask("suggest", { text }, ({ suggestions = [] }) => {
        if (field.value !== text || document.activeElement !== field) return;
        list.replaceChildren(...suggestions.map(option));
        show(suggestions.length > 0);
      });
    }

    const close = () => {
      clearTimeout(pause);
      waiting.delete("suggest");
      show(false);
    };

    field.addEventListener("focus", () => ask("ready", {}, () => {}), { once: true });
    field.addEventListener("input", ({ isComposing }) => {
      clearTimeout(pause);
      if (!isComposing) pause = setTimeout(look, PAUSE);
    });
    field.addEventListener("keydown", (event) => {
      const { key, isComposing, altKey } = event;
      if (isComposing) return;
      const size = list.children.length;
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (step && size) {
        if (list.hidden) show(true);
        if (!altKey) move(((active + 1 + step + size + 1) % (size + 1)) - 1);
      } else if (key === "Escape" && !list.hidden) {
        close();
        // What else Escape does is for the next time.
        event.stopImmediatePropagation();
      } else if (key === "Enter" && active >= 0) {
        list.children[active].click();
      } else {
        return;
      }
      event.preventDefault();
    });
    form.addEventListener("submit", close);
    field.addEventListener("blur", close);
    // The focus stays in the field until the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  if (window.Worker) document.querySelectorAll("form[role=search]:not([data-only])").forEach(offer);
  return { ask, locales, make, mark, numbers };
})();
