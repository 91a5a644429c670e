// HTTP as a client of the platform speaks it. Every answer keeps status, headers and body, and every answer of a
// documented operation is held against the published document on the way.

import assert from "node:assert/strict";
import { request as open } from "node:http";

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Headers} headers
 * @property {string[]} cookies the values of Set-Cookie
 * @property {Buffer} bytes
 * @property {string} text
 * @property {any} body the parsed JSON, or undefined
 */

/**
 * @typedef {object} Extras
 * @property {Record<string, string>} [headers]
 * @property {Record<string, string | number | undefined>} [query]
 */

const PATIENCE_MS = 20_000;
/** The server may answer before it has read all of a larger body, and fetch does not bear that: see `sendWhole`. */
const LARGE_BYTES = 64 * 1024;

export class Client {
  /**
   * @param {import("./server.js").Server} server
   * @param {Record<string, string>} [headers] sent with every request
   */
  constructor(server, headers = {}) {
    this.server = server;
    this.headers = headers;
  }

  /** The same caller with further headers. @param {Record<string, string>} headers */
  with(headers) {
    return new Client(this.server, { ...this.headers, ...headers });
  }

  /** @param {string} token */
  bearing(token) {
    return this.with({ authorization: `Bearer ${token}` });
  }

  /** A browser that holds the access token in its cookie. @param {string} token @param {string} [origin] */
  browser(token, origin) {
    const headers = { cookie: `accessToken=${token}` };
    return new Client(this.server, origin === undefined ? headers : { ...headers, origin });
  }

  /** @param {string} path @param {Extras} [extras] */
  get(path, extras) {
    return this.request("GET", path, undefined, extras);
  }

  /** @param {string} path @param {any} [body] @param {Extras} [extras] */
  post(path, body, extras) {
    return this.request("POST", path, body, extras);
  }

  /** @param {string} path @param {any} [body] @param {Extras} [extras] */
  patch(path, body, extras) {
    return this.request("PATCH", path, body, extras);
  }

  /**
   * Objects go as JSON; buffers, strings and forms as they are.
   * @param {string} method
   * @param {string} path
   * @param {any} [body]
   * @param {Extras} [extras]
   * @returns {Promise<Answer>}
   */
  async request(method, path, body, { headers = {}, query = {} } = {}) {
    const url = new URL(path, this.server.url);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, String(value));
    const { content, type } = await encode(body);
    const all = { ...type, ...this.headers, ...headers };
    const isLarge = content !== undefined && (body instanceof FormData || content.length > LARGE_BYTES);
    const sending = isLarge ? sendWhole(method, url, all, Buffer.from(content)) : send(method, url, all, content);
    const response = await sending.catch((cause) => {
      throw new Error(`${method} ${path} got no answer; the server: ${this.server.process?.condition}`, { cause });
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const answer = read(response, bytes);
    assert.ok(
      answer.status < 500 || answer.status === 503,
      `${method} ${path} answered ${answer.status}: ${answer.text}`,
    );
    this.server.document?.check(method, url.pathname, answer);
    return answer;
  }
}

/**
 * The bytes of a body and the header that says what they are.
 * @param {any} body
 * @returns {Promise<{ content: string | Uint8Array | undefined, type: Record<string, string> }>}
 */
async function encode(body) {
  if (body === undefined) return { content: undefined, type: {} };
  if (body instanceof FormData) {
    const form = new Response(body);
    return {
      content: Buffer.from(await form.arrayBuffer()),
      type: { "content-type": form.headers.get("content-type") ?? "" },
    };
  }
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  return { content: isRaw ? body : JSON.stringify(body), type: { "content-type": "application/json" } };
}

/**
 * @param {string} method
 * @param {URL} url
 * @param {Record<string, string>} headers
 * @param {any} body
 */
function send(method, url, headers, body) {
  return fetch(url, { method, headers, body, signal: AbortSignal.timeout(PATIENCE_MS), redirect: "manual" });
}

/**
 * Takes the answer also when it comes while the body is still being written, as browsers do.
 * @param {string} method
 * @param {URL} url
 * @param {Record<string, string>} headers
 * @param {Buffer} body
 * @returns {Promise<Response>}
 */
function sendWhole(method, url, headers, body) {
  return new Promise((done, fail) => {
    const outgoing = open(url, { method, headers, agent: false, timeout: PATIENCE_MS }, (incoming) => {
      /** @type {Buffer[]} */
      const parts = [];
      incoming.on("data", (part) => parts.push(part));
      incoming.on("error", fail);
      incoming.on("end", () => {
        const pairs = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
          (values ?? []).map((value) => [name, value]),
        );
        done(new Response(Buffer.concat(parts), { status: incoming.statusCode, headers: /** @type {any} */ (pairs) }));
      });
    });
    outgoing.on("error", fail);
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.end(body);
  });
}

/** @param {Response} response @param {Buffer} bytes @returns {Answer} */
function read(response, bytes) {
  const text = bytes.toString("utf8");
  const isJson = /[/+]json\b/.test(response.headers.get("content-type") ?? "");
  const body = isJson && text !== "" ? JSON.parse(text) : undefined;
  const { status, headers } = response;
  return { status, headers, cookies: headers.getSetCookie(), bytes, text, body };
}
