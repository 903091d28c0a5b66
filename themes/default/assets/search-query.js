/*
 * From what a reader types to a plain lunr query, and from lunr's answer to an order that people expect. No DOM and no
 * network: the worker, the tests and `vitrine search` run this same file.
 *
 *   const synonyms = vitrineQuery.synonyms(settings.synonyms);
 *   const plan = await vitrineQuery.plan(text, { lunr, fields, analyzer, synonyms, size, frequency, begins, vocabulary });
 *   const results = plan.clauses.length ? plan.rank(index.query(plan.build)) : [];
 *
 *   size          how many documents there are
 *   frequency     term → in how many of them it is; 0 for an unknown one (may be asynchronous, as the next two)
 *   begins        start of a word → whether a term starts so
 *   vocabulary    () → all terms; asked only for a word that nothing else explains
 *
 * A plan says what it did: `words` (terms to highlight, `parc*` for a start), `corrections` ({from, to}), `expansions`
 * ({from, to: [terms]}), `clauses`. A result of `rank` is {ref, score, relevance, coverage, weak, matches}.
 */
globalThis.vitrineQuery = (() => {
  "use strict";

  /** Everything that weighs: the boosts of the fields and of archived datasets are in the index itself. */
  const WEIGHTS = {
    // What a clause is worth to lunr.
    prefix: 0.1,
    kin: 0,
    synonym: 0.5,
    correction: 0.8,
    quiet: 0.2,
    // How well a word counts as found.
    covered: { word: 1, joined: 1, split: 1, prefix: 1, kin: 0.7, correction: 0.9, synonym: 0.6 },
    // score × coverage^coverage × (1 + title × share of the words in the title + whole if all are)
    coverage: 2,
    title: 1,
    whole: 0.5,
    keyword: 0.5,
    // The oldest of all loses this share; documents are numbered from the most recent.
    age: 0.05,
    // Below this coverage a result is only loosely about the question.
    weak: 0.4,
  };

  const LONGEST_TEXT = 600;
  const MOST_WORDS = 24;
  const MOST_SYNONYMS = 5;
  const LONGEST_PHRASE = 4;
  /** A search must stay one: beyond two edits a word is another word, and lunr's time explodes. */
  const MOST_EDITS = 2;
  const SHORTEST_CORRECTED = 4;
  /** The letters that an unfinished ending may have beyond its stem: `aménagem` stands for `aménag`. */
  const LONGEST_ENDING = 4;
  const SHORTEST_STEM = 4;
  const SHORTEST_PART = 3;

  // ---------------------------------------------------------------- the reader's text

  /** What is written in lunr's syntax; what is not in it, such as `horaires:bus` or `bus^`, is plain words. */
  function parse(lunr, fields, text, tokens) {
    // A sign between spaces is a dash, not an operator.
    const written = text.slice(0, LONGEST_TEXT).replace(/(?<!\S)[+-]+(?!\S)/gu, " ");
    const query = new lunr.Query(fields);
    try {
      new lunr.QueryParser(written, query).parse();
    } catch {
      query.clauses = [];
      tokens(written).forEach((term) => query.term(term));
    }
    return query.clauses;
  }

  /** A term with wildcards, folded like the index. Its words run together: a wildcard stands for what is between them. */
  const wildcards = (term, tokens) =>
    term
      .split("*")
      .map((part) => tokens(part).join("*"))
      .join("*")
      .replace(/\*+/gu, "*");

  /** Whether one letter more, less, other, or two exchanged, make one word of the other. */
  function oneEdit(a, b) {
    if (a.length > b.length) [a, b] = [b, a];
    if (a === b || b.length - a.length > 1) return false;
    let at = 0;
    while (at < a.length && a[at] === b[at]) at += 1;
    if (a.length < b.length) return a.slice(at) === b.slice(at + 1);
    return (
      a.slice(at + 1) === b.slice(at + 1) ||
      (a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2))
    );
  }

  /**
   * The synonyms of a language as build time packs them: `a|b c;d` for terms that find each other (those after `;` are
   * not in the index), `a|b>c` for one way, `a|b>` for words that say little.
   */
  function synonyms(lines = []) {
    const found = new Map();
    const list = (text) => (text ? text.split("|") : []);
    const add = (from, to) => found.set(from, [...(found.get(from) ?? []), ...to.filter((one) => one !== from)]);
    for (const line of lines) {
      const [from, to] = line.split(">");
      const [known, unknown] = from.split(";");
      [...list(known), ...list(unknown)].forEach((one) => add(one, list(to ?? known)));
    }
    return found;
  }

  // ---------------------------------------------------------------- the plan

  async function plan(text, { lunr, fields, analyzer, synonyms = new Map(), size = 1, frequency, begins, vocabulary }) {
    const { tokens, terms } = analyzer;
    const { OPTIONAL, REQUIRED, PROHIBITED } = lunr.Query.presence;
    const clauses = new Map();
    const words = []; // {word, term, known, weight, quiet, options, place}, in the reader's order
    const ways = []; // {covers: [places in words], tests: [a term, or term → whether it is meant], worth}
    const corrections = [];
    const expansions = [];

    const all = async () => new Set(await vocabulary());
    const add = (term, options, boost = 1) => {
      const clause = { fields, presence: OPTIONAL, ...options, term, boost: (options.boost ?? 1) * boost, usePipeline: false };
      const key = JSON.stringify([term, clause.presence, clause.fields, clause.editDistance]);
      if (!(clauses.get(key)?.boost >= clause.boost)) clauses.set(key, clause);
    };
    const starting = (start) => (found) => found.startsWith(start);
    const way = (covers, tests, kind) => ways.push({ covers, tests, worth: WEIGHTS.covered[kind] });

    // What was typed, word by word. Only plain words are expanded: whoever writes an operator means it.
    const written = parse(lunr, fields, text, tokens);
    const unfinished = !/\s$/u.test(text) && text.length <= LONGEST_TEXT;
    written.forEach(({ term, fields: within, boost, presence, editDistance = 0 }, position) => {
      const options = { fields: within, boost, presence };
      const plain = presence === OPTIONAL && within.length === fields.length && boost === 1;
      const word = { plain, options, known: true, weight: 1, prohibited: presence === PROHIBITED };
      if (words.length >= MOST_WORDS) return;
      if (term.includes("*")) {
        const pattern = wildcards(term, tokens);
        if (!/[^*]/u.test(pattern)) return;
        add(pattern, options);
        const meant = new RegExp(`^${pattern.replaceAll("*", ".*")}$`, "u");
        words.push({ ...word, plain: false, word: pattern, test: (found) => meant.test(found) });
        return;
      }
      const parts = tokens(term);
      parts.forEach((token, place) => {
        const [stem] = terms(token);
        const last = unfinished && position === written.length - 1 && place === parts.length - 1;
        const typing = last && token.length > 1 && presence !== PROHIBITED;
        if (editDistance && stem) {
          const edits = Math.min(editDistance, MOST_EDITS);
          add(stem, { ...options, editDistance: edits });
          const test = (found) => Math.abs(found.length - stem.length) <= edits && found[0] === stem[0];
          words.push({ ...word, plain: false, word: token, test });
        } else if (stem || (typing && !words.length)) {
          // A stop word may be the start of a longer word, but only says something when it is alone.
          words.push({ ...word, known: false, word: token, term: stem, typing, glued: place > 0 });
        }
      });
    });

    const open = words.filter(({ test }) => !test);
    const frequencies = new Map();
    const count = async (term) => {
      if (!frequencies.has(term)) frequencies.set(term, Promise.resolve(frequency(term)));
      return frequencies.get(term);
    };
    await Promise.all(open.filter(({ term }) => term).map(async (word) => (word.count = await count(word.term))));
    words.forEach((word, place) => {
      word.place = place;
      if (word.test) way([place], [word.test], "word");
      if (!word.count) return;
      word.known = true;
      add(word.term, word.options);
      way([place], [word.term], "word");
    });

    // Synonyms, of the longest phrase first.
    for (let first = 0; first < words.length; first++) {
      for (let length = Math.min(LONGEST_PHRASE, words.length - first); length > 0; length--) {
        const phrase = words.slice(first, first + length);
        if (!phrase.every(({ plain, term }) => plain && term)) continue;
        const meant = synonyms.get(phrase.map(({ term }) => term).join(" "));
        if (!meant) continue;
        const covers = phrase.map(({ place }) => place);
        for (const other of meant.slice(0, MOST_SYNONYMS)) {
          const parts = other.split(" ");
          parts.forEach((term) => add(term, {}, WEIGHTS.synonym / parts.length));
          way(covers, parts, "synonym");
        }
        if (meant.length) expansions.push({ from: phrase.map(({ word }) => word).join(" "), to: meant.slice(0, MOST_SYNONYMS) });
        phrase.forEach((word) => (meant.length ? (word.known = true) : (word.quiet = true)));
        first += length - 1;
        break;
      }
    }
    for (const { quiet, term, options } of words) {
      if (!quiet) continue;
      clauses.forEach((clause) => clause.term === term && (clause.boost = (options.boost ?? 1) * WEIGHTS.quiet));
    }

    for (const { plain, term, known, quiet, typing, place, options } of words) {
      if (!WEIGHTS.kin || !plain || !term || quiet || typing || term.length < 5) continue;
      add(`${term}*`, options, WEIGHTS.kin);
      way([place], [starting(term)], "kin");
    }

    // Two words that the catalogue writes as one.
    for (const [place, word] of words.entries()) {
      const next = words[place + 1];
      if (!next?.plain || !word.plain || !word.term || !next.term) continue;
      const short = word.word.length < 3 || next.word.length < 3;
      if (word.known && next.known && !short && !next.glued) continue;
      const [joined] = terms(word.word + next.word);
      if (!joined || !(await count(joined))) continue;
      add(joined, {});
      way([place, place + 1], [joined], "joined");
      word.count ||= await count(joined);
      next.count ||= await count(joined);
      word.known = next.known = true;
    }

    // The word being typed, and words that nobody knows.
    for (const word of words) {
      const { typing, known, term, place, options } = word;
      if (typing) {
        if (known && !word.plain) continue;
        if (known || !term || (await begins(word.word))) {
          add(`${word.word}*`, options, known ? WEIGHTS.prefix : 1);
          if (!known) way([place], [starting(word.word)], "prefix");
          word.start = `${word.word}*`;
          word.known = true;
          continue;
        }
        const stem = await outgrown(word.word, count);
        if (stem) {
          add(stem, options);
          way([place], [stem], "prefix");
          word.known = true;
        }
      }
      if (word.known || word.prohibited || word.quiet || word.word.length < SHORTEST_CORRECTED) continue;
      const known_ = await all();
      const near = [...known_].filter((other) => oneEdit(term, other) && !/\d/u.test(other));
      near.sort((a, b) => (b[0] === term[0]) - (a[0] === term[0]));
      const counted = await Promise.all(near.slice(0, 4).map(async (other) => [other, await count(other)]));
      counted.sort((a, b) => b[1] - a[1]);
      counted.slice(0, 2).forEach(([other]) => {
        add(other, options, WEIGHTS.correction);
        way([place], [other], "correction");
      });
      if (counted.length) {
        word.count = counted[0][1];
        corrections.push({ from: word.word, to: counted[0][0] + word.word.slice(term.length) });
        continue;
      }
      const parts = split(word.word, terms, known_);
      if (!parts) continue;
      parts.forEach((part) => add(part, options, WEIGHTS.correction));
      way([place], parts, "split");
      corrections.push({ from: word.word, to: parts.words.join(" ") });
      word.count = Math.min(...(await Promise.all(parts.map(count))));
    }

    // Rare words say more. One that the catalogue does not know says most: what is found is not about it.
    const wanted = words.filter(({ prohibited }) => !prohibited);
    for (const word of wanted) {
      word.weight = Math.log(1 + size / Math.max(1, word.count ?? 1)) * (word.quiet ? WEIGHTS.quiet : 1);
    }
    const whole = wanted.reduce((sum, { weight }) => sum + weight, 0);

    /** What a result of lunr's is worth to the reader. */
    function weigh({ ref, score, matchData }) {
      const { metadata } = matchData;
      const places = (test) => {
        if (typeof test === "string") return metadata[test];
        const found = Object.keys(metadata).filter(test);
        return found.length ? Object.assign({}, ...found.map((term) => metadata[term])) : undefined;
      };
      // By word: how well it is found anywhere, in the title, in the title or the keywords.
      const best = words.map(() => [0, 0, 0]);
      for (const { covers, tests, worth } of ways) {
        const found = tests.map(places);
        if (!found.every(Boolean)) continue;
        const titled = found.every((fields) => "title" in fields);
        const named = found.every((fields) => "title" in fields || "keyword" in fields);
        for (const place of covers) {
          const row = best[place];
          row[0] = Math.max(row[0], worth);
          if (titled) row[1] = Math.max(row[1], worth);
          if (named) row[2] = Math.max(row[2], worth);
        }
      }
      const share = (column) =>
        whole ? wanted.reduce((sum, { place, weight }) => sum + weight * best[place][column], 0) / whole : 1;
      const [coverage, title, named] = [share(0), share(1), share(2)];
      const relevance =
        score *
        coverage ** WEIGHTS.coverage *
        (1 + WEIGHTS.title * title + WEIGHTS.keyword * (named - title) + (title > 0.99 ? WEIGHTS.whole : 0)) *
        (1 - (WEIGHTS.age * Number(ref)) / size);
      const weak = coverage < WEIGHTS.weak;
      return { ref, score, relevance, coverage, weak, matches: matchData.metadata };
    }

    const rank = (results) => results.map(weigh).sort((a, b) => b.relevance - a.relevance || a.ref - b.ref);
    // A required word that nothing stands for finds nothing; left out, it would not be required.
    for (const { place, term, options } of open) {
      const lost = options.presence === REQUIRED && term && !ways.some(({ covers }) => covers.includes(place));
      if (lost) add(term, options);
    }
    const list = [...clauses.values()];
    const shown = list.filter(({ presence }) => presence !== PROHIBITED).map(({ term }) => term);
    return {
      clauses: list,
      build: (query) => list.forEach((clause) => query.clause({ ...clause })),
      words: [...new Set(shown)],
      corrections,
      expansions,
      weigh,
      rank,
    };
  }

  /** The stem that an unfinished word has outgrown. */
  async function outgrown(word, count) {
    for (let length = word.length - 1; length >= Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING); length--) {
      if (await count(word.slice(0, length))) return word.slice(0, length);
    }
    return "";
  }

  /** The two known words that one unknown word is made of; of several cuts, the most even one. */
  function split(word, terms, known) {
    const cuts = [];
    for (let at = SHORTEST_PART; at <= word.length - SHORTEST_PART; at++) {
      const words = [word.slice(0, at), word.slice(at)];
      const parts = words.flatMap(terms);
      if (parts.length === 2 && parts.every((part) => known.has(part))) {
        cuts.push(Object.assign(parts, { words, even: Math.min(at, word.length - at) }));
      }
    }
    return cuts.sort((a, b) => b.even - a.even)[0];
  }

  return { plan, synonyms, WEIGHTS };
})();
