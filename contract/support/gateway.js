// A Midtrans that says whatever a test wants: late, contradictory or nothing at all. Only for what the real one may do
// and the stand-in never would; everything else is tested against the stand-in.

import { createServer } from "node:http";

/** @typedef {{ status: number, body: any }} Reply */

/**
 * @param {import("node:test").TestContext} t
 */
export async function scriptedGateway(t) {
  /** @type {Map<string, any>} what the status call answers, by order */
  const statuses = new Map();
  /** @type {any[]} transactions that were created */
  const created = [];
  const gateway = { statuses, created, isDown: false, url: "" };

  /** @param {string} method @param {string} path @param {string} text @returns {Reply} */
  const reply = (method, path, text) => {
    if (gateway.isDown) return { status: 503, body: { status_code: "503", status_message: "down" } };
    if (method === "POST" && path === "/snap/v1/transactions") {
      created.push(JSON.parse(text));
      const token = `token-${created.length}`;
      return { status: 201, body: { token, redirect_url: `${gateway.url}/snap/v4/redirection/${token}` } };
    }
    const status = statuses.get(path.split("/")[2] ?? "");
    return { status: 200, body: status ?? { status_code: "404", status_message: "Transaction doesn't exist." } };
  };
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const { status, body } = reply(request.method ?? "", request.url ?? "", Buffer.concat(parts).toString());
      response.writeHead(status, { "content-type": "application/json", connection: "close" });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
  t.after(() => server.close());
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  gateway.url = `http://127.0.0.1:${address.port}`;
  return gateway;
}
