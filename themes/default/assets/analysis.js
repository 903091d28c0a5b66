/*
 * From text to search terms: the mechanism of generator/search/analysis.py, for the reader's side. The rules come as
 * settings, so that they are written once; tests/test_analysis.py compares the two answers.
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

  const singularWith = ({ plural, irregular }) => {
    const singulars = new Map(Object.entries(irregular));
    const isPlural = (word) =>
      plural && [...word].length > SHORTEST_SINGULAR && word.endsWith(plural) && !word.endsWith(plural + plural);
    return (word) => (isPlural(word) ? word.slice(0, -plural.length) : (singulars.get(word) ?? word));
  };

  /** What turns a text into words (`tokens`) and into what the index holds (`terms`), and what is no word yet. */
  function analyzer(settings, stemmers) {
    const fold = foldWith(settings);
    const token = tokenWith(settings);
    const stopWords = new Set(settings.stopWords);
    const singular = singularWith(settings);
    const stem = settings.stemmer ? stemmers[settings.stemmer] : (word) => word;
    if (!stem) throw new Error(`no stemmer “${settings.stemmer}”`);

    const tokens = (text) => fold(text).split(" ").map(token).filter(Boolean);
    const terms = (text) =>
      tokens(text)
        .filter((word) => !stopWords.has(word))
        .map((word) => stem(singular(word)));
    return { tokens, terms, elisions: settings.elisions };
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
