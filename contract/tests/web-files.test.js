// The files of the web app as a browser gets them: packed at build, kept for ever where their name changes with them.

import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { openServer } from "../support/server.js";

const server = await openServer({ people: null });
const shell = (await server.visitor.get("/index.html")).text;
const script = /<script type="module"[^>]* src="([^"]+)"/.exec(shell)?.[1] ?? "";

/**
 * As it is on the wire: `fetch` would unpack it.
 * @param {string} path
 * @param {Record<string, string>} headers
 * @returns {Promise<{ status: number, headers: import("node:http").IncomingHttpHeaders, bytes: Buffer }>}
 */
function raw(path, headers) {
  return new Promise((done, fail) => {
    request(new URL(path, server.url), { headers }, (answer) => {
      /** @type {Buffer[]} */
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => done({ status: answer.statusCode ?? 0, headers: answer.headers, bytes: Buffer.concat(parts) }));
    })
      .on("error", fail)
      .end();
  });
}

test("a script comes as small as it was made, by what the browser takes", async () => {
  const plain = await raw(script, {});
  const packed = await raw(script, { "accept-encoding": "gzip, deflate, br" });
  const older = await raw(script, { "accept-encoding": "gzip" });
  assert.equal(packed.headers["content-encoding"], "br");
  assert.equal(older.headers["content-encoding"], "gzip");
  assert.equal(plain.headers["content-encoding"], undefined);
  assert.deepEqual(brotliDecompressSync(packed.bytes), plain.bytes);
  assert.deepEqual(gunzipSync(older.bytes), plain.bytes);
  const all = [plain, packed, older];
  assert.equal(new Set(all.map(({ headers }) => headers.etag)).size, 3, "each form has a tag of its own");
  for (const { headers } of all) {
    assert.equal(headers["content-type"], "text/javascript");
    assert.match(headers.vary ?? "", /accept-encoding/i);
    assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
  }
  const again = await raw(script, { "accept-encoding": "br", "if-none-match": packed.headers.etag ?? "" });
  assert.equal(again.status, 304);
  assert.equal(again.bytes.length, 0);
});

test("the page lets the script run that stands in it, and no other", async () => {
  const { headers, text } = await server.visitor.get("/masuk");
  const policy = headers.get("content-security-policy") ?? "";
  assert.equal([...text.matchAll(/<script>/g)].length, 1);
  assert.equal([...policy.matchAll(/'sha256-/g)].length, 1);
  assert.doesNotMatch(/script-src[^;]*/.exec(policy)?.[0] ?? "", /unsafe/);
});

test("a page has the browser fetch its own files at once", async () => {
  const preloads = async (/** @type {string} */ path) => {
    const { text } = await server.visitor.get(path);
    return [...text.matchAll(/<link rel="modulepreload" crossorigin href="([^"]+)"/g)].map(([, url]) => url);
  };
  const home = await preloads("/");
  const directory = await preloads("/dokter");
  assert.ok(home.some((url) => /HomePage/.test(url ?? "")), String(home));
  assert.ok(directory.some((url) => /DirectoryPage/.test(url ?? "")) && !directory.some((url) => /HomePage/.test(url ?? "")));
  for (const url of home) assert.equal((await server.visitor.get(url ?? "")).status, 200, url);
});

test("what names the newest release is asked for again each time", async () => {
  for (const path of ["/", "/index.html", "/sw.js", "/manifest.webmanifest"]) {
    assert.equal((await server.visitor.get(path)).headers.get("cache-control"), "no-cache", path);
  }
});

test("whose work is in the program can be read, with the licences it is under", async () => {
  const packed = await raw("/third-party.txt", { "accept-encoding": "br" });
  assert.equal(packed.status, 200);
  assert.equal(packed.headers["content-type"], "text/plain; charset=utf-8");
  assert.equal(packed.headers["content-encoding"], "br");
  const text = brotliDecompressSync(packed.bytes).toString();
  for (const part of [/^crate axum [\d.]+ \(MIT\), text \d+$/m, /^crate ring .*ISC/m, /^npm vue [\d.]+ \(MIT\), text \d+$/m, /^npm echarts .*Apache-2\.0/m, /^font PlusJakartaSans \(OFL-1\.1\), text \d+$/m]) {
    assert.match(text, part);
  }
  // Each text that is named is there, and is named.
  const named = new Set([...text.matchAll(/^(?:crate|npm|font) .*\), text (.*)$/gm)].flatMap(([, numbers = ""]) => numbers.split(", ")));
  const there = [...text.matchAll(/^---- text (\d+) -/gm)].map(([, number]) => number);
  assert.deepEqual(there.toSorted(), [...named].toSorted());
  assert.match(text, /Permission is hereby granted, free of charge/);
  assert.match(text, /^ +Apache License\n/m);
});
