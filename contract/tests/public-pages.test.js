// The public pages as they arrive, before any script: held against the web app as it was built, since the server fills
// its `index.html`.

import assert from "node:assert/strict";
import { test } from "node:test";

import { openServer } from "../support/server.js";

const server = await openServer({ people: { pairs: 0, doctors: 45, idle: 0 } });
/** @type {{ id: string, username: string, price: number }[]} */
const doctors = (await server.visitor.get("/api/roles/dokter")).body;

/** @param {string} path @param {Record<string, string>} [headers] */
async function page(path, headers = {}) {
  const answer = await server.visitor.get(path, { headers });
  const [head = "", body = ""] = answer.text.split("<body");
  return { ...answer, head, body };
}

/** The text of a body between its elements. @param {string} body */
const words = (body) => body.replaceAll(/<[^>]*>/g, " ");

/** @param {string} body */
const vetsIn = (body) => [...body.matchAll(/href="\/dokter\/([0-9a-f-]{36})/g)].map(([, id]) => id);

const rupiah = new Intl.NumberFormat("id-ID");

test("home says what we are, shows some vets with their prices, and leads on", async () => {
  const { status, body } = await page("/");
  assert.equal(status, 200);
  assert.match(body, /<h1[^>]*>Ada apa dengan anabulmu hari ini\?/);
  assert.match(body, /href="\/dokter"/);
  const shown = vetsIn(body);
  assert.equal(shown.length, 8);
  const first = doctors.find(({ id }) => id === shown[0]);
  assert.ok(first && words(body).includes(first.username) && words(body).includes(`Rp${rupiah.format(first.price)}`));
});

test("the directory is read page by page, each vet once, and describes only what it shows", async () => {
  const seen = [];
  /** @type {string | undefined} */
  let path = "/dokter";
  for (let count = 0; path; count++) {
    assert.ok(count < 4, "it goes on for ever");
    const { status, head, body } = await page(path);
    assert.equal(status, 200);
    const shown = vetsIn(body);
    assert.ok(shown.length <= 20, `${shown.length} at once`);
    const list = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(head)?.[1] ?? "null");
    assert.deepEqual(list.itemListElement.map((/** @type {any} */ item) => item.url.split("/").at(-1)), shown);
    seen.push(...shown);
    path = /<a href="([^"]+)" rel="next"/.exec(body)?.[1]?.replaceAll("&#38;", "&");
  }
  assert.deepEqual(seen.toSorted(), doctors.map(({ id }) => id).toSorted());
  assert.equal((await page("/dokter?cursor=nonsense")).status, 404);
});

test("a vet's page has the name, the price, and the way back", async () => {
  const doctor = doctors[0];
  assert.ok(doctor);
  const { status, head, body } = await page(`/dokter/${doctor.id}`);
  assert.equal(status, 200);
  assert.match(body, new RegExp(`<h1[^>]*>${doctor.username}`));
  assert.ok(words(body).includes(`Rp${rupiah.format(doctor.price)}`));
  assert.match(body, /href="\/dokter"/);
  assert.match(head, /<meta property="og:image" content="http[^"]+"/);
});

test("the language is the reader's own choice, and Indonesian without one", async () => {
  const english = { "accept-language": "en-GB,en;q=0.9" };
  const byDevice = await page("/dokter", english);
  assert.match(byDevice.head, /<html lang="id"/);
  assert.match(byDevice.body, /Dokter hewan/);
  for (const chosen of [await page("/dokter?lang=en"), await page("/dokter", { cookie: "locale=en" })]) {
    assert.match(chosen.head, /<html lang="en"/);
    assert.match(chosen.body, /<h1[^>]*>Vets on HELLOPET!/);
  }
  assert.match((await page("/dokter?lang=id", { cookie: "locale=en" })).head, /<html lang="id"/);
  assert.match(byDevice.headers.get("vary") ?? "", /cookie/i);
  for (const [language, address] of [["id", "/dokter"], ["en", "/dokter?lang=en"], ["x-default", "/dokter"]]) {
    const link = new RegExp(`<link rel="alternate" hreflang="${language}" href="http[^"?]*${address?.replace("?", "\\?")}"`);
    assert.match(byDevice.head, link);
  }
  // What leads on from an English address stays English for those who carry no cookie.
  const { body } = await page("/dokter?lang=en");
  assert.match(body, /href="\/dokter\/[0-9a-f-]{36}\?lang=en"/);
});

test("an address that leads nowhere is a 404, and those of the app are not", async () => {
  const nowhere = ["/tidak-ada", "/dokter/tidak-ada", "/hewan/a/b/c", "/dokter/01940000-0000-7000-8000-000000000000"];
  for (const path of nowhere) {
    const { status, body } = await page(path);
    assert.equal(status, 404, path);
    assert.match(body, /id="app"/, path);
  }
  const known = ["/masuk", "/akun", "/dokter/jadwal", "/hewan/01940000-0000-7000-8000-000000000000/ubah", "/verifikasi", "/verifikasi/ABCD", "/masuk/"];
  for (const path of known) assert.equal((await page(path)).status, 200, path);
});

test("the page that checks a summary has a head of its own", async () => {
  const { head, body } = await page("/verifikasi/ABCD-EFGH");
  assert.match(head, /<title>Cek keaslian ringkasan/);
  assert.match(head, /<link rel="canonical" href="[^"]*\/verifikasi"/);
  assert.match(body, /<h1/);
});

test("a page says whether a session may come with it", async () => {
  for (const path of ["/", "/masuk"]) {
    assert.match((await page(path)).head, /<html[^>]* data-session="none"/, path);
    assert.match((await page(path, { cookie: "accessToken=x" })).head, /<html[^>]* data-session="maybe"/, path);
  }
});

test("a page that has not changed is confirmed", async () => {
  for (const path of ["/masuk", "/dokter"]) {
    const tag = (await page(path)).headers.get("etag") ?? "";
    assert.equal((await page(path, { "if-none-match": tag })).status, 304, path);
    assert.equal((await page(path, { "if-none-match": tag, cookie: "locale=en" })).status, 200, path);
  }
});
