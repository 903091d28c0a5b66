/*
 * Plain lunr's answers to questions over the whole index, for relevance.py: any word, by the language's stemmer.
 *
 *   in   {theme, index, settings, stemmer, questions}
 *   out  [[reference]]
 */
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const job = JSON.parse(fs.readFileSync(0, "utf8"));
const load = (file) => vm.runInThisContext(fs.readFileSync(path.join(job.theme, file), "utf8"), file);
const lunr = require(path.join(job.theme, "node_modules/lunr/lunr.js"));
load("assets/analysis.js");
const stemmers = vitrineAnalysis.stemmers(job.settings, () => load(job.stemmer));
const { terms } = vitrineAnalysis.analyzer(job.settings, stemmers);
const index = lunr.Index.load({ ...job.index, pipeline: [] });
const ask = (words) => index.query((query) => words.forEach((term) => query.term(term, { usePipeline: false })));
const answers = job.questions.map(terms).map((words) => (words.length ? ask(words).map(({ ref }) => ref) : []));
process.stdout.write(JSON.stringify(answers));
