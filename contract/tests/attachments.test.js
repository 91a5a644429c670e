// Contract 3: pictures in a conversation. What is kept is a picture that we wrote ourselves, for the two only.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import sharp from "sharp";
import { thumbHashToAverageRGBA, thumbHashToRGBA } from "thumbhash";

import { peopleOf } from "../support/people.js";
import {
  badPictures,
  fiftyMegapixels,
  formOf,
  goodPictures,
  largePhoto,
  pngOf,
  sidewaysPhoto,
  tellsPlace,
  tooLargePicture,
} from "../support/pictures.js";
import { assertProblem, assertRefused } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);
const good = await goodPictures();
const UNKNOWN = "01900000-0000-7000-8000-000000000000";
const MIB = 1024 * 1024;
const bad = await badPictures();
const jpeg = /** @type {Buffer} */ (good["image/jpeg"]);

/**
 * @param {import("../support/people.js").Person} person
 * @param {string} conversationId
 * @param {any} body
 */
function upload(person, conversationId, body) {
  return person.api.post(`/api/conversations/${conversationId}/attachments`, body);
}

/**
 * @param {import("../support/people.js").Person} person
 * @param {string} conversationId
 * @returns {Promise<any>} one uploaded picture
 */
async function uploaded(person, conversationId) {
  const answer = await upload(person, conversationId, formOf([jpeg]));
  assert.equal(answer.status, 201, answer.text);
  return answer.body.items[0];
}

describe("uploading", () => {
  for (const [type, bytes] of Object.entries(good)) {
    test(`${type} is taken, written anew, and told nothing of where it was made`, async () => {
      assert.ok(tellsPlace(bytes), "the sample must hold metadata for this test to mean anything");
      const { owner, doctor, conversationId } = await people.pair();
      const answer = await upload(owner, conversationId, formOf([bytes], type));
      assert.equal(answer.status, 201, answer.text);
      const [picture] = answer.body.items;
      assert.deepEqual([picture.width, picture.height], [64, 48]);
      assert.equal((await owner.api.get(picture.url)).bytes.length, picture.byteSize);
      for (const reader of [owner, doctor]) {
        for (const url of [picture.url, picture.thumbnailUrl]) {
          const kept = await reader.api.get(url);
          assert.equal(kept.status, 200);
          assert.equal(kept.headers.get("content-type"), picture.contentType);
          assert.equal(kept.headers.get("content-length"), String(kept.bytes.length));
          assert.equal(kept.headers.get("x-content-type-options"), "nosniff");
          assert.notDeepEqual(kept.bytes, bytes);
          assert.ok(!tellsPlace(kept.bytes), "metadata has survived");
          const metadata = await sharp(kept.bytes).metadata();
          assert.equal(metadata.exif, undefined);
          assert.deepEqual([metadata.width, metadata.height], [64, 48]);
        }
      }
    });
  }

  test("a photo taken sideways is kept upright", async () => {
    const { owner, conversationId } = await people.pair();
    const answer = await upload(owner, conversationId, formOf([await sidewaysPhoto()]));
    const [picture] = answer.body.items;
    assert.deepEqual([picture.width, picture.height], [48, 64]);
    for (const url of [picture.url, picture.thumbnailUrl]) {
      const metadata = await sharp((await owner.api.get(url)).bytes).metadata();
      assert.deepEqual([metadata.width, metadata.height, metadata.orientation], [48, 64, undefined]);
    }
  });

  test("a thumbnail is at most 480 pixels long, and lighter", async () => {
    const { owner, conversationId } = await people.pair();
    const [picture] = (await upload(owner, conversationId, formOf([await largePhoto()]))).body.items;
    assert.deepEqual([picture.width, picture.height], [1200, 900]);
    const thumbnail = (await owner.api.get(picture.thumbnailUrl)).bytes;
    const metadata = await sharp(thumbnail).metadata();
    assert.deepEqual([metadata.format, metadata.width, metadata.height], ["jpeg", 480, 360]);
    assert.ok(thumbnail.length * 5 < picture.byteSize);
  });

  test("a placeholder is some thirty bytes and looks like the picture from afar", async () => {
    const { owner, conversationId } = await people.pair();
    const { placeholder } = await uploaded(owner, conversationId);
    const hash = Buffer.from(placeholder, "base64");
    assert.ok(hash.length <= 32, `${hash.length} bytes`);
    const { w, h } = thumbHashToRGBA(hash);
    assert.ok(w > h, `${w} × ${h}`);
    const { r, g, b } = thumbHashToAverageRGBA(hash);
    assert.ok(r > g && g > b, "it is orange");
  });

  test("a photo of 50 megapixels is taken, one of more is refused whatever its file weighs", async () => {
    const { owner, conversationId } = await people.pair();
    const answer = await upload(owner, conversationId, formOf([await fiftyMegapixels()]));
    assert.equal(answer.status, 201, answer.text);
    assert.deepEqual([answer.body.items[0].width, answer.body.items[0].height], [2048, 1536]);
    for (const bomb of [pngOf(12_000, 5_000), pngOf(12_001, 1)]) {
      const problem = assertProblem(await upload(owner, conversationId, formOf([bomb])), 422, "validation_failed");
      assert.equal(problem.errors[0].code, "image_too_large");
    }
  });

  test("a HEIC photo is refused with what to do about it", async () => {
    const { owner, conversationId } = await people.pair();
    const heic = /** @type {Buffer} */ (bad["a HEIC photo"]);
    const problem = assertProblem(await upload(owner, conversationId, formOf([heic])), 422, "validation_failed");
    assert.equal(problem.errors[0].code, "heic_not_supported");
    assert.match(problem.errors[0].message, /Paling Kompatibel/);
  });

  test("several pictures come in one form", async () => {
    const { doctor, conversationId } = await people.pair();
    const answer = await upload(doctor, conversationId, formOf(Object.values(good)));
    assert.equal(answer.status, 201, answer.text);
    assert.equal(new Set(answer.body.items.map((/** @type {any} */ each) => each.id)).size, 3);
  });

  for (const [what, bytes] of Object.entries(bad)) {
    test(`${what} is refused`, async () => {
      const { owner, conversationId } = await people.pair();
      for (const claimed of ["image/jpeg", "image/heic", "text/html"]) {
        assertRefused(await upload(owner, conversationId, formOf([bytes], claimed)), what);
      }
    });
  }

  test("a picture of more than 10 MiB is refused", async () => {
    const { owner, conversationId } = await people.pair();
    const answer = await upload(owner, conversationId, formOf([await tooLargePicture()]));
    assertProblem(answer, 413, "payload_too_large");
  });

  test("a refused upload is answered, not cut off in the middle", async () => {
    // As a browser sends it: a server that closes while the body still comes shows people a broken connection.
    const path = `${server.url}/api/conversations/${UNKNOWN}/attachments`;
    const body = formOf([Buffer.concat([jpeg, Buffer.alloc(3 * MIB)])]);
    for (let round = 0; round < 5; round++) {
      const answer = await fetch(path, { method: "POST", body, signal: AbortSignal.timeout(20_000) });
      assert.equal(answer.status, 401);
      assert.equal(/** @type {any} */ (await answer.json()).code, "unauthenticated");
    }
  });

  test("a picture of 25 MiB is refused with a problem too", async () => {
    const { owner, conversationId } = await people.pair();
    const body = formOf([Buffer.concat([jpeg, Buffer.alloc(25 * MIB)])]);
    const headers = { authorization: `Bearer ${owner.token}` };
    const path = `${server.url}/api/conversations/${conversationId}/attachments`;
    const answer = await fetch(path, { method: "POST", body, headers, signal: AbortSignal.timeout(20_000) });
    assert.equal(answer.status, 413);
    assert.equal(/** @type {any} */ (await answer.json()).code, "payload_too_large");
  });

  test("a form without a file, and what is no form, is refused", async () => {
    const { owner, conversationId } = await people.pair();
    const empty = new FormData();
    empty.append("caption", "tanpa foto");
    const boundary = { headers: { "content-type": "multipart/form-data; boundary=batas" } };
    const path = `/api/conversations/${conversationId}/attachments`;
    assertRefused(await upload(owner, conversationId, empty), "no file");
    assertRefused(await upload(owner, conversationId, { file: "foto.jpg" }), "JSON");
    assertRefused(await upload(owner, conversationId, undefined), "nothing");
    assertRefused(await owner.api.post(path, "--batas\r\nrusak", boundary), "a broken form");
    assertRefused(await owner.api.post(path, jpeg, { headers: { "content-type": "image/jpeg" } }), "a bare picture");
  });

  test("strangers cannot upload, nor anybody into an ended or unknown conversation", async () => {
    const { owner, conversationId } = await people.pair();
    const admin = await people.admin();
    for (const stranger of [people.owner(), people.doctor(), admin]) {
      assertProblem(await upload(stranger, conversationId, formOf([jpeg])), 403, "not_a_participant");
    }
    assertProblem(await server.visitor.post(`/api/conversations/${conversationId}/attachments`, formOf([jpeg])), 401);
    assertProblem(await upload(owner, UNKNOWN, formOf([jpeg])), 404);
    await owner.api.patch(`/api/messages/end/${conversationId}`);
    assertProblem(await upload(owner, conversationId, formOf([jpeg])), 403, "no_active_conversation");
  });
});

describe("reading", () => {
  test("is for the two participants only", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    const picture = await uploaded(owner, conversationId);
    const admin = await people.admin();
    const strangers = [people.owner(), people.doctor(), admin];
    for (const url of [picture.url, picture.thumbnailUrl]) {
      assert.equal((await doctor.api.get(url)).status, 200);
      for (const stranger of strangers) assertProblem(await stranger.api.get(url), 403, "not_a_participant");
      assertProblem(await server.visitor.get(url), 401, "unauthenticated");
    }
  });

  test("a device need not ask twice", async () => {
    const { owner, conversationId } = await people.pair();
    const picture = await uploaded(owner, conversationId);
    const tags = new Set();
    for (const url of [picture.url, picture.thumbnailUrl]) {
      const first = await owner.api.get(url);
      assert.equal(first.headers.get("cache-control"), "private, max-age=31536000, immutable");
      const tag = first.headers.get("etag") ?? "";
      assert.match(tag, /^"[^"]+"$/, "strong");
      tags.add(tag);
      for (const known of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
        const again = await owner.api.get(url, { headers: { "if-none-match": known } });
        assert.deepEqual([again.status, again.bytes.length, again.headers.get("etag")], [304, 0, tag], known);
      }
      assert.equal((await owner.api.get(url, { headers: { "if-none-match": '"x"' } })).status, 200);
    }
    assert.equal(tags.size, 2);
  });

  test("a device that has half of a picture asks for the rest", async () => {
    const { owner, conversationId } = await people.pair();
    const picture = await uploaded(owner, conversationId);
    const whole = await owner.api.get(picture.url);
    assert.equal(whole.headers.get("accept-ranges"), "bytes");
    const [size, tag] = [picture.byteSize, whole.headers.get("etag") ?? ""];
    const part = (/** @type {string} */ range, /** @type {Record<string, string>} */ condition = {}) =>
      owner.api.get(picture.url, { headers: { range, ...condition } });
    for (const [range, from, to] of /** @type {[string, number, number][]} */ ([
      ["bytes=0-99", 0, 100],
      ["bytes=100-", 100, size],
      ["bytes=-50", size - 50, size],
      ["bytes=100-999999999", 100, size],
    ])) {
      const answer = await part(range);
      assert.equal(answer.status, 206, range);
      assert.equal(answer.headers.get("content-range"), `bytes ${from}-${to - 1}/${size}`);
      assert.equal(answer.headers.get("content-length"), String(to - from));
      assert.equal(answer.headers.get("content-type"), "image/jpeg");
      assert.deepEqual(answer.bytes, whole.bytes.subarray(from, to), range);
    }
    for (const range of [`bytes=${size}-`, "bytes=999999999-9999999999"]) {
      const answer = await part(range);
      assertProblem(answer, 416, "range_not_satisfiable");
      assert.equal(answer.headers.get("content-range"), `bytes */${size}`);
    }
    for (const range of ["bytes=9-5", "rubbish", "bytes=0-1,5-6", "bytes=-"]) {
      assert.equal((await part(range)).status, 200, range);
    }
    assert.equal((await part("bytes=0-9", { "if-range": tag })).status, 206);
    for (const other of ['"x"', `W/${tag}`, "Sun, 22 Nov 2026 08:00:00 GMT"]) {
      assert.equal((await part("bytes=0-9", { "if-range": other })).status, 200, other);
    }
  });

  test("an unknown picture is not found", async () => {
    const { owner } = await people.pair();
    for (const id of [UNKNOWN, "foto.jpg", "..%2F..%2Fhellopet.db"]) {
      assertProblem(await owner.api.get(`/api/attachments/${id}`), 404, "attachment_not_found");
      assertProblem(await owner.api.get(`/api/attachments/${id}/thumbnail`), 404, "attachment_not_found");
    }
  });
});

describe("sending", () => {
  test("a picture needs no words, and arrives with its message", async (t) => {
    const { owner, doctor, conversationId } = await people.pair();
    const device = await connect(t, doctor, "websocket");
    const picture = await uploaded(owner, conversationId);
    const body = { message: "", clientId: randomUUID(), attachments: [picture.id] };
    const sent = await owner.api.post(`/api/conversations/${conversationId}/messages`, body);
    assert.equal(sent.status, 201, sent.text);
    assert.deepEqual(sent.body.attachments, [picture]);
    assert.deepEqual((await device.next("newMessage")).attachments, [picture]);
    const { body: page } = await doctor.api.get(`/api/conversations/${conversationId}/messages`);
    assert.deepEqual(page.items[0].attachments, [picture]);
  });

  test("a picture is sent once, by the one who uploaded it, where it was uploaded", async () => {
    const [{ owner, doctor, conversationId }, elsewhere] = [await people.pair(), await people.pair()];
    const picture = await uploaded(owner, conversationId);
    const foreign = await uploaded(elsewhere.owner, elsewhere.conversationId);
    const send = (/** @type {import("../support/people.js").Person} */ sender, /** @type {string[]} */ attachments) => {
      const body = { message: "lihat", clientId: randomUUID(), attachments };
      return sender.api.post(`/api/conversations/${conversationId}/messages`, body);
    };
    assertRefused(await send(doctor, [picture.id]), "the other side's picture");
    assertRefused(await send(owner, [foreign.id]), "a stranger's picture");
    assertRefused(await send(owner, [UNKNOWN]), "an unknown picture");
    assertRefused(await send(owner, [picture.id, picture.id]), "the same picture twice");
    assert.equal((await owner.conversation()).lastSeq, 0, "a refused message leaves no gap");
    assert.equal((await send(owner, [picture.id])).status, 201);
    assertRefused(await send(owner, [picture.id]), "a picture that was sent before");
    assert.equal((await owner.conversation()).lastSeq, 1);
  });
});
