// Pictures in pieces: a connection may break at any byte, and the phone goes on from where the server says.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";

import sharp from "sharp";

import { Bucket } from "../support/bucket.js";
import { peopleOf } from "../support/people.js";
import { badPictures, goodPictures, largePhoto, sidewaysPhoto, tellsPlace } from "../support/pictures.js";
import { assertProblem, fieldsOf } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { begin, begun, goOn, send, sendHalf, state } from "../support/uploads.js";

const server = await openServer();
const people = peopleOf(server);
const UNKNOWN = "01900000-0000-7000-8000-000000000000";
const KIB = 1024;
const MIB = 1024 * KIB;
const small = /** @type {Buffer} */ ((await goodPictures())["image/jpeg"]);
const large = await largePhoto();
const bad = await badPictures();

describe("a picture in pieces", () => {
  test("is the same picture as in one go, told nothing of where it was made", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    assert.ok(tellsPlace(large) && large.length > 2 * MIB, "the sample must be large and know its place");
    const upload = await begun(owner, conversationId, large);
    assert.deepEqual([upload.size, upload.offset, upload.attachment], [large.length, 0, null]);
    assert.equal(upload.conversationId, conversationId);
    const lifetime = Date.parse(upload.expiresAt) - Date.now();
    assert.ok(Math.abs(lifetime - 24 * 3600 * 1000) < 60_000, upload.expiresAt);

    const { attachment, offset } = await goOn(owner, upload, large, MIB);
    assert.equal(offset, large.length);
    assert.deepEqual([attachment.width, attachment.height], [1200, 900]);
    const kept = (await doctor.api.get(attachment.url)).bytes;
    assert.ok(!tellsPlace(kept), "metadata has survived");
    assert.equal((await sharp(kept).metadata()).exif, undefined);
    assert.equal(kept.length, attachment.byteSize);

    const body = { message: "lihat", clientId: randomUUID(), attachments: [attachment.id] };
    const sent = await owner.api.post(`/api/conversations/${conversationId}/messages`, body);
    assert.deepEqual(sent.body.attachments, [attachment]);
    assert.deepEqual((await state(owner, upload)).attachment, attachment, "it can still be asked for");
  });

  test("goes on where it broke off", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, large);
    assert.equal((await send(owner, upload, 0, large.subarray(0, 300 * KIB))).status, 200);
    await sendHalf(owner, upload, 300 * KIB, large.subarray(300 * KIB, 900 * KIB));
    assert.equal((await state(owner, upload)).offset, 300 * KIB, "half a piece is no piece");
    const { attachment } = await goOn(owner, upload, large, 700 * KIB);
    assert.equal(attachment.width, 1200);
  });

  test("outlives the server: what was acknowledged is there after a kill", async (t) => {
    const mortal = await openServer({ people: { pairs: 1, doctors: 0, idle: 0 } }, t);
    const { owner, conversationId } = await peopleOf(mortal).pair();
    const upload = await begun(owner, conversationId, large);
    assert.equal((await send(owner, upload, 0, large.subarray(0, MIB))).status, 200);
    await mortal.kill();
    await mortal.start();
    assert.equal((await state(owner, upload)).offset, MIB);
    assert.equal((await goOn(owner, upload, large, MIB)).attachment.width, 1200);
  });

  test("taken sideways is kept upright", async () => {
    const { owner, conversationId } = await people.pair();
    const photo = await sidewaysPhoto();
    const { attachment } = await goOn(owner, await begun(owner, conversationId, photo), photo, 200);
    assert.deepEqual([attachment.width, attachment.height], [48, 64]);
  });

  test("may be asked for by its device only", async () => {
    const { owner, doctor, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, small);
    for (const other of [doctor, people.owner(), people.doctor()]) {
      assertProblem(await other.api.get(`/api/uploads/${upload.id}`), 404, "upload_not_found");
      assertProblem(await send(other, upload, 0, small), 404, "upload_not_found");
    }
    assertProblem(await server.visitor.get(`/api/uploads/${upload.id}`), 401, "unauthenticated");
    for (const id of [UNKNOWN, "foto"]) {
      assertProblem(await owner.api.get(`/api/uploads/${id}`), 404, "upload_not_found");
      assertProblem(await send(owner, { id }, 0, small), 404, "upload_not_found");
    }
    assert.equal((await state(owner, upload)).offset, 0);
  });
});

describe("beginning", () => {
  test("again with the same clientId is the same upload", async () => {
    const { owner, conversationId } = await people.pair();
    const form = { size: small.length, clientId: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(owner, conversationId, form)));
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 200, 200, 200, 200, 200, 200, 201]);
    assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
    const [upload] = answers.map((answer) => answer.body);
    await send(owner, upload, 0, small.subarray(0, 100));
    assert.equal((await begin(owner, conversationId, form)).body.offset, 100);
    await goOn(owner, upload, small, 1000);
    const again = await begin(owner, conversationId, form);
    assert.equal(again.status, 200);
    assert.equal(again.body.attachment.width, 64);
  });

  test("with the clientId of another file is refused; another person's does not matter", async () => {
    const [{ owner, doctor, conversationId }, elsewhere] = [await people.pair(), await people.pair()];
    const form = { size: 1000, clientId: randomUUID() };
    assert.equal((await begin(owner, conversationId, form)).status, 201);
    assertProblem(await begin(owner, conversationId, { ...form, size: 1001 }), 409, "client_id_reused");
    assert.equal((await begin(doctor, conversationId, form)).status, 201);
    assert.equal((await begin(elsewhere.owner, elsewhere.conversationId, form)).status, 201);
  });

  test("is for the two of an active conversation", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, small);
    const admin = await people.admin();
    for (const stranger of [people.owner(), people.doctor(), admin]) {
      assertProblem(await begin(stranger, conversationId, {}), 403, "not_a_participant");
    }
    const path = `/api/conversations/${conversationId}/uploads`;
    assertProblem(await server.visitor.post(path, { size: 1 }), 401, "unauthenticated");
    assertProblem(await begin(owner, UNKNOWN, {}), 404, "conversation_not_found");
    await owner.api.patch(`/api/messages/end/${conversationId}`);
    assertProblem(await begin(owner, conversationId, {}), 403, "no_active_conversation");
    assertProblem(await send(owner, upload, 0, small), 403, "no_active_conversation");
  });

  test("names each field that is wrong", async () => {
    const { owner, conversationId } = await people.pair();
    const path = `/api/conversations/${conversationId}/uploads`;
    const empty = assertProblem(await owner.api.post(path, {}), 400, "all_fields_required");
    assert.deepEqual(fieldsOf(empty), ["clientId", "contentType", "size"]);
    for (const [size, code] of /** @type {[number, string][]} */ ([
      [0, "image_empty"],
      [-1, "out_of_range"],
      [10 * MIB + 1, "out_of_range"],
      [2 ** 40, "out_of_range"],
    ])) {
      const problem = assertProblem(await begin(owner, conversationId, { size }), 422, "validation_failed");
      assert.deepEqual(problem.errors.map((/** @type {any} */ each) => [each.field, each.code]), [["size", code]]);
    }
    for (const size of ["1000", 1.5, null, [], 2 ** 70]) {
      const problem = assertProblem(await begin(owner, conversationId, { size }), 400);
      assert.deepEqual(fieldsOf(problem), ["size"]);
    }
    for (const [contentType, code] of [
      ["image/heic", "heic_not_supported"],
      ["image/gif", "image_format"],
      ["text/html", "image_format"],
      ["application/x-" + "x".repeat(5000), "image_format"],
    ]) {
      const problem = assertProblem(await begin(owner, conversationId, { contentType }), 422, "validation_failed");
      assert.deepEqual(problem.errors.map((/** @type {any} */ each) => each.code), [code]);
    }
    for (const clientId of ["", "a b", "x".repeat(65), "\u0000"]) {
      assertProblem(await begin(owner, conversationId, { clientId }), 422, "validation_failed");
    }
  });
});

describe("a piece", () => {
  test("at another place than the next is refused, and says where the next one is", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, large);
    await send(owner, upload, 0, large.subarray(0, 1000));
    for (const from of [0, 999, 1001, large.length, 2 ** 32 - 1]) {
      const problem = assertProblem(await send(owner, upload, from, large.subarray(0, 10)), 409);
      assert.equal(problem.code, "upload_offset_mismatch", String(from));
      assert.equal(problem.offset, 1000);
      assert.match(problem.detail, /\b1000\b/);
    }
    assert.equal((await state(owner, upload)).offset, 1000);
  });

  test("of several that come at once, one counts, whole", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, large);
    for (let round = 0; round < 5; round++) {
      const { offset } = await state(owner, upload);
      const lengths = [50, 60, 70, 80].map((each) => each * KIB);
      const sends = lengths.map((length) => send(owner, upload, offset, large.subarray(offset, offset + length)));
      const answers = await Promise.all(sends);
      assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409, 409, 409]);
      const winner = answers.findIndex((answer) => answer.status === 200);
      assert.equal((await state(owner, upload)).offset, offset + /** @type {number} */ (lengths[winner]));
    }
    assert.equal((await goOn(owner, upload, large, MIB)).attachment.width, 1200, "no piece was mixed with another");
  });

  test("may be the last one again, when its answer was lost", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, small);
    await send(owner, upload, 0, small.subarray(0, 100));
    const rest = small.subarray(100);
    const answers = await Promise.all(Array.from({ length: 4 }, () => send(owner, upload, 100, rest)));
    answers.push(await send(owner, upload, 100, rest), await send(owner, upload, small.length, Buffer.alloc(0)));
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    assert.equal(new Set(answers.map((answer) => answer.body.attachment.id)).size, 1);
  });

  test("of nothing changes nothing", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, small);
    for (const _again of [1, 2]) {
      assert.deepEqual((await send(owner, upload, 0, Buffer.alloc(0))).body, upload);
    }
  });

  test("is at most 1 MiB, and never more than was said at the beginning", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, large);
    assertProblem(await send(owner, upload, 0, large.subarray(0, MIB + 1)), 413, "payload_too_large");
    const short = await begun(owner, conversationId, small);
    assertProblem(await send(owner, short, 0, large.subarray(0, small.length + 1)), 413, "payload_too_large");
    for (const each of [upload, short]) assert.equal((await state(owner, each)).offset, 0);
    assert.equal((await send(owner, upload, 0, large.subarray(0, MIB))).status, 200);
  });

  test("says where it begins and what it is", async () => {
    const { owner, conversationId } = await people.pair();
    const upload = await begun(owner, conversationId, small);
    for (const type of ["application/json", "image/jpeg", "multipart/form-data; boundary=x", "rubbish"]) {
      assertProblem(await send(owner, upload, 0, small, { "content-type": type }), 415, "octet_stream_required");
    }
    const headers = { "content-type": "application/offset+octet-stream" };
    const without = await owner.api.patch(`/api/uploads/${upload.id}`, small, { headers });
    assert.deepEqual(fieldsOf(assertProblem(without, 400, "all_fields_required")), ["Upload-Offset"]);
    for (const from of ["-1", "x", "1.5", "99999999999999999999"]) {
      assertProblem(await send(owner, upload, from, small), 422, "validation_failed");
    }
    assert.equal((await state(owner, upload)).offset, 0);
  });
});

describe("a file that cannot become a picture", () => {
  for (const [what, bytes] of Object.entries(bad)) {
    if (bytes.length === 0) continue;
    test(`(${what}) ends its upload with the reason, and says it again`, async () => {
      const { owner, conversationId } = await people.pair();
      const form = { size: bytes.length, clientId: randomUUID() };
      const upload = (await begin(owner, conversationId, form)).body;
      const answers = [
        await send(owner, upload, 0, bytes),
        await send(owner, upload, 0, bytes),
        await owner.api.get(`/api/uploads/${upload.id}`),
        await begin(owner, conversationId, form),
      ];
      const reasons = answers.map((answer) => assertProblem(answer, 422, "validation_failed").errors);
      for (const [reason] of reasons) assert.deepEqual(reason, reasons[0][0]);
      assert.equal(reasons[0][0].field, "file");
      assert.match(reasons[0][0].code, /^(heic_not_supported|image_(format|broken|too_large))$/);
    });
  }
});

describe("pictures in a bucket", () => {
  test("are kept, read in parts, and leave no pieces behind", async (t) => {
    const bucket = await Bucket.open();
    const clouded = await openServer({ env: bucket.env, people: { pairs: 1, doctors: 0, idle: 0 } }, t);
    // After the server, which keeps connections to it open.
    t.after(() => bucket.close());
    const { owner, doctor, conversationId } = await peopleOf(clouded).pair();
    const upload = await begun(owner, conversationId, large);
    await send(owner, upload, 0, large.subarray(0, MIB));
    assert.equal((await bucket.names()).length, 1);
    const { attachment } = await goOn(owner, upload, large, MIB);
    const name = `hellopet/conversations/${conversationId}/${attachment.id}`;
    const kept = ["", "-thumbnail", "-thumbnail.webp", ".webp"].map((rendition) => `${name}${rendition}`);
    assert.deepEqual(await bucket.names(), kept);

    const whole = await doctor.api.get(attachment.url);
    assert.deepEqual([whole.status, whole.bytes.length], [200, attachment.byteSize]);
    const part = await doctor.api.get(attachment.url, { headers: { range: "bytes=1000-1999" } });
    assert.equal(part.status, 206);
    assert.deepEqual(part.bytes, whole.bytes.subarray(1000, 2000));
    const thumbnail = await sharp((await doctor.api.get(attachment.thumbnailUrl)).bytes).metadata();
    assert.deepEqual([thumbnail.width, thumbnail.height], [480, 360]);
  });

  test("that cannot be reached are a 503, and the upload goes on afterwards", async (t) => {
    const bucket = await Bucket.open();
    const wrong = { ...bucket.env, AWS_ACCESS_KEY_ID: "bukan-kuncinya" };
    const clouded = await openServer({ env: wrong, people: { pairs: 1, doctors: 0, idle: 0 } }, t);
    t.after(() => bucket.close());
    const { owner, conversationId } = await peopleOf(clouded).pair();
    const upload = await begun(owner, conversationId, small);
    assertProblem(await send(owner, upload, 0, small), 503, "storage_unavailable");
    assert.equal((await clouded.visitor.get("/readyz")).status, 200);
    assert.equal((await state(owner, upload)).offset, 0);
    assert.deepEqual(await bucket.names(), []);
    await clouded.stop();
    Object.assign(clouded.env, bucket.env);
    await clouded.start();
    assert.equal((await goOn(owner, upload, small, MIB)).attachment.width, 64);
  });
});
