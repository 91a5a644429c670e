// The copy of a conversation to keep: JSON for programs, PDF for people.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import sharp from "sharp";

import { hashesOf, range, readPdf, talk } from "../support/history.js";
import { peopleOf } from "../support/people.js";
import { formOf } from "../support/pictures.js";
import { assertProblem } from "../support/problems.js";
import { openServer } from "../support/server.js";

const server = await openServer();
const people = peopleOf(server);
const KINDS = ["json", "pdf"];

/**
 * @param {import("../support/people.js").Person} person
 * @param {string} conversationId
 * @param {string} kind
 * @param {Record<string, string>} [headers]
 */
async function transcript(person, conversationId, kind, headers) {
  const answer = await person.api.get(`/api/conversations/${conversationId}/transcript.${kind}`, { headers });
  assert.equal(answer.status, 200, answer.text.slice(0, 500));
  return answer;
}

/**
 * Sends a photo of these measures.
 * @param {import("../support/people.js").Person} person
 * @param {string} conversationId
 * @param {number} width
 * @param {number} height
 */
async function sendPhoto(person, conversationId, width, height) {
  const background = { r: 230, g: 150, b: 90 };
  const jpeg = await sharp({ create: { width, height, channels: 3, background } }).jpeg().toBuffer();
  const upload = await person.api.post(`/api/conversations/${conversationId}/attachments`, formOf([jpeg]));
  assert.equal(upload.status, 201, upload.text);
  const attachments = [upload.body.items[0].id];
  const body = { message: "", clientId: randomUUID(), attachments };
  const sent = await person.api.post(`/api/conversations/${conversationId}/messages`, body);
  assert.equal(sent.status, 201, sent.text);
  return upload.body.items[0];
}

describe("the JSON transcript", () => {
  test("holds who, when and every message, and its hashes can be computed again", async () => {
    const pair = await people.pair();
    await talk(pair, ['Halo "Dok"\n\tMiko muntah \\ 🐱', "Sejak kapan?\u2028Ceritakan.", "Sejak pagi\r\n</script>"]);
    const photo = await sendPhoto(pair.doctor, pair.conversationId, 60, 40);
    const { body: messages } = await pair.owner.api.get(`/api/conversations/${pair.conversationId}/messages`);
    const [{ body }, { body: theirs }] = [
      await transcript(pair.owner, pair.conversationId, "json"),
      await transcript(pair.doctor, pair.conversationId, "json"),
    ];
    assert.deepEqual({ ...body, exportedAt: "" }, { ...theirs, exportedAt: "" }, "both get the same");
    assert.deepEqual([body.format, body.version], ["hellopet-transcript", 1]);
    assert.equal(body.conversation.id, pair.conversationId);
    assert.equal(body.conversation.status, "active");
    assert.ok(body.consultation.startedAt);
    const names = { owner: messages.items[0].sender.username, doctor: messages.items[0].receiver.username };
    assert.deepEqual(body.participants, [
      { id: pair.owner.id, role: "owner", name: names.owner },
      { id: pair.doctor.id, role: "doctor", name: names.doctor },
    ]);
    assert.deepEqual(
      body.messages.map((/** @type {any} */ each) => [each.seq, each.id, each.senderId, each.sentAt, each.text]),
      messages.items.map((/** @type {any} */ each) => [each.seq, each.id, each.senderId, each.createdAt, each.message]),
    );
    assert.deepEqual(
      body.messages.map((/** @type {any} */ each) => each.sender),
      ["owner", "doctor", "owner", "doctor"],
    );
    const { id, contentType, width, height, byteSize } = photo;
    assert.deepEqual(body.messages[3].attachments, [{ id, contentType, width, height, byteSize }]);
    const hashes = hashesOf(body);
    assert.deepEqual(
      body.messages.map((/** @type {any} */ each) => each.hash),
      hashes,
    );
    assert.equal(body.lastHash, hashes.at(-1));
  });

  test("that somebody has changed no longer adds up", async () => {
    const pair = await people.pair();
    await talk(pair, ["dosisnya 5 mg", "baik", "terima kasih"]);
    const { body } = await transcript(pair.owner, pair.conversationId, "json");
    const forgeries = {
      "a word": (/** @type {any[]} */ messages) => (messages[0].text = "dosisnya 50 mg"),
      "a time": (/** @type {any[]} */ messages) => (messages[1].sentAt = "2026-01-01T00:00:00.000Z"),
      "a sender": (/** @type {any[]} */ messages) => (messages[1].senderId = pair.owner.id),
      "the order": (/** @type {any[]} */ messages) => messages.reverse(),
      "a message left out": (/** @type {any[]} */ messages) => messages.splice(1, 1),
    };
    for (const [what, forge] of Object.entries(forgeries)) {
      const forged = structuredClone(body);
      forge(forged.messages);
      assert.notEqual(hashesOf(forged).at(-1), body.lastHash, what);
    }
  });

  test("of a conversation that goes on is the beginning of a later one", async () => {
    const pair = await people.pair();
    const { body: empty } = await transcript(pair.owner, pair.conversationId, "json");
    assert.deepEqual([empty.messages, empty.lastHash], [[], null]);
    await talk(pair, ["satu", "dua"]);
    const { body: early } = await transcript(pair.owner, pair.conversationId, "json");
    await talk(pair, ["tiga"]);
    await pair.owner.api.patch(`/api/messages/end/${pair.conversationId}`);
    const { body: late } = await transcript(pair.doctor, pair.conversationId, "json");
    assert.deepEqual(late.messages.slice(0, 2), early.messages);
    assert.equal(late.messages[1].hash, early.lastHash);
    assert.equal(late.conversation.status, "ended");
    assert.ok(late.conversation.endedAt && late.consultation.endedAt);
  });
});

describe("the PDF transcript", () => {
  test("says every message in order, with its sender, in Jakarta's time, over as many pages as it takes", async () => {
    const pair = await people.pair();
    const long = range(1, 500)
      .map((number) => `kata${number}`)
      .join(" ");
    const texts = [...range(1, 120).map((seq) => `pesan nomor ${seq} selesai`), long, "sesudah yang panjang"];
    await talk(pair, texts);
    const { bytes } = await transcript(pair.owner, pair.conversationId, "pdf");
    const { body: json } = await transcript(pair.owner, pair.conversationId, "json");
    const { text, pages, title } = await readPdf(bytes);
    let at = 0;
    for (const said of texts.filter((each) => each !== long)) {
      const found = text.indexOf(said, at);
      assert.ok(found >= at, `${said} is missing or out of order`);
      at = found + said.length;
    }
    const words = [...text.matchAll(/kata(\d+)/g)].map((match) => Number(match[1]));
    assert.deepEqual(words, range(1, 500), "a message longer than a page is whole");
    const [owner, doctor] = json.participants;
    for (const name of [owner.name, doctor.name]) assert.ok(text.includes(name));
    assert.equal(title, `Percakapan ${owner.name} dan ${doctor.name}`);
    const sent = new Date(json.messages[0].sentAt);
    const time = sent.toLocaleTimeString("id-ID", { timeZone: "Asia/Jakarta", hour: "2-digit", minute: "2-digit" });
    assert.ok(text.includes(`#1 · ${time.replace(":", ".")} WIB`), "the first message's time");
    assert.ok(text.includes(json.lastHash), "the fingerprint");
    assert.ok(pages > 8, `${pages} pages`);
    for (const page of range(1, pages)) assert.ok(text.includes(`Halaman ${page} dari ${pages}`));
  });

  test("speaks English to those who ask for it", async () => {
    const pair = await people.pair();
    await talk(pair, ["halo"]);
    const english = { "accept-language": "en" };
    const { bytes } = await transcript(pair.owner, pair.conversationId, "pdf", english);
    const { text, title } = await readPdf(bytes);
    assert.ok(text.includes("Page 1 of 1") && text.includes("Consultation transcript"), text);
    assert.match(title, /^Conversation of /);
  });

  test("of an empty conversation is a page", async () => {
    const pair = await people.pair();
    const { bytes } = await transcript(pair.doctor, pair.conversationId, "pdf");
    const { text, pages } = await readPdf(bytes);
    assert.equal(pages, 1);
    assert.ok(text.includes("Belum ada pesan."));
  });

  test("shows pictures small, and says so where one is gone", async () => {
    const pair = await people.pair();
    await sendPhoto(pair.owner, pair.conversationId, 1600, 1200);
    await sendPhoto(pair.owner, pair.conversationId, 300, 2000);
    const whole = await readPdf((await transcript(pair.owner, pair.conversationId, "pdf")).bytes);
    assert.equal(whole.pictures, 2);
    await rm(join(server.folder, "data/attachments/conversations", pair.conversationId), { recursive: true });
    const { bytes } = await transcript(pair.owner, pair.conversationId, "pdf");
    const bare = await readPdf(bytes);
    assert.equal(bare.pictures, 0);
    assert.equal(bare.text.split("Foto tidak dapat ditampilkan").length - 1, 2);
  });

  test("bears any character that a message may hold", async () => {
    const pair = await people.pair();
    const texts = [
      "Emoji: 🐱🐾 👩🏽‍⚕️ 🇮🇩 1️⃣ ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
      "Aksara: ꦲꦏ꧀ꦱꦫ العربية עברית 漢字 ไทย हिन्दी",
      "Gabungan: Z̷͖̆a̴͇͠l̶͕̑g̵̢͋o̸͇͝ e\u0301\u0301\u0301",
      "Tak tampak: \u200b\u200d\u00ad\ufeff\u2060 selesai",
      "\u{10ffff}\u{e000}\ufffd\u0301",
      "x".repeat(4000),
      "🐈".repeat(4000),
      "\n\n\n",
      "a\n".repeat(1999),
    ];
    for (const text of texts) {
      const body = { senderId: pair.owner.id, receiverId: pair.doctor.id, message: text };
      await pair.owner.api.post(`/api/messages/send/${pair.doctor.id}`, body);
    }
    const { bytes } = await transcript(pair.owner, pair.conversationId, "pdf");
    const { text } = await readPdf(bytes);
    for (const part of ["🐱🐾", "漢字", "selesai"]) assert.ok(text.includes(part), `${part} cannot be copied`);
    assert.equal(text.match(/x/g)?.length, 4000);
    assert.equal(text.match(/🐈/gu)?.length, 4000);
  });
});

for (const kind of KINDS) {
  describe(`a ${kind.toUpperCase()} transcript`, () => {
    test("is a file to keep", async () => {
      const pair = await people.pair();
      const { headers } = await transcript(pair.owner, pair.conversationId, kind);
      assert.equal(headers.get("content-type"), `application/${kind}`);
      const name = new RegExp(`^attachment; filename="hellopet-percakapan-\\d{4}-\\d\\d-\\d\\d\\.${kind}"$`);
      assert.match(headers.get("content-disposition") ?? "", name);
      assert.match(headers.get("cache-control") ?? "", /no-store/);
    });

    test("is for the two participants only", async () => {
      const pair = await people.pair();
      await talk(pair, ["rahasia"]);
      const path = `/api/conversations/${pair.conversationId}/transcript.${kind}`;
      const admin = await people.admin();
      for (const stranger of [people.owner(), people.doctor(), admin]) {
        assertProblem(await stranger.api.get(path), 403, "not_a_participant");
      }
      assertProblem(await server.visitor.get(path), 401, "unauthenticated");
      for (const id of ["01900000-0000-7000-8000-000000000000", "7", "..%2f..%2fetc", "%00"]) {
        const answer = await pair.owner.api.get(`/api/conversations/${id}/transcript.${kind}`);
        assertProblem(answer, 404, "conversation_not_found");
      }
    });
  });
}

test("transcripts leave no files behind", async () => {
  const names = await readdir(server.folder);
  assert.ok(names.every((name) => !/transkrip|\.pdf$|percakapan/.test(name)), names.join(" "));
});
