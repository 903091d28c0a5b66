/*
 * From what a reader types to a plain lunr query, and from lunr's answer to an order that people expect. No DOM and no
 * network: the worker, the tests and `vitrine search` run this same file.
 *
 *   const plan = await vitrineQuery.plan(text, { lunr, store, analyzer });   // vitrineStore's and vitrineAnalysis's
 *   const { results, generation } = await plan.run();
 *
 * A plan says what it did: `clauses`, `words` (terms to highlight, `parc*` for a start), `corrections` ({from, to}),
 * `offers` (the same, of which nothing was made), `expansions` ({from, to: [terms]}). A result is {ref, score, relevance,
 * coverage, titled, weak, matches}; when the first one is weak, nothing found is close to the question.
 */
globalThis.vitrineQuery = (() => {
  "use strict";

  /** Everything that weighs; the boosts of fields and of archived datasets are in the index, from documents.py. */
  const WEIGHTS = {
    // In lunr's query, beside the reader's own word.
    prefix: 0.1,
    quiet: 0.2,
    synonym: 0.8,
    corrected: 0.8,
    // How well a word counts as found when it is not itself what is found.
    near: 0.8,
    // score × coverage^coverage × (1 + title × share of the words in the title + keyword × share in the keywords
    coverage: 1.25,
    title: 2,
    keyword: 0.5,
    // + whole, when all words are in the title).
    whole: 0.5,
    // What differs by less than this share is equal: documents stand in the index by publisher, the most recent first.
    equal: 0.04,
    // With less of the question than this in it, a result is weak.
    weak: 0.4,
  };

  const LONGEST_TEXT = 600;
  const MOST_WORDS = 24;
  const MOST_CORRECTIONS = 6;
  const MOST_SYNONYMS = 8;
  const LONGEST_PHRASE = 4;
  // Bytes that the words with a common start may cost, when the start is a word itself and when it is none; and a term
  // that stands for a word of the catalogue.
  const DEAR = { known: 6000, unknown: 60000, synonym: 20000 };
  /** A search must stay one: beyond two edits a word is another word, and lunr's time explodes. */
  const MOST_EDITS = 2;
  const SHORTEST = { corrected: 4, twice: 8, stem: 4, part: 3, kin: 5 };
  /** A word in so few documents may be a slip there too, when one spelled nearly so is in so many times more. */
  const SLIP = { most: 2, times: 10 };
  /** The letters that an unfinished ending may have beyond its stem: `aménagem` stands for `aménag`. */
  const LONGEST_ENDING = 4;

  /** Words in quotation marks; a mark that nothing closes is none. */
  const QUOTED = /(?<!\S)["«“„]([^"«»“”„]+)["»“”](?![\p{L}\p{N}])/gu;
  /** When nothing is close, so many are shown: whoever reads on reads in vain. */
  const MOST_WEAK = 10;
  /** Of so many results, the best, the titles and the passages are read: each costs the reader bytes. */
  const MOST_READ = { exact: 12, quoted: 40 };

  /** What is written in lunr's syntax; what is not in it, such as `horaires:bus` or `bus^`, is plain words. */
  function parse(lunr, fields, text, tokens) {
    // A sign between spaces is a dash, not an operator.
    const written = text.replace(/(?<!\S)[+-]+(?!\S)/gu, " ");
    const query = new lunr.Query(fields);
    try {
      new lunr.QueryParser(written, query).parse();
    } catch {
      query.clauses = [];
      tokens(written).forEach((term) => query.term(term));
    }
    return query.clauses;
  }

  /** Each wildcard more multiplies the ways through the index: what follows the last one stands for anything. */
  const MOST_WILDCARDS = 3;

  /** A term with wildcards, folded as the index is. Where its words were parted, a wildcard stands. */
  const wildcards = (term, tokens) => {
    const parts = term.split("*").map((text) => tokens(text).join("*"));
    const pattern = parts.join("*").replace(/\*+/gu, "*").split("*");
    return [...pattern.slice(0, MOST_WILDCARDS), pattern.slice(MOST_WILDCARDS).length > 1 ? "" : pattern[MOST_WILDCARDS]]
      .filter((part) => part !== undefined)
      .join("*");
  };

  /** How many letters to add, drop, change or exchange with the next to make one word of the other, up to a limit. */
  function edits(a, b, limit) {
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let [older, old, row] = [[], [], Array.from({ length: b.length + 1 }, (_, column) => column)];
    for (let i = 1; i <= a.length; i++) {
      [older, old, row] = [old, row, [i]];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] !== b[j - 1]));
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      if (Math.min(...row) > limit) return limit + 1;
    }
    return row[b.length];
  }

  const single = (word) => word.replace(/(.)\1+/gu, "$1");

  /** In which file, of so many, the synonyms are of the phrases that begin with a term; synonyms.py has it too. */
  function part(term, count) {
    let number = 0;
    for (let at = 0; at < term.length; at++) number = (number * 31 + term.charCodeAt(at)) % count;
    return number;
  }

  /** Lines `a|b c>d|e` as a map from a phrase to what it also stands for; to nothing when it says little. */
  function meanings(lines = []) {
    const found = new Map();
    for (const line of lines) {
      const [from, to] = line.split(">").map((side) => side.split("|").filter(Boolean));
      for (const phrase of from) {
        found.set(phrase, [...(found.get(phrase) ?? []), ...to.filter((other) => other !== phrase)]);
      }
    }
    return found;
  }

  async function plan(text, { lunr, store, analyzer }) {
    const { fields, documents } = store.settings;
    const { join: joined, tokens, terms, elisions } = analyzer;
    const { OPTIONAL, REQUIRED, PROHIBITED } = lunr.Query.presence;
    const clauses = new Map();
    const words = [];
    const ways = []; // how words may be found: {places, tests: [a term, or term → whether it is meant], worth}
    const corrections = [];
    const offers = [];
    const expansions = [];
    /** A text's words as they are compared, those that say little included. */
    const spelt = (words) => ` ${tokens(words).map((token) => terms(token)[0] ?? token).join(" ")} `;
    const phrases = [];
    // Words that must stand together must be there.
    const asked = joined(text.slice(0, LONGEST_TEXT)).replace(QUOTED, (_all, phrase) => {
      phrases.push(phrase);
      return `${tokens(phrase).map((token) => (terms(token)[0] ? `+${token}` : "")).join(" ")} `;
    });

    const add = (term, options, factor = 1) => {
      const boost = (options.boost ?? 1) * factor;
      const clause = { fields, presence: OPTIONAL, ...options, term, boost, usePipeline: false };
      const key = JSON.stringify([term, clause.presence, clause.fields, clause.editDistance]);
      if (!(clauses.get(key)?.boost >= boost)) clauses.set(key, clause);
    };
    const way = (places, tests, worth = 1) => ways.push({ places, tests, worth });
    const starting = (start) => (term) => term.startsWith(start);
    /** Rare words say more. One that the catalogue does not know says most: what is found is not about it. */
    const rarity = (count) => Math.log(1 + documents / Math.max(1, count));
    const counts = new Map();
    const count = (term) => counts.get(term) ?? counts.set(term, store.frequency(term)).get(term);

    function read() {
      const written = parse(lunr, fields, asked, tokens);
      const unfinished = !/\s$/u.test(asked) && text.length <= LONGEST_TEXT;
      written.forEach(({ term, fields: within, boost, presence, editDistance }, position) => {
        const options = { fields: within, boost, presence };
        // Whoever writes an operator means the word as it is.
        const plain = presence === OPTIONAL && within.length === fields.length && boost === 1;
        const enter = (word, test, more) => {
          const place = words.length;
          if (place >= MOST_WORDS) return;
          if (test) add(word, { ...options, ...more }), way([place], [test]);
          const wanted = presence !== PROHIBITED;
          words.push({ word, options, place, count: 1, wanted, known: Boolean(test), ...more });
        };
        const pattern = term.includes("*") && wildcards(term, tokens);
        if (pattern) {
          const meant = new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "u");
          if (/[^*]/u.test(pattern)) enter(pattern, (found) => meant.test(found));
          return;
        }
        tokens(term).forEach((token, place, all) => {
          const [stem] = terms(token);
          const last = unfinished && position === written.length - 1 && place === all.length - 1;
          // `qualité de l` is on its way to `qualité de l'air`.
          if (last && words.length && elisions.includes(token)) return;
          const typing = last && token.length > 1 && presence !== PROHIBITED;
          if (editDistance && stem) {
            const limit = Math.min(editDistance, MOST_EDITS);
            enter(stem, (found) => edits(found, stem, limit) <= limit, { editDistance: limit });
          } else if (stem || (typing && !words.length)) {
            // A stop word may be the start of a longer word, but only says something when it is alone.
            enter(token, undefined, { term: stem, plain, typing, begun: last && token.length < 2, glued: place > 0 });
          }
        });
      });
    }

    async function find(word) {
      if (!word.term) return;
      word.count = await count(word.term);
      word.known = word.count > 0;
      // One letter may become any word.
      word.wanted &&= word.known || !word.begun;
    }

    const synonyms = (term) => store.json("synonyms", (count) => part(term, count));

    /** Synonyms, of the longest phrase first. */
    async function expand() {
      const lines = await Promise.all(words.map(({ plain, term }) => plain && term && synonyms(term)));
      for (let first = 0; first < words.length; first++) {
        const found = meanings(lines[first] || []);
        for (let length = found.size && LONGEST_PHRASE; length > 0; length--) {
          const phrase = words.slice(first, first + length);
          const to = phrase.every(({ plain }) => plain) && found.get(phrase.map(({ term }) => term).join(" "));
          if (!to) continue;
          const needed = phrase.some(({ known }) => !known);
          const cheap = (other) => other.split(" ").every((term) => store.bytes(term) <= DEAR.synonym);
          const others = [...new Set(to)].filter((other) => needed || cheap(other)).slice(0, MOST_SYNONYMS);
          await Promise.all(others.flatMap((other) => other.split(" ").map(count)));
          // However rare it is, what stands for a word says no more than the word.
          const most = rarity(Math.min(...phrase.map((word) => word.count)));
          for (const other of others) {
            const parts = other.split(" ");
            for (const term of parts) {
              add(term, {}, (WEIGHTS.synonym / parts.length) * Math.min(1, most / rarity(await count(term))));
            }
            way(phrase.map(({ place }) => place), parts, WEIGHTS.near);
          }
          for (const word of phrase) word[to.length ? "known" : "quiet"] = true;
          if (others.length) expansions.push({ from: phrase.map(({ word }) => word).join(" "), to: others });
          first += phrase.length - 1;
          break;
        }
      }
    }

    /** Two words that the catalogue writes as one. */
    async function join(word, next) {
      if (!next?.plain || !word.plain || !word.term || !next.term) return;
      const short = Math.min(word.word.length, next.word.length) < SHORTEST.part;
      if (word.known && next.known && !short && !next.glued) return;
      const [joined] = terms(word.word + next.word);
      const times = joined && (await count(joined));
      if (!times) return;
      add(joined, {});
      way([word.place, next.place], [joined]);
      for (const one of [word, next]) [one.count, one.known] = [one.count || times, true];
    }

    /** The word that is being typed: what it begins, or the stem that it has outgrown. */
    async function complete({ word, term, known, place, options, plain }) {
      if (known && (!plain || store.bytes(word) > DEAR.known)) return true;
      if (known || (store.bytes(word) <= DEAR.unknown && (!term || (await store.begins(word))))) {
        add(`${word}*`, options, known ? WEIGHTS.prefix : 1);
        way([place], [starting(word)], known ? WEIGHTS.near : 1);
        return true;
      }
      for (let length = word.length - 1; length >= Math.max(SHORTEST.stem, word.length - LONGEST_ENDING); length--) {
        const stem = word.slice(0, length);
        if (!(await count(stem))) continue;
        add(stem, options);
        way([place], [stem]);
        return true;
      }
      return false;
    }

    /** A word that is not in the catalogue: one of its family, else one spelled nearly so, else two run together. */
    async function explain(entry) {
      const { word, term, place, options } = entry;
      // Stems of one family may differ by a last letter.
      for (const start of [term, term.slice(0, -1)]) {
        if (start.length < SHORTEST.kin || !(await store.begins(start))) continue;
        add(`${start}*`, options, WEIGHTS.synonym);
        way([place], [starting(start)], WEIGHTS.near);
        return;
      }
      if (word.length < SHORTEST.corrected || corrections.length >= MOST_CORRECTIONS) return;
      const all = await store.vocabulary();
      const found = new Map(all.words.map((other, number) => [other, all.frequencies[number]]));
      let limit = word.length < SHORTEST.twice ? 1 : MOST_EDITS;
      let near = [];
      for (const other of found.keys()) {
        const distance = edits(term, other, limit);
        if (distance > limit || /\d/u.test(other) || (distance > 1 && other[0] !== term[0])) continue;
        if (distance < limit) [limit, near] = [distance, []];
        near.push(other);
      }
      // A doubled letter and an apostrophe are what is missed most; the first letter is seldom the wrong one.
      const likely = (other) =>
        (single(other) === single(term) || other === term.slice(1)) * 2 + (other[0] === term[0]);
      near.sort((a, b) => likely(b) - likely(a) || found.get(b) - found.get(a));
      near.slice(0, 2).forEach((other) => {
        add(other, options, WEIGHTS.corrected);
        way([place], [other], WEIGHTS.near);
      });
      if (near.length) {
        entry.count = found.get(near[0]);
        corrections.push({ from: word, to: near[0] + word.slice(term.length) });
        return;
      }
      const cuts = [];
      for (let at = SHORTEST.part; at <= word.length - SHORTEST.part; at++) {
        const halves = [word.slice(0, at), word.slice(at)];
        const parts = halves.flatMap(terms);
        const even = Math.min(at, word.length - at);
        if (parts.length === 2 && parts.every((half) => found.has(half))) cuts.push({ halves, parts, even });
      }
      const [cut] = cuts.sort((a, b) => b.even - a.even);
      if (!cut) return;
      cut.parts.forEach((half) => add(half, options, WEIGHTS.corrected));
      way([place], cut.parts);
      entry.count = Math.min(...cut.parts.map((half) => found.get(half)));
      corrections.push({ from: word, to: cut.halves.join(" ") });
    }

    /** A word of the catalogue is meant as it is; where it may be a slip, the usual spelling is only offered. */
    async function offer({ word, term, plain, count: times }) {
      if (!plain || times > SLIP.most || term.length < SHORTEST.corrected || /\d/u.test(term)) return;
      let most = times * SLIP.times;
      let usual;
      for (const other of await store.beside(term)) {
        if (other[0] !== term[0] || edits(term, other, 1) !== 1 || (await count(other)) < most) continue;
        [most, usual] = [await count(other), other];
      }
      if (usual) offers.push({ from: word, to: usual + word.slice(term.length) });
    }

    read();
    await Promise.all(words.map(find));
    const found = words.filter(({ term, known }) => term && known);
    if (!phrases.length) await Promise.all(found.map(offer));
    await expand();
    for (const { term, options, place, quiet } of found) {
      add(term, options, quiet ? WEIGHTS.quiet : 1);
      way([place], [term]);
    }
    for (const [place, word] of words.entries()) await join(word, words[place + 1]);
    for (const word of words) {
      if (word.typing && (await complete(word))) continue;
      // Who quotes means the words as they are.
      if (!word.known && !word.quiet && word.wanted && !phrases.length) await explain(word);
      // A required word that nothing stands for finds nothing; left out, it would not be required.
      const lost = word.options.presence === REQUIRED && !ways.some(({ places }) => places.includes(word.place));
      if (lost) add(word.term, word.options);
    }

    const weights = words.map(({ wanted, quiet, count }) =>
      wanted ? rarity(count) * (quiet ? WEIGHTS.quiet : 1) : 0,
    );
    const whole = weights.reduce((sum, weight) => sum + weight, 0) || 1;

    const list = [...clauses.values()];
    const isAsked = list.some(({ presence }) => presence !== PROHIBITED);

    /** What a result of lunr's is worth to the reader. */
    function weigh({ ref, score, matchData: { metadata } }) {
      const fieldsOf = (test) => {
        if (typeof test === "string") return metadata[test];
        const met = Object.keys(metadata).filter(test);
        return met.length ? Object.assign({}, ...met.map((term) => metadata[term])) : undefined;
      };
      // How well each word is found: anywhere, in the title or the keywords, in the title.
      const best = [[], [], []];
      let stray = isAsked;
      for (const { places, tests, worth } of ways) {
        const met = tests.map(fieldsOf);
        if (!met.every(Boolean)) continue;
        stray = false;
        const named = met.every((within) => "title" in within || "keyword" in within);
        const titled = met.every((within) => "title" in within);
        const raise = (column) => places.forEach((place) => (column[place] = Math.max(column[place] ?? 0, worth)));
        [true, named, titled].forEach((holds, number) => holds && raise(best[number]));
      }
      const share = (column) => column.reduce((sum, worth, place) => sum + worth * weights[place], 0) / whole;
      const [coverage, named, titled] = best.map(share);
      const bonus = WEIGHTS.title * titled + WEIGHTS.keyword * (named - titled) + (titled > 0.99 ? WEIGHTS.whole : 0);
      const relevance = score * coverage ** WEIGHTS.coverage * (1 + bonus);
      return { ref, score, relevance, coverage, titled, stray, weak: isAsked && coverage < WEIGHTS.weak, matches: metadata };
    }

    const fetchRows = async (kind, results, { generation }) => {
      const rows = await store[kind](results.map(({ ref }) => Number(ref)), generation);
      return new Map(results.map((result, place) => [result, rows[place]]));
    };

    /** What is called just as the reader says comes first. */
    async function exactFirst(results, index) {
      const candidates = results.filter(({ titled }) => titled > 0.99).slice(0, MOST_READ.exact);
      if (!candidates.length || results.length < 2) return results;
      const wanted = terms(text).join(" ");
      const stubs = await fetchRows("stubs", candidates, index);
      const exact = candidates.filter((result) => terms(stubs.get(result).title).join(" ") === wanted);
      return [...new Set([...exact, ...results])];
    }

    /** Where the words in quotation marks stand together; then where they may, in what was not read. */
    async function together(results, index) {
      // They stand in one field.
      const likely = results.filter(({ matches }) =>
        phrases.every((phrase) => fields.some((field) => terms(phrase).every((term) => field in (matches[term] ?? {})))),
      );
      const best = likely.slice(0, MOST_READ.quoted);
      const read = new Map(best.map((result) => [result, ""]));
      const isSeen = (result) => {
        const lines = read.get(result).split("\n").map(spelt);
        return phrases.map(spelt).every((phrase) => lines.some((line) => line.includes(phrase)));
      };
      let left = best;
      for (const kind of ["stubs", "excerpts", "rests"]) {
        const rows = await fetchRows(kind, left, index);
        rows.forEach(({ title, publisher, formats, text }, result) => {
          const more = text?.replace(/…$/u, "") ?? [title, publisher, formats.join(" "), ""].join("\n");
          read.set(result, read.get(result) + more);
        });
        left = left.filter((result) => !isSeen(result));
      }
      const unread = likely.slice(MOST_READ.quoted).map((result) => ({ ...result, weak: true }));
      return [...best.filter((result) => !left.includes(result)), ...unread];
    }

    const step = ({ relevance }) => Math.round(Math.log(relevance) / WEIGHTS.equal);
    const build = (query) => list.forEach((clause) => query.clause({ ...clause }));

    /** The results, the best first, and the generation of the index whose documents they are. */
    async function run() {
      if (!list.length) return { results: [], generation: store.generation };
      const query = new lunr.Query(fields);
      build(query);
      const index = await store.index(query);
      const results = index
        .query(build)
        .map(weigh)
        // Half of what stands for a word does not.
        .filter(({ stray }) => !stray)
        .sort((a, b) => step(b) - step(a) || a.ref - b.ref);
      const first = await exactFirst(results, index);
      const last = phrases.length ? await together(first, index) : first;
      return { results: last[0]?.weak ? last.slice(0, MOST_WEAK) : last, generation: index.generation };
    }

    return {
      clauses: list,
      words: [...new Set(list.filter(({ presence }) => presence !== PROHIBITED).map(({ term }) => term))],
      corrections,
      offers,
      expansions,
      run,
    };
  }

  return { plan, WEIGHTS };
})();
