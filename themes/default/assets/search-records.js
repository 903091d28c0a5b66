/*
 * What the search has beside datasets: the records of content types, of which generator/search/records.py makes an index
 * of their own. Where there are any, pages have this script, which tells search-suggest.js where and search.js how a
 * record looks; the worker runs it to ask both indexes as if they were one, datasets first.
 *
 *   store = await vitrineRecords.join(store of the datasets, {records, label}, options of vitrineStore.open)
 *   store.view(question)   what a question is asked of: the datasets, the records, or both
 *   store.rank(results)    the results of both, in the order in which they are shown
 *
 * A record's number is its own in its index, after those of all datasets.
 */
globalThis.vitrineRecords = (() => {
  "use strict";

  // ---------------------------------------------------------------- in the worker

  /** How much of the question is there: all in the title, all, two thirds, less, hardly any. */
  const band = ({ titled, weak, coverage }) => (titled > 0.99 ? 4 : weak ? 0 : Math.floor((coverage + 0.01) * 3));

  const both = (one, other) => [...new Set([...one, ...other])];

  class Joined {
    #joined = new Map();

    constructor(datasets, records, label) {
      Object.assign(this, { datasets, records, label });
    }

    get #first() {
      return this.datasets.settings.documents;
    }

    get #stores() {
      return [this.datasets, this.records];
    }

    get settings() {
      const { documents, names } = this.records.settings;
      const { settings } = this.datasets;
      return { ...settings, documents: settings.documents + documents, names: { ...names, ...settings.names } };
    }

    get generation() {
      return this.#stores.map(({ generation }) => generation).join(" ");
    }

    /** Without words and without a kind, a search is through the datasets. */
    view({ text, picked, only }) {
      return only ? this.records : text.trim() || picked.kind ? this : this.datasets;
    }

    /** In the order of each, datasets first: a record comes before a dataset in which less of the question is. */
    rank(results) {
      const datasets = results.filter(({ ref }) => ref < this.#first);
      const records = results.filter(({ ref }) => ref >= this.#first);
      const found = [];
      let next = 0;
      for (const dataset of datasets) {
        while (next < records.length && band(records[next]) > band(dataset)) found.push(records[next++]);
        found.push(dataset);
      }
      return found.concat(records.slice(next));
    }

    async index(query) {
      const [first, second] = await this.#all("index", query);
      const after = ({ ref, score, matchData }) => ({ ref: Number(ref) + this.#first, score, matchData });
      return {
        generation: `${first.generation} ${second.generation}`,
        query: (build) => [...first.query(build), ...second.query(build).map(after)],
      };
    }

    #all(name, ...asked) {
      return Promise.all(this.#stores.map((store) => store[name](...asked)));
    }

    async frequency(term) {
      const [first, second] = await this.#all("frequency", term);
      return first + second;
    }

    async beside(term) {
      return both(...(await this.#all("beside", term)));
    }

    async begins(start) {
      return (await this.#all("begins", start)).some(Boolean);
    }

    bytes(start) {
      return this.datasets.bytes(start) + this.records.bytes(start);
    }

    async vocabulary() {
      const counts = new Map();
      for (const { words, frequencies } of await this.#all("vocabulary")) {
        words.forEach((word, place) => counts.set(word, (counts.get(word) ?? 0) + frequencies[place]));
      }
      const words = [...counts.keys()].sort();
      return { words, frequencies: words.map((word) => counts.get(word)) };
    }

    async json(name, choose) {
      const [first = [], second = []] = await this.#all("json", name, choose);
      return both(first, second);
    }

    stubs = (...asked) => this.#rows("stubs", ...asked);
    excerpts = (...asked) => this.#rows("excerpts", ...asked);
    rests = (...asked) => this.#rows("rests", ...asked);

    async #rows(kind, documents, generation = this.generation) {
      const [first, second] = generation.split(" ");
      const size = this.#first;
      const [datasets, records] = await Promise.all([
        this.datasets[kind](documents.filter((number) => number < size), first),
        this.records[kind](documents.filter((number) => number >= size).map((number) => number - size), second),
      ]);
      return documents.map((number) => (number < size ? datasets : records).shift());
    }

    async columns(name, decode) {
      const [first, second] = await this.#all("columns", name, decode);
      if (!first && !second) return undefined;
      const kept = this.#joined.get(name);
      if (kept && kept.first === first && kept.second === second) return kept.value;
      const value = name.startsWith("order-") ? this.#order(first, second) : this.#facet(name, first, second);
      this.#joined.set(name, { first, second, value });
      return value;
    }

    #order(first, second) {
      return first.concat(second.map((place) => place + this.#first));
    }

    #facet(name, first, second) {
      const all = [{ value: "dataset", label: this.label }];
      const every = { sets: [[0]], rows: all, allow: (selected) => [selected.includes("dataset")] };
      const none = { sets: [[]], rows: [], allow: () => [false] };
      const held = [first ?? (name === "facet-kind" ? every : none), second ?? none];
      const sizes = this.#stores.map(({ settings }) => settings.documents);
      // Areas are of datasets alone, and each stands by itself.
      if (!held[0].rows) {
        const { codes, sets, allow } = held[0];
        const nowhere = Array(sizes[1]).fill([]);
        return {
          codes: new Uint32Array(codes.length + sizes[1]).map((_, place) => place),
          sets: [...sets, ...nowhere],
          allow: (bounds) => [...allow(bounds), ...nowhere.map(() => false)],
        };
      }
      const codes = new Uint32Array(sizes[0] + sizes[1]);
      codes.set(held[0].codes ?? new Uint32Array(sizes[0]));
      codes.set((held[1].codes ?? new Uint32Array(sizes[1])).map((code) => code + held[0].sets.length), sizes[0]);
      const allow = (selected) => held.flatMap((one) => one.allow(selected));
      const rows = [...held[0].rows];
      const places = held[1].rows.map((row) => {
        const at = rows.findIndex(({ value }) => value === row.value);
        return at < 0 ? rows.push(row) - 1 : at;
      });
      return { codes, sets: [...held[0].sets, ...held[1].sets.map((set) => set.map((at) => places[at]))], rows, allow };
    }
  }

  async function join(datasets, { records, label }, options) {
    return new Joined(datasets, await vitrineStore.open(records, options), label);
  }

  if (!globalThis.document) return { join };

  // ---------------------------------------------------------------- on the page

  const script = document.currentScript;
  const address = (relative) => new URL(relative, document.baseURI).href;

  const alone = document.querySelector("form[data-only]");

  /** A result that is no dataset: it leads elsewhere, says what it is among others, and has no formats. */
  function dress(item, { id, kind }, home) {
    if (!kind) return;
    const [called, bare] = kind;
    const { make } = globalThis.vitrineSearch;
    if (bare) item.querySelector(".card-excerpt").remove();
    item.querySelector("a").href = new URL(id, home).href;
    if (!alone) item.querySelector(".card-by").prepend(make("span", "category", called), " ");
    item.querySelector("time")?.previousSibling.remove();
    item.querySelector(".formats")?.removeAttribute("aria-label");
  }

  const { directory, label } = script.dataset;
  return { dress, addresses: { script: script.src, records: address(directory), label } };
})();
