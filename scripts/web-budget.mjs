// Holds what pages load against a budget, in KiB of brotli: `node scripts/web-budget.mjs [DIST]`. The first visit is to `/`;
// whoever goes on from there loads what a page has besides. Prints a table and fails when a page is over.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const dist = process.argv[2] ?? "web/dist";
const FIRST_KIB = 150;
const FURTHER_KIB = 40;
/** @type {Record<string, number>} Pages that may be larger, each with the reason. */
const EXCEPTIONS = {
  // The whole chat: what waits on the device, pictures, search, the inbox beside it. Entered after a payment, never first.
  "/chat/:conversationId": 64,
};

/** @param {string} url */
function bytes(url) {
  const file = join(dist, url);
  return existsSync(`${file}.br`) ? statSync(`${file}.br`).size : brotliCompressSync(readFileSync(file)).length;
}

/** @param {Iterable<string>} urls */
const kib = (urls) => [...urls].reduce((sum, url) => sum + bytes(url), 0) / 1024;

const index = readFileSync(join(dist, "index.html"), "utf8");
const loaded = [...index.matchAll(/<(?:script|link)[^>]*(?:src|href)="(\/assets\/[^"]+\.(?:js|css))"/g)];
const shell = new Set(loaded.map(([, url]) => url));
if (shell.size === 0) throw new Error(`${dist}/index.html loads nothing: what is counted here is not what is loaded`);
const places = JSON.parse(readFileSync(join(dist, "places.json"), "utf8"));

/** @param {{ scripts: string[], styles: string[] }} place @param {Set<string>} known */
const beyond = (place, known) => [...place.scripts, ...place.styles].filter((url) => !known.has(url));

const home = places.find((/** @type {any} */ { path }) => path === "/");
const first = new Set([...shell, ...beyond(home, shell)]);
const rows = [{ path: "/", size: kib(first), most: FIRST_KIB, files: first.size }];
for (const place of places) {
  const files = beyond(place, first);
  if (files.length === 0) continue;
  rows.push({ path: place.path, size: kib(files), most: EXCEPTIONS[place.path] ?? FURTHER_KIB, files: files.length });
}

console.log(`| page | KiB of brotli | files | at most |\n| --- | ---: | ---: | ---: |`);
for (const { path, size, files, most } of rows.sort((one, other) => other.size - one.size)) {
  console.log(`| ${path === "/" ? "`/`, everything" : `\`${path}\`, besides`} | ${size.toFixed(1)} | ${files} | ${most} |`);
}
const over = rows.filter(({ size, most }) => size > most);
for (const { path, size, most } of over) console.error(`over the budget: ${path} loads ${size.toFixed(1)} KiB, at most ${most}`);
process.exitCode = over.length > 0 ? 1 : 0;
