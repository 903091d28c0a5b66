/*
 * The search itself, beside the page: search-store.js fetches the index, search-query.js understands the reader,
 * search-facets.js narrows; theme.py publishes them and lunr in front of this file, in one. Built from what generator/search
 * writes; search-suggest.js speaks to it.
 *
 *   in   {directory, inflate}                                  addresses, first; search-records.js has more
 *   in   {id, kind: "ready"}                                   the reader is about to type
 *   in   {id, kind: "suggest", text}
 *   out  {id, kind, suggestions}
 *   in   {id, kind: "search", text, picked, sort, first, count, only}  `only` a content type whose records are searched
 *   out  {id, kind, total, every, close, results, labels, correction, offer}  `every` is the total without narrowing,
 *                                                               `close` how many come before weak ones, `offer` a
 *                                                               correction that was not made
 *   out  {id, kind, passages}
 *   in   {id, kind: "tally", text, picked, late}                what to count later, as it costs more
 *   out  {id, kind, facets}                                     or, to any, {id, kind, failed}
 */
(() => {
  "use strict";

  const MOST_SUGGESTED = 7;
  const MOST_OF_A_KIND = { keyword: 3, publisher: 2 };
  const KINDS = ["dataset", "keyword", "publisher"];
  const WORD = /([\p{L}\p{N}\p{Mn}\p{Mc}]+)/u;
  const LONGEST_PASSAGE = 240;
  const BEFORE = 40;

  let addresses;
  let opening;
  const latest = {};

  /** Everything that a question needs; what failed is tried again with the next one. */
  function open() {
    opening ??= load().catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  async function load() {
    const inflate = () => {
      if (!globalThis.pako) importScripts(addresses.inflate);
      return pako.inflate;
    };
    const store = await vitrineStore.open(addresses.directory, { inflate });
    const { analysis, stemmer } = store.settings;
    const analyzer = vitrineAnalysis.analyzer(analysis, vitrineAnalysis.stemmers(analysis, () => importScripts(stemmer)));
    if (!addresses.records) return { store, analyzer };
    importScripts(addresses.script);
    return { store: await vitrineRecords.join(store, addresses, { inflate }), analyzer };
  }

  /** A text in parts, every second one a word that `test` takes. */
  function mark(text, test) {
    const parts = [""];
    text.split(WORD).forEach((part, place) => {
      const found = place % 2 === 1 && test(part);
      // Even many parts are outside, odd ones inside.
      if (found === (parts.length % 2 === 0)) parts[parts.length - 1] += part;
      else parts.push(part);
    });
    return parts;
  }

  // ---------------------------------------------------------------- suggestions

  const FIRST = "suggestions.json";
  const files = new Map();

  function file(name) {
    if (!files.has(name)) {
      const read = fetch(new URL(name, addresses.directory)).then((response) => response.json());
      files.set(name, read);
      // After a new publication the names are others.
      read.catch(() => files.clear());
    }
    return files.get(name);
  }

  /** What is kept below a text: suggestions.py says how. */
  async function below(text) {
    let node = await file(FIRST);
    for (;;) {
      const { n: following } = node;
      let at = following.length - 2;
      while (at >= 0 && following[at] > text) at -= 2;
      if (at < 0 || following[at + 2]?.startsWith(text)) return node.s;
      node = await file(following[at + 1]);
    }
  }

  /** What a first suggestion needs, all at once. */
  const ready = () => Promise.all([file(FIRST), open()]);

  async function suggest({ text }, post) {
    const [, { analyzer: { tokens, elisions } }] = await ready();
    const typed = tokens(text);
    if (typed[1] && elisions.includes(typed.at(-1))) typed.pop();
    const phrase = typed.join(" ");
    const begins = (word) => typed.some((one) => word.startsWith(one));
    const meant = (words) => typed.every((one) => words.some((word) => word.startsWith(one)));
    let found = [];
    for (const start of new Set([phrase, ...typed])) {
      if (start.length < 2) continue;
      found = (await below(start)).map((row) => ({ row, words: tokens(row[0]) })).filter(({ words }) => meant(words));
      if (found.length) break;
    }
    const late = ({ words }) => !words.join(" ").startsWith(phrase);
    const left = { ...MOST_OF_A_KIND };
    const suggestions = found
      .sort((a, b) => late(a) - late(b))
      .map(({ row: [label, kind, key, count, language] }) => {
        const parts = mark(label, (word) => tokens(word).some(begins));
        return { kind: KINDS[kind], key, count, language, parts };
      })
      .filter(({ kind }) => !(kind in left) || left[kind]-- > 0)
      .slice(0, MOST_SUGGESTED);
    post({ suggestions });
  }

  // ---------------------------------------------------------------- search

  let last = {};

  /** Stops work on a question when a newer one has come. */
  function goOn({ kind, id }) {
    if (latest[kind] !== id) throw new Error("late");
  }

  /** The documents that a text finds, the best first, which of them are weak, and how it was understood. */
  async function find({ store, analyzer }, question) {
    const { text } = question;
    goOn(question);
    if (last.text === text && last.generation === store.generation) return last;
    const plan = await vitrineQuery.plan(text, { lunr, store, analyzer });
    goOn(question);
    const { results, generation } = await plan.run();
    const weak = new Set(results.filter((one) => one.weak).map(({ ref }) => Number(ref)));
    const ranked = store.rank?.(results) ?? results;
    last = { text, generation, plan, weak, found: ranked.map(({ ref }) => Number(ref)) };
    return last;
  }

  /** What a question is about; `found` are all documents when it has no text. */
  async function understand(question) {
    const { text, picked, only } = question;
    const { store: whole, analyzer } = await open();
    const store = whole.view?.(question) ?? whole;
    const engine = { store, analyzer };
    const understood = text.trim()
      ? await find(engine, question)
      : { generation: store.generation, found: everyOf(store) };
    const selection = { ...picked };
    if (only) selection.kind = [only];
    if (picked.spatial) selection.spatial = picked.spatial[0].split(",").map(Number);
    return { ...engine, whole, ...understood, selection };
  }

  const everyOf = (store) => [...Array(store.settings.documents).keys()];

  async function search(question, post) {
    const { text, sort, first, count } = question;
    const { store, analyzer, generation, found, weak, plan, selection } = await understand(question);
    const columns = await columnsOf(store, Object.keys(selection));
    let numbers = vitrineFacets.filter(columns, found, selection);
    let close = weak?.has(numbers[0]) ? 0 : numbers.length;
    const local = !sort && !plan && columns.spatial && sizesOf(columns.spatial);
    for (const places of [await orderOf(store, sort || (plan ? "relevance" : "date")), local]) {
      if (!places) continue;
      // What is hardly about the question is not first because it is recent.
      const late = (number) => Number(weak?.has(number) ?? false);
      numbers = [...numbers].sort((a, b) => late(a) - late(b) || places[a] - places[b]);
      close = numbers.filter((number) => !late(number)).length;
    }
    const page = numbers.slice(first, first + count);

    const meant = plan ? patterns(plan.words) : () => false;
    const test = (word) => analyzer.tokens(word).some((token) => meant(token, analyzer.terms(token)[0]));
    const stubs = await store.stubs(page, generation);
    const [offer] = plan?.offers ?? [];
    post({
      total: numbers.length,
      every: found.length,
      close,
      results: stubs.map((stub) => ({ ...stub, parts: mark(stub.title || stub.id, test) })),
      labels: labelsOf(columns, selection),
      correction: plan?.corrections.length && numbers.length ? correct(text, plan.corrections, stubs, analyzer) : "",
      offer: offer ? correct(text, [offer], await example({ store, analyzer }, offer.to), analyzer) : "",
    });

    const excerpts = await store.excerpts(page, generation).catch((error) => {
      // Results may be read without what follows.
      if (error.kind === "stale") throw error;
      return [];
    });
    const passages = excerpts.map((excerpt, place) => ({
      id: stubs[place].id,
      parts: passage(excerpt.text, test),
      language: excerpt.language,
    }));
    post({ passages });
  }

  async function tally(question, post) {
    const { store, whole, generation, found, selection } = await understand(question);
    const names = facetNames(store).filter((name) => !question.late.includes(name) || name in question.picked);
    const columns = await columnsOf(store, names);
    if (store.generation !== generation) throw Object.assign(new Error(), { kind: "stale" });
    const facets = vitrineFacets.count(columns, found, selection);
    if (whole !== store) {
      const narrowing = await columnsOf(whole, ["kind", ...Object.keys(selection)]);
      facets.kind = vitrineFacets.count(narrowing, everyOf(whole), selection).kind;
    }
    post({ facets });
  }

  /** A test of words by the terms of a query, of which some have wildcards. */
  function patterns(terms) {
    const plain = new Set(terms);
    const open = terms.filter((term) => term.includes("*")).map((term) => new RegExp(`^${term.replaceAll("*", ".*")}$`, "u"));
    return (token, term) => plain.has(term) || open.some((pattern) => pattern.test(token));
  }

  /** Of a long text, where most of the words that were looked for stand together, marked. */
  function passage(text, test) {
    const starts = [];
    let at = 0;
    mark(text, test).forEach((part, place) => {
      if (place % 2) starts.push(at);
      at += part.length;
    });
    const met = (from) => starts.filter((start) => start >= from && start < from + LONGEST_PASSAGE - BEFORE).length;
    const best = starts.reduce((one, other) => (met(other) > met(one) ? other : one), starts[0]);
    const from = best > 2 * BEFORE ? text.lastIndexOf(" ", best - BEFORE) + 1 : 0;
    const to = Math.max(`${text} `.lastIndexOf(" ", from + LONGEST_PASSAGE), from + LONGEST_PASSAGE - BEFORE);
    return mark(`${from ? "… " : ""}${text.slice(from, to)}${to < text.length ? "…" : ""}`, test);
  }

  /** A few results of a word, in which its spelling is. */
  async function example({ store, analyzer }, word) {
    const { results, generation } = await (await vitrineQuery.plan(`${word} `, { lunr, store, analyzer })).run();
    return store.stubs(results.slice(0, MOST_SUGGESTED).map(({ ref }) => Number(ref)), generation);
  }

  /** The reader's text with what was understood instead, spelt as in the results' titles; a stem alone is no word. */
  function correct(text, corrections, stubs, { tokens, terms }) {
    const titles = stubs.flatMap(({ title }) => title.split(WORD));
    const words = text.split(WORD);
    for (const { from, to } of corrections) {
      const place = words.findIndex((word) => tokens(word).join("") === from);
      const spelt = to.split(" ").map((part) => titles.find((one) => terms(one)[0] === terms(part)[0])?.toLowerCase());
      if (place < 0 || !spelt.every(Boolean)) return "";
      const word = spelt.join(" ");
      // `lair` for `l’air`, where the language drops the letter.
      const elided = `${from[0]}’${word}`;
      words[place] = from === from[0] + tokens(elided) ? elided : word;
    }
    return words.join("").trim();
  }

  // ---------------------------------------------------------------- columns

  const facetNames = (store) =>
    Object.keys(store.settings.names).flatMap((name) => name.match(/^facet-(.*)/u)?.[1] ?? []);

  async function columnsOf(store, names) {
    const found = {};
    await Promise.all(
      names.map(async (name) => {
        const columns = await store.columns(`facet-${name}`, vitrineFacets.decode);
        if (columns) found[name] = columns;
      }),
    );
    return found;
  }

  /** What the selected values are called: [facet, value, label]. */
  function labelsOf(columns, selection) {
    return Object.entries(columns).flatMap(([name, { rows = [] }]) =>
      rows.filter(({ value }) => selection[name].includes(value)).map(({ value, label }) => [name, value, label]),
    );
  }

  /** Each document's place when they are sorted, the low bytes of all before the next ones; none by relevance. */
  const orderOf = (store, by) =>
    store.columns(`order-${by}`, (planes) =>
      Array.from(planes[0], (_, number) => planes.reduce((sum, plane, byte) => sum + plane[number] * 256 ** byte, 0)),
    );

  /** How large the area of each document is: what is about a place alone comes before what is about the country. */
  const sizesOf = ({ sets }) =>
    sets.map((boxes) => Math.min(...boxes.map(([_west, _south, width, height]) => width * height)));

  // ---------------------------------------------------------------- messages

  self.onmessage = async ({ data }) => {
    if (data.directory) {
      addresses = data;
      return;
    }
    const { id, kind } = data;
    latest[kind] = id;
    const post = (answer) => latest[kind] === id && self.postMessage({ ...answer, id, kind });
    try {
      const answer = { ready, suggest, search, tally }[kind];
      // A new publication gives documents other numbers.
      await answer(data, post).catch((error) => (error.kind === "stale" ? answer(data, post) : Promise.reject(error)));
    } catch (error) {
      post({ failed: error.kind ?? String(error) });
    }
  };
})();
