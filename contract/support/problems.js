// What a refusal looks like (contract 0), over HTTP and in the acknowledgement of a socket event.

import assert from "node:assert/strict";

/**
 * A refusal over HTTP.
 * @param {import("./client.js").Answer} answer
 * @param {number} status
 * @param {string} [code] any when left out
 * @returns {any} the problem
 */
export function assertProblem(answer, status, code) {
  assert.equal(answer.status, status, `expected ${status} ${code ?? ""}, got ${answer.status}: ${answer.text}`);
  assert.equal(answer.headers.get("content-type"), "application/problem+json");
  assertProblemBody(answer.body, status, code);
  assert.equal(answer.body.requestId, answer.headers.get("x-request-id"));
  return answer.body;
}

/**
 * Any refusal that blames the caller.
 * @param {import("./client.js").Answer} answer
 * @param {string} what
 */
export function assertRefused(answer, what) {
  assert.ok(answer.status >= 400 && answer.status < 500, `${what}: answered ${answer.status}: ${answer.text}`);
  assertProblem(answer, answer.status);
}

/**
 * @param {any} body
 * @param {number} [status]
 * @param {string} [code]
 */
export function assertProblemBody(body, status, code) {
  const shown = JSON.stringify(body);
  assert.equal(typeof body, "object", `not a problem: ${shown}`);
  for (const member of ["type", "title", "detail", "code", "message", "requestId"]) {
    assert.equal(typeof body[member], "string", `${member} is missing in ${shown}`);
    assert.notEqual(body[member], "", `${member} is empty in ${shown}`);
  }
  assert.match(body.code, /^[a-z0-9_]+$/);
  assert.equal(body.message, body.detail);
  assert.ok(body.status >= 400 && body.status < 600, shown);
  if (status !== undefined) assert.equal(body.status, status, shown);
  if (code !== undefined) assert.equal(body.code, code, shown);
  for (const error of body.errors ?? []) {
    for (const member of ["field", "code", "message"]) assert.equal(typeof error[member], "string", shown);
  }
}

/** The fields that a validation problem names. @param {any} problem @returns {string[]} */
export function fieldsOf(problem) {
  return (problem.errors ?? []).map((/** @type {any} */ error) => error.field).sort();
}

/** Two refusals that a caller must not be able to tell apart. @param {any} problem */
export function withoutRequestId(problem) {
  return { ...problem, requestId: undefined };
}
