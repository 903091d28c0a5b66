/*
 * `vitrine search`: answers questions as the reader's worker does, with the same scripts over the same files, and says
 * why. explain.py writes the files and reads the answers.
 *
 *   in   {folder, directory, records, questions, limit, weights}   the scripts are in the folder; `records` is the directory
 *        of what is searched beside datasets, or ""; weights, for trials, may lack
 *   out  [{total, corrections, expansions, words, clauses, results: [{…, id, title}]}]
 */
const fs = require("fs");
const path = require("path");
const vm = require("vm");
const { pathToFileURL, fileURLToPath } = require("url");

const { folder, directory, records, questions, limit, weights } = JSON.parse(fs.readFileSync(0, "utf8"));
const load = (file) => vm.runInThisContext(fs.readFileSync(file, "utf8"), file);
globalThis.self = globalThis;
load(path.join(folder, "search-worker.js"));

/** fetch, for files. */
const read = async (address) => {
  try {
    const content = await fs.promises.readFile(fileURLToPath(address));
    return { ok: true, status: 200, arrayBuffer: async () => content };
  } catch {
    return { ok: false, status: 404 };
  }
};

(async () => {
  const addressOf = (name) => pathToFileURL(path.join(folder, name)).href;
  let store = await vitrineStore.open(addressOf(directory), { fetch: read });
  const { analysis, stemmer } = store.settings;
  const stemmers = vitrineAnalysis.stemmers(analysis, () => load(fileURLToPath(stemmer)));
  const analyzer = vitrineAnalysis.analyzer(analysis, stemmers);
  if (records) {
    load(path.join(folder, "search-records.js"));
    store = await vitrineRecords.join(store, { records: addressOf(records) }, { fetch: read });
  }
  Object.assign(vitrineQuery.WEIGHTS, weights);

  const answers = [];
  for (const text of questions) {
    const plan = await vitrineQuery.plan(text, { lunr, store, analyzer });
    const { results: found } = await plan.run();
    const shown = (store.rank?.(found) ?? found).slice(0, limit);
    const stubs = await store.stubs(shown.map(({ ref }) => Number(ref)));
    const { corrections, expansions, words, clauses } = plan;
    const results = shown.map(({ matches, ...result }, place) => ({
      ...result,
      id: stubs[place].id,
      title: stubs[place].title,
      matches: Object.fromEntries(Object.entries(matches).map(([term, within]) => [term, Object.keys(within)])),
    }));
    answers.push({ total: found.length, corrections, expansions, words, clauses, results });
  }
  process.stdout.write(JSON.stringify(answers));
})();
