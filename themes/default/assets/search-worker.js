/*
 * The search itself, beside the page: loads the index, turns what the reader typed into a lunr query, answers with
 * the results of one page. Built from what generator/search writes; search.js speaks to it.
 *
 *   in   {scripts, directory, inflate} addresses, first; the scripts are lunr, analysis.js and search-store.js
 *   in   {id, text, first, count}      a question, and which of its results to send
 *   out  {id, total, results}          the answer; or {id, failed} when the index could not be loaded
 */
(() => {
  "use strict";

  /** A search must stay one: beyond two edits a word is another word, and lunr's time explodes. */
  const MOST_EDITS = 2;
  /** What a word that only begins like the one being typed is worth beside that word itself. */
  const PREFIX_BOOST = 0.1;
  /** The letters that an unfinished ending may have beyond its stem: `aménagem` stands for `aménag`. */
  const LONGEST_ENDING = 4;
  const SHORTEST_STEM = 4;

  async function open({ scripts, directory, inflate }) {
    importScripts(...scripts);
    const unpack = () => {
      if (!globalThis.pako) importScripts(inflate);
      return pako.inflate;
    };
    const store = await vitrineStore.open(directory, { lunr, inflate: unpack });
    const { analysis, stemmer } = store.settings;
    const stemmers = vitrineAnalysis.stemmers(analysis, () => importScripts(stemmer));
    return { store, ...vitrineAnalysis.analyzer(analysis, stemmers) };
  }

  /** Document numbers, the best first; of equals the most recent first. */
  async function search({ store, ...analyzer }, text) {
    const query = new lunr.Query(store.settings.fields);
    for (const clause of await compose(store, text, analyzer)) query.clause(clause);
    // To lunr, no clause at all means every document.
    if (!query.clauses.length) return { documents: [], generation: store.generation };
    const [index, ranks] = await Promise.all([store.index(query), store.ranks()]);
    const found = index.query((asked) => query.clauses.forEach((clause) => asked.clause(clause)));
    const results = found.map(({ ref, score }) => ({ document: Number(ref), score }));
    results.sort((a, b) => b.score - a.score || ranks[a.document] - ranks[b.document] || a.document - b.document);
    return { documents: results.map(({ document }) => document), generation: index.generation };
  }

  /**
   * The clauses of a query, their terms analysed: lunr's pipeline would leave wildcards as they were typed, and fails
   * on a required word that it drops.
   */
  async function compose(store, text, { tokens, terms }) {
    const typing = !/\s$/u.test(text);
    const parsed = parse(store.settings.fields, text, tokens);
    const clauses = [];
    for (const [position, { term, fields, boost, presence, editDistance = 0 }] of parsed.entries()) {
      const options = { fields, boost, presence, usePipeline: false };
      if (term.includes("*")) {
        const pattern = wildcards(term, tokens);
        if (/[^*]/u.test(pattern)) clauses.push({ ...options, term: pattern });
        continue;
      }
      const words = tokens(term);
      for (const [place, word] of words.entries()) {
        const [stem] = terms(word);
        const last = typing && position === parsed.length - 1 && place === words.length - 1;
        const optional = presence === lunr.Query.presence.OPTIONAL;
        if (editDistance) {
          if (stem) clauses.push({ ...options, term: stem, editDistance: Math.min(editDistance, MOST_EDITS) });
        } else if (last && word.length > 1 && presence !== lunr.Query.presence.PROHIBITED) {
          if (!stem) {
            // A stop word may be the start of a longer word, but only says something when it is alone.
            if (!clauses.length) clauses.push({ ...options, term: `${word}*` });
          } else if (!(await store.has(stem))) {
            clauses.push({ ...options, term: (await unfinished(store, word)) ?? stem });
          } else {
            clauses.push({ ...options, term: stem });
            if (optional) clauses.push({ ...options, term: `${word}*`, boost: boost * PREFIX_BOOST });
          }
        } else if (stem) {
          clauses.push({ ...options, term: stem });
        }
      }
    }
    return clauses;
  }

  /** What the reader wrote in lunr's syntax; what is not in it, such as `horaires:bus` or `bus^`, is plain words. */
  function parse(fields, text, tokens) {
    // A sign between spaces is a dash, not an operator.
    const written = text.replace(/(?<!\S)[+-]+(?!\S)/gu, " ");
    const query = new lunr.Query(fields);
    try {
      return new lunr.QueryParser(written, query).parse().clauses;
    } catch {
      const plain = new lunr.Query(fields);
      tokens(text).forEach((term) => plain.term(term));
      return plain.clauses;
    }
  }

  /** A term with wildcards, folded like the index. Its words run together: a wildcard stands for what is between them. */
  const wildcards = (term, tokens) =>
    term
      .split("*")
      .map((part) => tokens(part).join("*"))
      .join("*")
      .replace(/\*+/gu, "*");

  /** What an unknown last word may become: the terms that it begins, or the stem that it has outgrown. */
  async function unfinished(store, word) {
    if (await store.begins(word)) return `${word}*`;
    for (let length = word.length - 1; length >= Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING); length--) {
      if (await store.has(word.slice(0, length))) return word.slice(0, length);
    }
    return undefined;
  }

  let opened;
  let last = {};
  self.onmessage = async ({ data }) => {
    if (data.directory) {
      opened = open(data);
      // Said with each question that awaits it.
      opened.catch(() => {});
      return;
    }
    const { id, text, first, count } = data;
    try {
      const { store } = await opened;
      if (last.text !== text) last = { text, found: search(await opened, text) };
      const { documents, generation } = await last.found;
      const shown = documents.slice(first, first + count);
      const [stubs, excerpts] = await Promise.all([
        store.stubs(shown, generation),
        store.excerpts(shown, generation),
      ]);
      const results = stubs.map((stub, place) => {
        const { text: excerpt, language } = excerpts[place];
        return { ...stub, excerpt, language: { ...stub.language, ...(language && { excerpt: language }) } };
      });
      self.postMessage({ id, total: documents.length, results });
    } catch (error) {
      last = {};
      self.postMessage({ id, failed: error.kind ?? String(error) });
    }
  };
})();
