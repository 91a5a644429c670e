// A request that the server has begun to work on and whose body the test holds back: the server says "100 Continue"
// when it wants the body, so that nobody has to guess when a request is under way.

import { request } from "node:http";

/**
 * @param {import("./server.js").Server} server
 * @param {string} path
 * @param {Record<string, string>} headers
 * @param {any} body
 */
export async function beginRequest(server, path, headers, body) {
  const text = JSON.stringify(body);
  const options = {
    method: "POST",
    headers: {
      ...headers,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      expect: "100-continue",
    },
    agent: false,
  };
  const outgoing = request(new URL(path, server.url), options);
  /** @type {Promise<{ status: number, body: any }>} */
  const answered = new Promise((done, fail) => {
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => {
      /** @type {Buffer[]} */
      const parts = [];
      incoming.on("data", (part) => parts.push(part));
      incoming.on("error", fail);
      incoming.on("end", () =>
        done({ status: incoming.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) }),
      );
    });
  });
  // Whoever begins a request may finish it much later; a failure meanwhile is told to the one who waits for the answer.
  answered.catch(() => {});
  const wanted = new Promise((done) => outgoing.on("continue", () => done(undefined)));
  outgoing.flushHeaders();
  await Promise.race([wanted, answered]);
  return {
    finish: () => {
      outgoing.end(text);
      return answered;
    },
  };
}
