/*
 * Pagefind's answers to questions: its own script over its own files, read from a folder instead of a host.
 *
 *   argument   the site's folder; in: [question]; out: [[name of the page's folder]]
 */
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const folder = path.resolve(process.argv[2]);
const bundle = pathToFileURL(path.join(folder, "pagefind")).href + "/";
const plain = globalThis.fetch;
globalThis.fetch = async (address, options) => {
  const url = new URL(String(address), bundle);
  if (url.protocol !== "file:") return plain(address, options);
  return new Response(fs.readFileSync(url.pathname));
};
globalThis.window = globalThis;
globalThis.location = new URL(bundle);
globalThis.document = { querySelector: () => ({ getAttribute: () => "fr" }) };
const pagefind = await import(`${bundle}pagefind.js`);
await pagefind.options({ basePath: bundle, baseUrl: "/" });
await pagefind.init("fr");
const answers = [];
for (const question of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const { results } = await pagefind.search(question);
  const found = await Promise.all(results.slice(0, 50).map((result) => result.data()));
  answers.push(found.map(({ url }) => url.replace(/\/(index\.html)?$/u, "").split("/").pop()));
}
process.stdout.write(JSON.stringify(answers));
process.exit(0);
