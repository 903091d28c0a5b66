/*
 * What search-store.js does when hosts, networks and browsers are not as they should be. Reads {files: {path: base64},
 * fallback} and prints what came of each condition: "same" when the answers are those of a sound host, else what failed.
 */
"use strict";

const zlib = require("zlib");
const path = require("path");
const { theme, lunr } = require("./exact.js");
const pako = require(path.join(theme, "node_modules/pako/dist/pako_inflate.min.js"));

const job = JSON.parse(require("fs").readFileSync(0, "utf8"));
const decode = (files) => new Map(Object.entries(files).map(([name, content]) => [name, Buffer.from(content, "base64")]));
const [first, second] = job.files.map(decode);
const ROOT = "https://exemple.org/search/fr/";

/** A host with these files; `change` is what happens to one on its way. */
function host(files, change = (content) => content) {
  const asked = [];
  const fetch = async (address, { cache } = {}) => {
    const name = address.slice(ROOT.length);
    asked.push([name, cache]);
    const content = change(files.current.get(name), name, cache);
    if (content === undefined) return { ok: false, status: 404 };
    if (typeof content === "number") return { ok: false, status: content };
    return { ok: true, status: 200, arrayBuffer: async () => new Uint8Array(content).buffer };
  };
  return { fetch, asked };
}

const clauses = [{ term: "mot3" }, { term: "mot1*" }, { term: "mot12", editDistance: 1 }, { term: "*7", presence: 3 }];

async function questions(store) {
  const query = new lunr.Query(store.settings.fields);
  clauses.forEach((clause) => query.clause({ ...clause, usePipeline: false }));
  const index = await store.index(query);
  const found = index.query((asked) => query.clauses.forEach((clause) => asked.clause({ ...clause })));
  const documents = found.slice(0, 20).map(({ ref }) => Number(ref));
  return JSON.stringify([
    found,
    await store.stubs(documents, index.generation),
    await store.excerpts(documents, index.generation),
    await Promise.all(["mot3", "absent", "mot", "zzz"].map((term) => store.frequency(term))),
    await Promise.all(["mo", "mot9", "mot99999", "zz"].map((start) => store.begins(start))),
    (await store.vocabulary()).words,
    await store.columns("nothing"),
  ]);
}

const told = async (work) => {
  try {
    return await work();
  } catch (error) {
    return error.kind ?? String(error.stack);
  }
};

async function ask(change, options = {}, files = { current: first }) {
  const { fetch } = host(files, change);
  return told(async () => questions(await vitrineStore.open(`${ROOT}directory.bin`, { fetch, lunr, ...options })));
}

(async () => {
  const sound = await ask();
  const same = (answer) => (answer === sound ? "same" : answer.length > 300 ? "other" : answer);
  const found = { sound: sound.length > 1000 ? "same" : sound };
  const check = async (name, ...condition) => (found[name] = same(await ask(...condition)));
  const isTerms = (name) => name.startsWith("terms");
  const seen = new Set();
  const once = (name) => !seen.has(name) && seen.add(name);

  await check("compressed by the host", (content) => content && zlib.gzipSync(content));
  await check("compressed twice", (content) => content && zlib.gzipSync(zlib.gzipSync(content)));
  await check("decompressed by the host", (content) => content && zlib.inflateSync(content));
  await check("cut short", (content, name) => (isTerms(name) ? content.subarray(0, content.length / 2) : content));
  await check("cut by one byte", (content, name) => (isTerms(name) ? content.subarray(0, -1) : content));
  await check("decompressed and cut short", (content) => content && zlib.inflateSync(content).subarray(0, -1));
  await check("empty", (content, name) => (isTerms(name) ? Buffer.alloc(0) : content));
  await check("a byte changed", (content, name) => {
    if (!isTerms(name)) return content;
    const other = Buffer.from(content);
    other[other.length - 8] ^= 1;
    return other;
  });
  await check("cut short in the cache", (content, name, cache) =>
    isTerms(name) && cache !== "reload" ? content.subarray(0, 50) : content,
  );
  await check("no such file", (content, name) => (isTerms(name) ? undefined : content));
  await check("a page instead", (content, name) => (isTerms(name) ? Buffer.from("<!doctype html><p>404") : content));
  await check("a page instead of the directory", (content, name) => (name === "directory.bin" ? Buffer.from("<html>") : content));
  await check("no directory", () => undefined);
  await check("a busy host", (content, name) => (isTerms(name) ? 503 : content));
  await check("no network", () => {
    throw new TypeError("Failed to fetch");
  });

  // Once the network is back, the same store answers.
  let network = true;
  const flaky = host({ current: first }, (content, name) => {
    if (!network && isTerms(name)) throw new TypeError("Failed to fetch");
    return content;
  });
  const patient = await vitrineStore.open(`${ROOT}directory.bin`, { fetch: flaky.fetch, lunr });
  network = false;
  const away = await told(() => questions(patient));
  network = true;
  found["the network comes back"] = [away, same(await told(() => questions(patient)))];

  const native = globalThis.DecompressionStream;
  delete globalThis.DecompressionStream;
  const inflate = async () => pako.inflate;
  await check("no DecompressionStream", undefined, { inflate });
  await check("no DecompressionStream, compressed by the host", (content) => content && zlib.gzipSync(content), { inflate });
  await check("no DecompressionStream, cut short", (content, name) => (isTerms(name) ? content.subarray(0, -9) : content), { inflate });
  globalThis.DecompressionStream = native;

  // Published anew while the page stays open.
  const files = { current: first };
  const { fetch, asked } = host(files);
  const tab = await vitrineStore.open(`${ROOT}directory.bin`, { fetch, lunr });
  const [before] = await tab.stubs([0]);
  const { generation } = tab;
  files.current = second;
  const fresh = await ask(undefined, {}, { current: second });
  found["published anew"] = (await questions(tab)) === fresh && tab.generation !== generation ? "same" : "other";
  found["documents of before"] = [before.id, await told(() => tab.stubs([0], generation))];
  found["directory is asked for"] = asked.filter(([name]) => name === "directory.bin");
  files.current = first;
  const stale = await vitrineStore.open(`${ROOT}directory.bin`, { fetch, lunr });
  files.current = second;
  found["results of before"] = await told(() => stale.stubs([0]));
  process.stdout.write(JSON.stringify(found));
})();
