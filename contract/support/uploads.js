// Pictures that arrive in pieces.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { request } from "node:http";

const PIECE_TYPE = "application/offset+octet-stream";

/** @typedef {import("./people.js").Person} Person */
/** @typedef {{ id: string, conversationId: string, size: number, offset: number, expiresAt: string, attachment: any }} Upload */

/**
 * @param {Person} person
 * @param {string} conversationId
 * @param {Record<string, unknown>} body
 */
export function begin(person, conversationId, body) {
  const form = { size: 1000, contentType: "image/jpeg", clientId: randomUUID(), ...body };
  return person.api.post(`/api/conversations/${conversationId}/uploads`, form);
}

/**
 * An upload of these bytes that has begun.
 * @param {Person} person
 * @param {string} conversationId
 * @param {Buffer} bytes
 * @returns {Promise<Upload>}
 */
export async function begun(person, conversationId, bytes) {
  const answer = await begin(person, conversationId, { size: bytes.length });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/**
 * Sends a piece that begins at `from`.
 * @param {Person} person
 * @param {{ id: string }} upload
 * @param {number | string} from
 * @param {Uint8Array} piece
 * @param {Record<string, string>} [headers]
 */
export function send(person, upload, from, piece, headers = {}) {
  const all = { "upload-offset": String(from), "content-type": PIECE_TYPE, ...headers };
  return person.api.patch(`/api/uploads/${upload.id}`, piece, { headers: all });
}

/** How far it has come. @param {Person} person @param {{ id: string }} upload @returns {Promise<Upload>} */
export async function state(person, upload) {
  const answer = await person.api.get(`/api/uploads/${upload.id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/**
 * Sends all that is missing, from where the server says.
 * @param {Person} person
 * @param {{ id: string }} upload
 * @param {Buffer} bytes
 * @param {number} length of a piece
 * @returns {Promise<Upload>} the last answer
 */
export async function goOn(person, upload, bytes, length) {
  let now = await state(person, upload);
  while (now.offset < now.size) {
    const answer = await send(person, now, now.offset, bytes.subarray(now.offset, now.offset + length));
    assert.equal(answer.status, 200, answer.text);
    now = answer.body;
  }
  return now;
}

/**
 * A piece whose sender vanishes in the middle of it.
 * @param {Person} person
 * @param {{ id: string }} upload
 * @param {number} from
 * @param {Buffer} piece
 */
export async function sendHalf(person, upload, from, piece) {
  const headers = {
    authorization: `Bearer ${person.token}`,
    "upload-offset": String(from),
    "content-type": PIECE_TYPE,
    "content-length": piece.length,
    expect: "100-continue",
  };
  const address = new URL(`/api/uploads/${upload.id}`, person.server.url);
  const outgoing = request(address, { method: "PATCH", headers, agent: false });
  outgoing.on("error", () => {});
  const gone = new Promise((done) => outgoing.on("close", () => done(undefined)));
  // The server reads by now.
  await new Promise((done) => outgoing.on("continue", () => done(undefined)).flushHeaders());
  outgoing.write(piece.subarray(0, piece.length / 2), () => outgoing.destroy());
  await gone;
}
