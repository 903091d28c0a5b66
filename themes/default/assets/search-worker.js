/*
 * The search itself, beside the page: loads the index, turns what the reader typed into a lunr query, answers with
 * the results of one page. Built from what generator/search writes; search.js speaks to it.
 *
 *   in   {scripts, index, documents}   addresses, first; the scripts are lunr and analysis.js
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

  const fetchJson = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  };

  async function open(addresses) {
    const [index, { analysis, stemmer, documents }] = await Promise.all([
      fetchJson(addresses.index),
      fetchJson(addresses.documents),
    ]);
    importScripts(...addresses.scripts);
    const stemmerScript = new URL(stemmer, addresses.documents).href;
    const stemmers = vitrineAnalysis.stemmers(analysis, () => importScripts(stemmerScript));
    const { tokens, terms } = vitrineAnalysis.analyzer(analysis, stemmers);
    for (const name of index.pipeline) {
      lunr.Pipeline.registerFunction((token) => terms(token.toString()).map((term) => token.clone(() => term)), name);
    }
    const loaded = lunr.Index.load(index);
    return { search: (text) => search(loaded, text, { tokens, terms }), documents };
  }

  /** Document numbers, the best first; of equals the most recent first, which is their order in the index. */
  function search(index, text, analyzer) {
    const clauses = compose(index, text, analyzer);
    // To lunr, no clause at all means every document.
    if (!clauses.length) return [];
    const found = index.query((query) => clauses.forEach((clause) => query.clause(clause)));
    const results = found.map(({ ref, score }) => ({ document: Number(ref), score }));
    return results.sort((a, b) => b.score - a.score || a.document - b.document).map(({ document }) => document);
  }

  /**
   * The clauses of a query, their terms analysed: lunr's pipeline would leave wildcards as they were typed, and fails
   * on a required word that it drops.
   */
  function compose(index, text, { tokens, terms }) {
    const known = (term) => term in index.invertedIndex;
    const typing = !/\s$/u.test(text);
    const parsed = parse(index.fields, text, tokens);
    const clauses = [];
    parsed.forEach(({ term, fields, boost, presence, editDistance = 0 }, position) => {
      const options = { fields, boost, presence, usePipeline: false };
      if (term.includes("*")) {
        const pattern = wildcards(term, tokens);
        if (/[^*]/u.test(pattern)) clauses.push({ ...options, term: pattern });
        return;
      }
      const words = tokens(term);
      words.forEach((word, place) => {
        const [stem] = terms(word);
        const last = typing && position === parsed.length - 1 && place === words.length - 1;
        const optional = presence === lunr.Query.presence.OPTIONAL;
        if (editDistance) {
          if (stem) clauses.push({ ...options, term: stem, editDistance: Math.min(editDistance, MOST_EDITS) });
        } else if (last && word.length > 1 && presence !== lunr.Query.presence.PROHIBITED) {
          if (!stem) {
            // A stop word may be the start of a longer word, but only says something when it is alone.
            if (!clauses.length) clauses.push({ ...options, term: `${word}*` });
          } else if (!known(stem)) {
            clauses.push({ ...options, term: unfinished(index, word, known) ?? stem });
          } else {
            clauses.push({ ...options, term: stem });
            if (optional) clauses.push({ ...options, term: `${word}*`, boost: boost * PREFIX_BOOST });
          }
        } else if (stem) {
          clauses.push({ ...options, term: stem });
        }
      });
    });
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
  function unfinished(index, word, known) {
    const begun = index.tokenSet.intersect(lunr.TokenSet.fromString(`${word}*`)).toArray();
    if (begun.length) return `${word}*`;
    for (let length = word.length - 1; length >= Math.max(SHORTEST_STEM, word.length - LONGEST_ENDING); length--) {
      if (known(word.slice(0, length))) return word.slice(0, length);
    }
    return undefined;
  }

  let opened;
  let last = {};
  self.onmessage = async ({ data }) => {
    if (data.index) {
      opened = open(data);
      // Said with each question that awaits it.
      opened.catch(() => {});
      return;
    }
    const { id, text, first, count } = data;
    try {
      const { search, documents } = await opened;
      if (last.text !== text) last = { text, found: search(text) };
      const results = last.found.slice(first, first + count).map((number) => documents[number]);
      self.postMessage({ id, total: last.found.length, results });
    } catch (error) {
      self.postMessage({ id, failed: String(error) });
    }
  };
})();
