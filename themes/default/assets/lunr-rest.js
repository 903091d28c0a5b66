/*
 * What lunr's query and index name of the files that stay behind: its pipeline, as words come analysed by analysis.js, and
 * of its tokenizer what parts the words of a query.
 */
lunr.Pipeline = class {
  static load() {
    return new this();
  }
};
lunr.tokenizer = { separator: /[\s-]+/ };
