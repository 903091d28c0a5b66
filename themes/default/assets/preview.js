/*
 * Improves previews: sorts and filters the rows shown, moves and scales maps.
 */
(() => {
  "use strict";

  const make = (name, attributes = {}, text = "") => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  /** Words of the program; those that the page's language borrows from English have a sign before them. */
  const tell = (element, text) => {
    if (text.startsWith("\u2063")) [element.lang, element.dir] = ["en", "auto"];
    element.textContent = text.replace("\u2063", "");
    return element;
  };

  // ---------------------------------------------------------------- tables

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const number = (cell) => {
    const text = cell.dataset.value ?? cell.textContent;
    return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
  };

  function sorting(table) {
    const body = table.tBodies[0];
    const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const figures = head.classList.contains("figure");
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const value = (row) => (figures ? number(row.cells[place]) : row.cells[place].textContent || null);
        const order = (a, b) => (figures ? a - b : compare(a, b)) * (down ? -1 : 1);
        const rows = [...body.rows].map((row) => [value(row), row]);
        // What is missing comes last, whichever the order.
        rows.sort(([a], [b]) => (a === null) - (b === null) || (a === null ? 0 : order(a, b)));
        body.append(...rows.map(([, row]) => row));
      });
    });
  }

  function filtering(region) {
    const rows = [...region.querySelectorAll("tbody tr")];
    if (rows.length < 8) return;
    const line = make("p", { class: "preview-filter" });
    const label = tell(make("label"), region.dataset.filter);
    const field = make("input", { type: "search", autocomplete: "off", id: `${region.getAttribute("aria-labelledby")}-filter` });
    const left = make("span", { class: "note", role: "status" });
    label.htmlFor = field.id;
    line.append(label, field, left);
    region.before(line);
    // A number is found as it is shown and as the file has it.
    const said = (cell) => `${cell.innerText} ${cell.dataset.value ?? ""}`;
    const texts = rows.map((row) => fold([...row.cells].map(said).join(" ")));
    field.addEventListener("input", () => {
      const words = fold(field.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, place) => {
        row.hidden = !words.every((word) => texts[place].includes(word));
        shown += !row.hidden;
      });
      tell(left, words.length ? region.dataset.left.replace("{shown}", shown).replace("{total}", rows.length) : "");
    });
  }

  for (const region of document.querySelectorAll(".preview-rows[data-filter]")) {
    sorting(region.querySelector("table"));
    filtering(region);
  }

  /** Says of a table that is wider than its window that there is more of it. */
  const width = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      target.parentElement.querySelector(".scroll-hint").hidden = target.scrollWidth <= target.clientWidth;
    }
  });
  for (const hint of document.querySelectorAll(".scroll-hint")) width.observe(hint.parentElement.querySelector(".preview-rows"));

  // ---------------------------------------------------------------- maps

  function moving(figure) {
    const svg = figure.querySelector("svg");
    const { width, height } = svg.viewBox.baseVal;
    let [x, y, wide] = [0, 0, width];
    const pane = make("div", { class: "map-window", role: "group", tabindex: 0, "aria-label": figure.dataset.keys });
    const tools = make("div", { class: "map-tools" });
    svg.before(pane);
    pane.append(svg, tools);

    const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
    const draw = () => {
      const high = (wide * height) / width;
      x = clamp(x, -width, 2 * width - wide);
      y = clamp(y, -height, 2 * height - high);
      svg.setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
      svg.style.setProperty("--zoom", width / wide);
    };
    const move = (across, down) => {
      x += across * wide;
      y += (down * wide * height) / width;
      draw();
    };
    const scale = (factor, atX = 0.5, atY = 0.5) => {
      const now = clamp(wide * factor, width / 32, width * 2);
      x += (wide - now) * atX;
      y += ((wide - now) * atY * height) / width;
      wide = now;
      draw();
    };
    const deeds = {
      zoomIn: ["+", () => scale(1 / 1.6)],
      north: ["↑", () => move(0, -0.25)],
      zoomOut: ["−", () => scale(1.6)],
      west: ["←", () => move(-0.25, 0)],
      reset: ["○", () => (([x, y, wide] = [0, 0, width]), draw())],
      east: ["→", () => move(0.25, 0)],
      south: ["↓", () => move(0, 0.25)],
    };
    for (const [name, [sign, deed]] of Object.entries(deeds)) {
      if (name === "south") tools.append(make("span"));
      const button = make("button", { type: "button", "aria-label": figure.dataset[name], title: figure.dataset[name] }, sign);
      button.addEventListener("click", deed);
      tools.append(button);
    }

    const keys = {
      "+": "zoomIn",
      "=": "zoomIn",
      "-": "zoomOut",
      0: "reset",
      ArrowLeft: "west",
      ArrowRight: "east",
      ArrowUp: "north",
      ArrowDown: "south",
    };
    pane.addEventListener("keydown", (event) => {
      const name = keys[event.key];
      if (!name || event.target !== pane || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      deeds[name][1]();
    });

    const pointers = new Map();
    const spot = (event) => {
      const box = svg.getBoundingClientRect();
      return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    };
    svg.addEventListener("pointerdown", (event) => {
      pointers.set(event.pointerId, spot(event));
      svg.setPointerCapture(event.pointerId);
    });
    svg.addEventListener("pointermove", (event) => {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = spot(event);
      move((before[0] - now[0]) / pointers.size, (before[1] - now[1]) / pointers.size);
      pointers.set(event.pointerId, now);
    });
    for (const name of ["pointerup", "pointercancel"]) {
      svg.addEventListener(name, (event) => pointers.delete(event.pointerId));
    }
    // The wheel alone scrolls the page, as everywhere else.
    svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        scale(1.002 ** event.deltaY, ...spot(event));
      },
      { passive: false },
    );
  }

  document.querySelectorAll("figure.map").forEach(moving);
})();
