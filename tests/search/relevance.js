/*
 * Answers to questions over one whole index, for relevance.py: ours, by the scripts that readers get, and plain lunr's.
 *
 *   in   {theme, index, settings, stemmer, synonyms, questions, weights}
 *   out  {ours: [[{ref, relevance, coverage, weak}]], plain: [[{ref}]], plans: [{corrections, expansions}]}
 */
const fs = require("fs");
const path = require("path");
const vm = require("vm");

const job = JSON.parse(fs.readFileSync(0, "utf8"));
const load = (file) => vm.runInThisContext(fs.readFileSync(path.join(job.theme, file), "utf8"), file);
const lunr = require(path.join(job.theme, "node_modules/lunr/lunr.js"));
load("assets/analysis.js");
load("assets/search-query.js");

const stemmers = vitrineAnalysis.stemmers(job.settings, () => load(job.stemmer));
const analyzer = vitrineAnalysis.analyzer(job.settings, stemmers);
for (const name of job.index.pipeline) {
  lunr.Pipeline.registerFunction(
    (token) => analyzer.terms(token.toString()).map((term) => token.clone(() => term)),
    name,
  );
}
const index = lunr.Index.load(job.index);
const terms = Object.keys(index.invertedIndex);
const documents = (term) => {
  const posting = Object.hasOwn(index.invertedIndex, term) ? index.invertedIndex[term] : {};
  return new Set(index.fields.flatMap((field) => Object.keys(posting[field] ?? {}))).size;
};
Object.assign(vitrineQuery.WEIGHTS, job.weights);
const known = {
  lunr,
  analyzer,
  fields: index.fields,
  synonyms: vitrineQuery.synonyms(job.synonyms),
  size: job.size,
  frequency: documents,
  begins: (start) => terms.some((term) => term.startsWith(start)),
  vocabulary: () => terms,
};

(async () => {
  const ours = [];
  const plain = [];
  const plans = [];
  for (const question of job.questions) {
    const plan = await vitrineQuery.plan(question, known);
    ours.push(plan.clauses.length ? plan.rank(index.query(plan.build)) : []);
    const { words, corrections, expansions, clauses } = plan;
    plans.push({ words, corrections, expansions, clauses });
    const words_ = analyzer.terms(question);
    plain.push(words_.length ? index.query((query) => words_.forEach((term) => query.term(term, { usePipeline: false }))) : []);
  }
  process.stdout.write(JSON.stringify({ ours, plain, plans }));
})();
