/*
 * What a reader's first search costs: bytes and files over the network until titles and facts of the first results are
 * there, each search in a fresh tab; and what the most frequent terms cost.
 *
 *   node tests/search/bytes.js FOLDER [SEARCHES] [RESULTS]
 *
 * FOLDER has directory.bin. A search is words of the title of a document by chance, one to three. Prints JSON.
 */
"use strict";

const { host, register, answer, chance, DIRECTORY, lunr } = require("./exact.js");

const [folder, searches = "200", results = "20"] = process.argv.slice(2);
const middle = (list, share = 0.5) => [...list].sort((a, b) => a - b)[Math.floor(list.length * share)];

async function search(terms) {
  const { fetch, sent } = host(folder);
  const store = await vitrineStore.open(DIRECTORY, { fetch, lunr });
  const query = new lunr.Query(store.settings.fields);
  terms.forEach((term) => query.clause({ term, usePipeline: false }));
  const start = process.cpuUsage();
  const index = await store.index(query);
  const found = answer(index, query.clauses);
  const { user } = process.cpuUsage(start);
  const shards = sent.bytes;
  await store.stubs(found.slice(0, Number(results)).map(({ ref }) => Number(ref)), index.generation);
  return { bytes: sent.bytes, files: sent.files, shards, found: found.length, ms: user / 1000 };
}

(async () => {
  const { fetch } = host(folder);
  const store = await vitrineStore.open(DIRECTORY, { fetch, lunr });
  const { terms } = register(store.settings);
  const next = chance(7);
  const told = {};
  for (const count of [1, 2, 3]) {
    const each = [];
    while (each.length < Number(searches)) {
      const [{ title }] = await store.stubs([Math.floor(next() * store.settings.documents)]);
      const words = [...new Set(terms(title))].sort(() => next() - 0.5).slice(0, count);
      if (words.length === count) each.push(await search(words));
    }
    const column = (name, share) => middle(each.map((one) => one[name]), share);
    told[`${count} words`] = Object.fromEntries(
      ["bytes", "files", "found", "ms"].map((name) => [name, [column(name), column(name, 0.95)]]),
    );
  }
  const { words, frequencies } = await store.vocabulary();
  const order = [...words.keys()].sort((a, b) => frequencies[b] - frequencies[a]).slice(0, 20);
  const heavy = [];
  for (const place of order) heavy.push([words[place], frequencies[place], await search([words[place]])]);
  heavy.sort((a, b) => b[2].shards - a[2].shards);
  told.heaviest = heavy[0];
  process.stdout.write(`${JSON.stringify(told, null, 1)}\n`);
})();
