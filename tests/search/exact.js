/*
 * Asks the pieces and the whole index the same questions, in every class of lunr's query syntax, and compares references,
 * scores, order and match data.
 *
 *   node tests/search/exact.js FOLDER WHOLE.json QUERIES [SEED]
 *
 * FOLDER has directory.bin, WHOLE.json what lunr.Index.load takes. Prints {queries, classes, mismatches, empty, bytes}.
 */
"use strict";

const fs = require("fs");
const path = require("path");
const theme = path.join(__dirname, "../../themes/default");
const lunr = require(path.join(theme, "node_modules/lunr/lunr.js"));
require(path.join(theme, "assets/analysis.js"));
require(path.join(theme, "assets/search-store.js"));

/** A host that serves a folder and counts what it sent. */
function host(folder) {
  const sent = { bytes: 0, files: 0 };
  const fetch = async (address) => {
    const file = path.join(folder, new URL(address).pathname.replace(/^\/search\/\w+/u, ""));
    if (!fs.existsSync(file)) return { ok: false, status: 404 };
    const content = fs.readFileSync(file);
    sent.bytes += content.length;
    sent.files += 1;
    return { ok: true, status: 200, arrayBuffer: async () => content };
  };
  return { fetch, sent };
}

const DIRECTORY = "https://exemple.org/search/fr/directory.bin";

/** Registers the analysis of an index, as the worker does. */
function register(settings) {
  const { analysis, pipeline } = settings;
  const load = () => Object.assign(globalThis.exports, require(path.join(theme, "node_modules", analysis.script)));
  const { terms, tokens } = vitrineAnalysis.analyzer(analysis, vitrineAnalysis.stemmers(analysis, load));
  const analyze = (token) => terms(token.toString()).map((term) => token.clone(() => term));
  for (const name of pipeline) if (!lunr.Pipeline.registeredFunctions[name]) lunr.Pipeline.registerFunction(analyze, name);
  return { terms, tokens };
}

/** Numbers by chance, the same each time. */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const { OPTIONAL, REQUIRED, PROHIBITED } = lunr.Query.presence;

/** Class to a function that makes the clauses of one query. */
function classes({ terms, frequent, titles, fields, next }) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const rare = () => pick(terms);
  const known = () => pick(frequent);
  const field = () => pick(fields);
  const long = () => { let term; do term = pick(terms); while (term.length < 3 && terms.length > 20); return term; };
  const edit = (term) => { const at = Math.floor(next() * term.length); return term.slice(0, at) + pick([..."aeinrst1"]) + term.slice(at + (next() < 0.5 ? 1 : 0)); };
  const start = () => { const term = long(); return term.slice(0, Math.max(2, term.length - 1 - Math.floor(next() * 3))); };
  const middle = () => { const term = long(); const at = 1 + Math.floor(next() * (term.length - 1)); return [term.slice(0, at), term.slice(at)]; };
  const clause = (term, more = {}) => ({ term, usePipeline: false, ...more });
  return {
    "a rare term": () => [clause(rare())],
    "a frequent term": () => [clause(known())],
    "two terms": () => [clause(known()), clause(rare())],
    "three terms": () => [clause(known()), clause(known()), clause(rare())],
    "eight terms": () => Array.from({ length: 8 }, () => clause(known())),
    "one field": () => [clause(known(), { fields: [field()] })],
    "two fields, two terms": () => [clause(known(), { fields: [field()] }), clause(known(), { fields: [field()] })],
    "several fields": () => [clause(known(), { fields: [...new Set([field(), field(), field()])] })],
    boosts: () => [clause(known(), { boost: 7 }), clause(known(), { boost: 0.3 })],
    "a term twice": () => { const term = known(); return [clause(term, { boost: 2 }), clause(term), clause(rare())]; },
    required: () => [clause(known(), { presence: REQUIRED }), clause(known())],
    "two required": () => [clause(known(), { presence: REQUIRED }), clause(known(), { presence: REQUIRED })],
    "required in a field": () => [clause(known(), { presence: REQUIRED, fields: [field()] }), clause(known())],
    "required and absent": () => [clause(known()), clause("absent0absent", { presence: REQUIRED }), clause(rare())],
    absent: () => [clause("absent0absent"), clause(known())],
    prohibited: () => [clause(known()), clause(known(), { presence: PROHIBITED })],
    "required and prohibited": () => [clause(known(), { presence: REQUIRED }), clause(rare(), { presence: PROHIBITED })],
    "prohibited alone": () => [clause(known(), { presence: PROHIBITED })],
    "two prohibited alone": () => [clause(known(), { presence: PROHIBITED }), clause(rare(), { presence: PROHIBITED, fields: [field()] })],
    "a start": () => [clause(`${start()}*`)],
    "a start and a term": () => [clause(`${start()}*`, { boost: 0.1 }), clause(known())],
    "a start in a field": () => [clause(`${start()}*`, { fields: [field()] })],
    "a required start": () => [clause(`${start()}*`, { presence: REQUIRED }), clause(known())],
    "a prohibited start": () => [clause(known()), clause(`${start()}*`, { presence: PROHIBITED })],
    "an end": () => [clause(`*${middle()[1]}`)],
    "a start and an end": () => [clause(middle().join("*"))],
    "a middle": () => [clause(`*${long().slice(1, 4)}*`)],
    "one edit": () => [clause(edit(long()), { editDistance: 1 })],
    "one edit and a term": () => [clause(edit(long()), { editDistance: 1, boost: 0.5 }), clause(known())],
    "two edits": () => [clause(edit(long()), { editDistance: 2 })],
    "prohibited edits": () => [clause(known()), clause(edit(long()), { editDistance: 1, presence: PROHIBITED })],
    digits: () => [clause(pick(["2024", "2*", "7", "32198", "1*", "*9"])), clause(rare())],
    "as typed": () => written(pick(titles)),
    "as typed, with signs": () => written(`+${known()} -${rare()} ${field()}:${known()}^3 ${edit(long())}~1 ${start()}*`),
    "stop words": () => written("de la du et dans"),
    nothing: () => [],
  };
}

/** What lunr's own parser makes of a text; its words go through the pipeline. */
function written(text) {
  const query = new lunr.Query(written.fields);
  new lunr.QueryParser(text.replace(/[^\p{L}\p{N}\s+:^~*.-]/gu, " "), query).parse();
  return query.clauses;
}

const answer = (index, clauses) => index.query((query) => clauses.forEach((clause) => query.clause({ ...clause })));
const told = (results) => JSON.stringify(results.map(({ ref, score, matchData }) => [ref, score, matchData.metadata]));

async function compare(folder, whole, count, seed = 1) {
  const { fetch, sent } = host(folder);
  const store = await vitrineStore.open(DIRECTORY, { fetch, lunr });
  register(store.settings);
  written.fields = store.settings.fields;
  const index = lunr.Index.load(whole);
  const terms = whole.invertedIndex.map(([term]) => term);
  const weights = whole.invertedIndex.map(([term, posting]) => [term, Object.keys(posting.description).length]);
  weights.sort((a, b) => b[1] - a[1]);
  const frequent = weights.slice(0, Math.max(20, Math.floor(terms.length / 20))).map(([term]) => term);
  const titles = ["Qualité de l’eau", "aménagement d'été à Québec", ...frequent.slice(0, 50)];
  const made = classes({ terms: terms.length ? terms : ["x"], frequent: frequent.length ? frequent : ["x"], titles, fields: store.settings.fields, next: chance(seed) });
  const names = Object.keys(made);
  const mismatches = [];
  let empty = 0;
  for (let number = 0; number < count; number++) {
    const name = names[number % names.length];
    const query = new lunr.Query(store.settings.fields);
    made[name]().forEach((clause) => query.clause({ ...clause }));
    const expected = told(answer(index, query.clauses));
    const before = JSON.stringify(query.clauses);
    const found = told(answer(await store.index(query), query.clauses));
    if (expected === "[]") empty += 1;
    if (found !== expected || JSON.stringify(query.clauses) !== before) mismatches.push([name, query.clauses, expected.slice(0, 300), found.slice(0, 300)]);
  }
  return { queries: count, classes: names.length, mismatches, empty, bytes: sent.bytes };
}

module.exports = { host, register, compare, answer, DIRECTORY, lunr, theme, chance };

if (require.main === module) {
  const [folder, file, count, seed] = process.argv.slice(2);
  const whole = JSON.parse(fs.readFileSync(file, "utf8"));
  compare(folder, whole, Number(count), Number(seed ?? 1)).then((found) => {
    process.stdout.write(`${JSON.stringify(found)}\n`);
    process.exitCode = found.mismatches.length ? 1 : 0;
  });
}
