/*
 * The search index in pieces: fetches those that a query needs and makes of them a lunr index that answers the query as
 * the whole index would, to the last bit. No DOM: the worker, the tests and `vitrine search` run this same file.
 * generator/search writes the pieces; shards.py and stubs.py say what is in them.
 *
 *   const store = await vitrineStore.open(address of directory.bin, { lunr, fetch, inflate });   // the global ones by default
 *   const index = await store.index(query);               // a lunr.Query
 *   const found = index.query((q) => query.clauses.forEach((clause) => q.clause({ ...clause })));
 *   const stubs = await store.stubs(found.slice(0, 20).map(({ ref }) => ref), index.generation);
 *
 * `inflate` is for browsers without DecompressionStream: () → a function from compressed to plain bytes, or a promise
 * of it. Whatever fails rejects with an Error whose `kind` is
 *
 *   offline   the host did not answer: try again
 *   missing   it has no such file, nor does its directory, read anew, name another
 *   broken    the file came cut short or is none of ours
 *   stale     the catalogue was published anew, and documents have other numbers: ask the question again
 */
globalThis.vitrineStore = (() => {
  "use strict";

  const FORMAT = 1;
  /** lunr's own values of BM25's two parameters, as in generator/search/postings.py. */
  const [K1, B] = [1.2, 0.75];
  /** Decoded bytes to keep. */
  const MEMORY = 16e6;
  /** After every term that begins as the text before it. */
  const END = "\uFFFF";

  const failure = (kind, address, cause) =>
    Object.assign(new Error(`${address}: ${kind}`, { cause }), { kind });

  // ---------------------------------------------------------------- files

  /** The columns of a file. It is asked for twice when it comes broken, the second time past the browser's cache. */
  async function read(address, options, cache) {
    try {
      return await unpack(await download(address, options.fetch, cache), address, options.inflate);
    } catch (error) {
      if (error.kind !== "broken" || cache === "reload") throw error;
      return read(address, options, "reload");
    }
  }

  async function download(address, fetch, cache) {
    let status;
    try {
      const response = await fetch(address, { cache });
      status = response.status;
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw failure("offline", address, error);
    }
    throw failure(status === 404 || status === 410 ? "missing" : "offline", address, status);
  }

  /** Whatever the host did to the file is undone: it may have compressed it once more, or have decompressed it. */
  async function unpack(bytes, address, inflate) {
    for (let depth = 0; depth < 4; depth++) {
      const [first, second] = bytes;
      if (first === 0x56) return split(bytes, address);
      // A host that has a page for what it has not.
      if (first === 0x3c) throw failure("missing", address);
      const format = first === 0x1f && second === 0x8b ? "gzip" : first === 0x78 ? "deflate" : "";
      if (!format) break;
      try {
        bytes = await decompress(bytes, format, inflate);
      } catch (error) {
        throw failure("broken", address, error);
      }
    }
    throw failure("broken", address);
  }

  async function decompress(bytes, format, inflate) {
    if (!globalThis.DecompressionStream) {
      const plain = (await inflate())(bytes);
      if (!plain) throw new Error("cut short");
      return plain;
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  function split(bytes, address) {
    let at = 1;
    const next = () => {
      const byte = bytes[at++];
      return byte > 127 ? byte - 128 + 128 * next() : byte;
    };
    const lengths = Array.from({ length: next() }, next);
    const columns = lengths.map((length) => bytes.subarray(at, (at += length)));
    if (at !== bytes.length) throw failure("broken", address);
    return columns;
  }

  /** The numbers of a column. */
  function numbers(column) {
    const found = new Uint32Array(column.length);
    let count = 0;
    let number = 0;
    let shift = 1;
    for (const byte of column) {
      number += (byte & 127) * shift;
      shift *= 128;
      if (byte > 127) continue;
      found[count++] = number;
      number = 0;
      shift = 1;
    }
    return found.slice(0, count);
  }

  const text = (column) => new TextDecoder().decode(column);

  /** Sorted words, and how much each shares with the one before. */
  function wordsOf(first, rest) {
    const shared = numbers(first);
    let before = "";
    const words = shared.length ? text(rest).split("\n") : [];
    return { shared, words: words.map((end, place) => (before = before.slice(0, shared[place]) + end)) };
  }

  // ---------------------------------------------------------------- terms

  /** The place of the last of sorted texts that is not after this one. */
  function lastUpTo(texts, wanted) {
    let [low, high] = [0, texts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (texts[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /**
   * A file of terms. `spans` has, for each term, the fields that have it: [field, where its documents start in the file,
   * where they end, where their lengths start among the field's].
   */
  function decodeShard([first, rest, ...columns], fields) {
    const { shared, words } = wordsOf(first, rest);
    const [masks, places, counts, documents, times, exceptions, ...lengths] = columns.map(numbers);
    let [pair, at] = [0, 0];
    const used = fields.map(() => 0);
    const spans = Array.from(masks, (mask) => {
      const found = [];
      for (let field = 0; mask >> field; field++) {
        if (!((mask >> field) & 1)) continue;
        const end = at + counts[pair++] + 1;
        found.push([field, at, end, used[field]]);
        used[field] += end - at;
        while (++at < end) documents[at] += documents[at - 1] + 1;
      }
      return found;
    });
    const known = new Map();
    for (let one = 0; one < exceptions.length; one += 6) {
      known.set(exceptions.subarray(one, one + 5).join(), exceptions[one + 5] / 1000);
    }
    const size = 4 * (documents.length * 3 + words.length * 60);
    return { shared, words, places, documents, times, lengths, spans, known, size };
  }

  /** The places of the sorted words that a token set of lunr's takes; what words share is looked at once. */
  function matching(set, { words, shared }) {
    const found = [];
    const reached = [[set]];
    words.forEach((word, place) => {
      if (shared[place] >= reached.length) return;
      reached.length = shared[place] + 1;
      for (let at = shared[place]; at < word.length; at++) {
        const next = new Set();
        for (const { edges } of reached[at]) {
          if (edges[word[at]]) next.add(edges[word[at]]);
          if (edges["*"]) next.add(edges["*"]);
        }
        if (!next.size) return;
        reached.push([...next]);
      }
      if (reached[word.length].some(({ final }) => final)) found.push(place);
    });
    return found;
  }

  // ---------------------------------------------------------------- the store

  class Store {
    #address;
    #options;
    #state;
    #reloading;
    #kept = new Map();
    #size = 0;

    constructor(address, options) {
      this.#address = address;
      this.#options = options;
    }

    async load() {
      const [header, first, rest] = await read(this.#address, this.#options, "no-cache");
      const settings = JSON.parse(text(header));
      if (settings.format !== FORMAT) throw failure("stale", this.#address, settings.format);
      const fields = Object.entries(settings.fields).map(([name, [boost, length]]) => ({
        name,
        boost,
        average: settings.documents ? length / settings.documents : 0,
      }));
      settings.fields = Object.keys(settings.fields);
      settings.stemmer &&= new URL(settings.stemmer, this.#address).href;
      this.#state = { settings, fields, starts: wordsOf(first, rest).words, generation: settings.names.stubs };
      return this;
    }

    /** What the directory says: language, documents (how many), fields (their names), stemmer (its address) … */
    get settings() {
      return this.#state.settings;
    }

    /** While it stays, documents keep their numbers. */
    get generation() {
      return this.#state.generation;
    }

    /** A lunr index that answers this query as the whole one would. What the clauses of the query need must be registered. */
    index(query) {
      return this.#attempt(async (state) => {
        const found = new Map();
        await Promise.all(query.clauses.map((clause) => this.#find(state, clause, found)));
        return this.#assemble(state, query, [...found.values()]);
      });
    }

    /** In how many documents a term is; 0 for one that is in none. */
    frequency(term) {
      return this.#attempt(async (state) => {
        const number = lastUpTo(state.starts, term);
        if (number < 0) return 0;
        const shard = await this.#shard(state, number);
        const place = lastUpTo(shard.words, term);
        if (shard.words[place] !== term) return 0;
        return new Set(shard.spans[place].flatMap(([, from, end]) => [...shard.documents.subarray(from, end)])).size;
      });
    }

    /** The terms that stand in one file with a term: most that begin as it does, for no byte more. */
    beside(term) {
      return this.#attempt(async (state) => (await this.#shard(state, Math.max(0, lastUpTo(state.starts, term)))).words);
    }

    /** Whether any term starts so. */
    begins(start) {
      return this.#attempt(async (state) => {
        // They stand at the end of the first file, or at the start of the next one.
        const [from, to] = this.#range(state, start, start + END);
        for (const number of [from, from + 1]) {
          if (number > to) return false;
          const { words } = await this.#shard(state, number);
          if (words.some((word) => word.startsWith(start))) return true;
        }
        return false;
      });
    }

    /** About how many bytes it takes to have all terms that start so. */
    bytes(start) {
      const { usual, heavy } = this.#state.settings;
      const [from, to] = this.#range(this.#state, start, start + END);
      let sum = 0;
      for (let number = from; number <= to; number++) sum += heavy[number] ?? usual;
      return sum;
    }

    /** All terms, sorted (`words`), and in how many documents each is (`frequencies`). */
    vocabulary() {
      return this.#attempt((state) => this.#vocabulary(state));
    }

    /** What results show, by document numbers of a generation, in their order; `languages` are title's and publisher's. */
    stubs(documents, generation = this.generation) {
      return this.#rows("stubs", documents, generation, ([column]) => {
        const [publishers, ids, titles, places, formats, dates, said, kinds] = JSON.parse(text(column));
        return ids.map((id, place) => ({
          id,
          title: titles[place],
          publisher: publishers[places[place]],
          formats: formats[place],
          modified: dates[place],
          languages: said?.[place] ?? [],
          kind: kinds?.[place],
        }));
      });
    }

    /** {text, language}: the language only where it is not the page's. */
    excerpts(documents, generation = this.generation) {
      return this.#rows("excerpts", documents, generation, ([column]) =>
        JSON.parse(text(column)).map(([excerpt = "", language]) => ({ text: excerpt, language })),
      );
    }

    /** {text}: what else is indexed of a document; its first line goes on where the excerpt was cut. */
    rests(documents, generation = this.generation) {
      return this.#rows("rests", documents, generation, ([column]) => JSON.parse(text(column)).map((rest) => ({ text: rest })));
    }

    /** What `decode` makes of the columns of a file that the directory names; undefined when it names none. */
    columns(name, decode) {
      return this.#attempt((state) => {
        const file = state.settings.names[name];
        return file && this.#file(file, decode);
      });
    }

    /** The JSON in a file of the series that the directory names; `choose` tells which one, of how many. */
    json(name, choose) {
      return this.#attempt(({ settings: { names, files } }) =>
        files[name] && this.#file(`${names[name]}/${choose(files[name])}.bin`, ([column]) => JSON.parse(text(column))),
      );
    }

    // -------------------------------------------------------------- finding terms

    /** Adds to `found` each term that the clause stands for, with its place. */
    async #find(state, clause, found) {
      const { lunr } = this.#options;
      const terms = clause.usePipeline
        ? lunr.Pipeline.load(state.settings.pipeline).runString(clause.term, { fields: clause.fields })
        : [clause.term];
      await Promise.all(
        terms.map(async (term) => {
          const fuzzy = "editDistance" in clause;
          const star = fuzzy ? 0 : term.indexOf("*");
          const start = star < 0 ? term : term.slice(0, star);
          const end = star < 0 ? term : start + END;
          const set = lunr.TokenSet.fromClause({ ...clause, term });
          const [from, to] = this.#range(state, start, end);
          const numbers = new Set();
          if (from < to && (fuzzy || star < term.length - 1)) {
            const vocabulary = await this.#vocabulary(state);
            const meant = matching(set, vocabulary).map((place) => vocabulary.words[place]);
            meant.forEach((word) => numbers.add(lastUpTo(state.starts, word)));
          } else {
            for (let number = from; number <= to; number++) numbers.add(number);
          }
          await Promise.all(
            [...numbers].map(async (number) => {
              const shard = await this.#shard(state, number);
              for (const place of matching(set, shard)) found.set(shard.words[place], { shard, place });
            }),
          );
        }),
      );
    }

    /** The first and the last file that may have terms between two texts; an empty range is [0, -1]. */
    #range({ starts }, start, end) {
      return [Math.max(0, lastUpTo(starts, start)), lastUpTo(starts, end)];
    }

    #shard(state, number) {
      return this.#file(`${state.settings.names.terms}/${number}.bin`, (columns) => decodeShard(columns, state.fields));
    }

    #vocabulary(state) {
      return this.#file(state.settings.names.vocabulary, ([first, rest, frequencies]) => {
        const { shared, words } = wordsOf(first, rest);
        return { shared, words, frequencies: numbers(frequencies), size: 60 * words.length };
      });
    }

    // -------------------------------------------------------------- assembling

    #assemble({ settings, fields, generation }, query, found) {
      const { lunr } = this.#options;
      const first = ({ spans, documents }, place) => Math.min(...spans[place].map(([, from]) => documents[from]));
      const rows = found.map(({ shard, place }) => ({ shard, place, first: first(shard, place), term: shard.words[place] }));
      // lunr sums in the order in which terms were first met.
      rows.sort((a, b) => a.first - b.first || a.shard.places[a.place] - b.shard.places[b.place]);
      const vectors = fields.map(() => new Map());
      const nothing = {};
      const postings = rows.map(({ shard, place, term }, number) => {
        const posting = { _index: number };
        for (const { name } of fields) posting[name] = {};
        for (const [field, documents, scores] of this.#scores(settings, fields, shard, place)) {
          const held = posting[fields[field].name];
          const column = vectors[field];
          documents.forEach((document, one) => {
            held[document] = nothing;
            const vector = column.get(document);
            if (vector) vector.push(number, scores[one]);
            else column.set(document, [number, scores[one]]);
          });
        }
        return [term, posting];
      });
      postings.sort(([a], [b]) => (a < b ? -1 : 1));
      const fieldVectors = [];
      if (query.isNegated()) {
        // Every document that is not prohibited is a result, in order.
        for (let document = 0; document < settings.documents; document++) {
          fieldVectors.push([`${fields[0].name}/${document}`, []]);
        }
      } else {
        vectors.forEach((column, field) => {
          column.forEach((vector, document) => fieldVectors.push([`${fields[field].name}/${document}`, vector]));
        });
      }
      const index = lunr.Index.load({
        version: lunr.version,
        fields: settings.fields,
        fieldVectors,
        invertedIndex: postings,
        pipeline: query.clauses.some(({ usePipeline }) => usePipeline) ? settings.pipeline : [],
      });
      return Object.assign(index, { generation });
    }

    /** For each field that has the term: the documents, and what it is worth in each, as lunr computes and rounds it. */
    *#scores({ documents: size, boosts }, fields, shard, place) {
      const spans = shard.spans[place];
      const total = spans.reduce((sum, [, from, end]) => sum + end - from, 0);
      const rarity = Math.log(1 + Math.abs((size - total + 0.5) / (total + 0.5)));
      for (const [field, from, end, within] of spans) {
        const { boost, average } = fields[field];
        const documents = shard.documents.subarray(from, end);
        const known = new Map();
        const scores = Array.from(documents, (_, one) => {
          const coded = shard.times[from + one];
          const length = shard.lengths[field][within + one] + 1;
          const key = coded * 0x1000000 + length;
          if (!known.has(key)) {
            const level = coded % boosts.length;
            const often = (coded - level) / boosts.length + 1;
            const norm = K1 * (1 - B + B * (length / average));
            const score = ((rarity * ((K1 + 1) * often)) / (norm + often)) * boost * boosts[level];
            const exception = shard.known.get([place, field, level, length, often].join());
            known.set(key, exception ?? Math.round(score * 1000) / 1000);
          }
          return known.get(key);
        });
        yield [field, documents, scores];
      }
    }

    // -------------------------------------------------------------- fetching

    async #rows(kind, documents, generation, decode) {
      return this.#attempt(async (state) => {
        if (state.generation !== generation) throw failure("stale", this.#address);
        const { names, chunk } = state.settings;
        const rows = documents.map(async (document) => {
          const name = `${names[kind]}/${Math.floor(document / chunk)}.bin`;
          return (await this.#file(name, decode))[document % chunk];
        });
        return Promise.all(rows);
      });
    }

    /** Does it again with a fresh directory when a file is missing: the catalogue may have been published anew. */
    async #attempt(work) {
      const state = this.#state;
      try {
        return await work(state);
      } catch (error) {
        if (error.kind !== "missing") throw error;
        if (this.#state === state) {
          this.#reloading ??= this.load().finally(() => (this.#reloading = undefined));
          await this.#reloading;
        }
        if (JSON.stringify(this.#state.settings.names) === JSON.stringify(state.settings.names)) throw error;
        return work(this.#state);
      }
    }

    /** A decoded file; the ones that were not asked for lately are forgotten. */
    #file(name, decode) {
      const kept = this.#kept.get(name);
      this.#kept.delete(name);
      const entry = kept ?? { size: 0, value: this.#fetch(name, decode) };
      this.#kept.set(name, entry);
      if (!kept) {
        entry.value.then(
          (value) => {
            if (this.#kept.get(name) !== entry) return;
            entry.size = value.size ?? 2000;
            this.#size += entry.size;
            this.#forget();
          },
          () => this.#kept.get(name) === entry && this.#kept.delete(name),
        );
      }
      return entry.value;
    }

    async #fetch(name, decode) {
      const address = new URL(name, this.#address).href;
      const columns = await read(address, this.#options);
      try {
        return decode(columns);
      } catch (error) {
        throw failure("broken", address, error);
      }
    }

    #forget() {
      for (const [name, { size }] of this.#kept) {
        if (this.#size <= MEMORY || !size) return;
        this.#kept.delete(name);
        this.#size -= size;
      }
    }
  }

  const open = (address, options) => new Store(address, { lunr: globalThis.lunr, fetch: (...all) => fetch(...all), ...options }).load();

  return { open };
})();
