/*
 * From text to search terms: the mechanism of generator/search/analyzer.py, for the reader's side. The rules come as
 * settings, so that they are written once; tests/search/test_analyzer.py compares the two answers.
 *
 *   importScripts("analysis.js");
 *   const stemmers = vitrineAnalysis.stemmers(settings, () => importScripts(addressOf(settings.script)));
 *   const { tokens, terms } = vitrineAnalysis.analyzer(settings, stemmers);
 */
globalThis.vitrineAnalysis = (() => {
  "use strict";

  // U+200B allows a line to break between two words; other format characters hide inside one.
  const NOTHING = /[\u0300-\u036F\uFE00-\uFE0F]|(?!\u200B)\p{Cf}/gu;
  const NOT_IN_A_WORD = /[^\p{L}\p{N}\p{Mn}\p{Mc}']+/gu;

  /** Without what stands inside one word: the dots of S.A.A.Q., the space of 12 000. */
  const joinWith = ({ inside }) => {
    const pattern = new RegExp(inside, "gu");
    return (text) => text.normalize("NFC").replace(pattern, "");
  };

  const foldWith = ({ apostrophes, letters }) => {
    const marks = new Set(apostrophes);
    const special = new RegExp(`[${Object.keys(letters).join("")}${apostrophes}]`, "gu");
    return (text) =>
      text
        .normalize("NFKD")
        .toLowerCase()
        .replace(NOTHING, "")
        .replace(special, (character) => (marks.has(character) ? "'" : letters[character]))
        .replace(NOT_IN_A_WORD, " ")
        .normalize("NFC");
  };

  const tokenWith = (settings) => {
    const elisions = new Set(settings.elisions);
    const endings = new Set(settings.endings);
    const exceptions = new Set(settings.exceptions);
    return (word) => {
      word = word.replace(/^'+/, "");
      while (!exceptions.has(word.replace(/'+$/, ""))) {
        const at = word.indexOf("'");
        if (at < 0 || !elisions.has(word.slice(0, at))) break;
        word = word.slice(at).replace(/^'+/, "");
      }
      word = word.replace(/'+$/, "");
      const at = word.lastIndexOf("'");
      if (at >= 0 && endings.has(word.slice(at + 1))) word = word.slice(0, at);
      return word.replaceAll("'", "");
    };
  };

  const SHORTEST_SINGULAR = 3;

  const SHORTEST_BEGINNING = 2;

  /** The word that stands for its plural and its feminine. */
  const baseWith = ({ plural, feminine, irregular }) => {
    const bases = new Map(Object.entries(irregular));
    const endings = Object.entries(feminine);
    const isPlural = (word) =>
      plural && [...word].length > SHORTEST_SINGULAR && word.endsWith(plural) && !word.endsWith(plural + plural);
    return (word) => {
      if (!bases.has(word) && isPlural(word)) word = word.slice(0, -plural.length);
      if (bases.has(word)) return bases.get(word);
      const isIn = ([ending]) => word.endsWith(ending) && [...word].length >= ending.length + SHORTEST_BEGINNING;
      const [ending, masculine] = endings.find(isIn) ?? ["", ""];
      return word.slice(0, word.length - ending.length) + masculine;
    };
  };

  /**
   * What turns a text into words (`tokens`) and into what the index holds (`terms`); what leaves out what stands inside
   * one word (`join`), and what is no word yet (`elisions`).
   */
  function analyzer(settings, stemmers) {
    const join = joinWith(settings);
    const fold = foldWith(settings);
    const token = tokenWith(settings);
    const stopWords = new Set(settings.stopWords);
    const base = baseWith(settings);
    const stem = settings.stemmer ? stemmers[settings.stemmer] : (word) => word;
    if (!stem) throw new Error(`no stemmer “${settings.stemmer}”`);

    const tokens = (text) => fold(join(text)).split(" ").map(token).filter(Boolean);
    const terms = (text) =>
      tokens(text)
        .filter((word) => !stopWords.has(word))
        .map((word) => stem(base(word)));
    return { join, tokens, terms, elisions: settings.elisions };
  }

  /**
   * The language's stemmer, by name. `load` runs its script at once, as importScripts does. The script is CommonJS and
   * looks for `exports`, which must not stay: lunr would take it for Node's. One language a worker, their names clash.
   */
  function stemmers({ stemmer, export: name }, load) {
    if (!stemmer) return {};
    const exports = (globalThis.exports = {});
    try {
      load();
    } finally {
      delete globalThis.exports;
    }
    return { [stemmer]: exports[name] };
  }

  return { analyzer, stemmers };
})();
