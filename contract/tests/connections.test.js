// Contract 3: what connections may cost, and who may read the figures about them.

import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect as open } from "node:net";
import { networkInterfaces } from "node:os";
import { describe, test } from "node:test";

import { peopleOf } from "../support/people.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const PATIENCE_MS = 45_000;

/**
 * A raw connection: what it was sent, and when the server closed it.
 * @param {import("node:test").TestContext} t
 * @param {{ port: number }} server
 * @param {string} [host]
 */
function knock(t, server, host = "127.0.0.1") {
  const socket = open(server.port, host);
  t.after(() => socket.destroy());
  let heard = "";
  socket.on("data", (bytes) => (heard += bytes));
  socket.on("error", () => {});
  const closed = once(socket, "close", { signal: AbortSignal.timeout(PATIENCE_MS) });
  closed.catch(() => {});
  return { socket, closed, heard: () => heard };
}

const server = await openServer({ people: { pairs: 2, doctors: 0, idle: 0 } });

describe("/metrics", () => {
  test("knows a thousand made-up methods as one", async (t) => {
    const { socket, heard, closed } = knock(t, server);
    for (let index = 0; index < 1_000; index++) socket.write(`M${index} /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    await closed;
    assert.equal(heard().match(/HTTP\/1\.1 405 /g)?.length, 1_000);
    const { text } = await server.visitor.get("/metrics");
    const methods = new Set([...text.matchAll(/method="([^"]*)"/g)].map(([, method]) => method));
    assert.ok(methods.has("other"));
    for (const method of methods) assert.match(method ?? "", /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|other)$/);
    const series = text.match(/http_request_duration_seconds_count\{method="other"[^}]*\}/g);
    assert.equal(series?.length, 1);
  });

  test("has a listener of its own where METRICS_ADDR says so", async (t) => {
    const own = await openServer({ people: null, env: { METRICS_ADDR: "127.0.0.1:0" } }, t);
    const line = await own.process?.line((each) => each.message === "metrics have a listener of their own");
    const answer = await fetch(`http://${line.address}/metrics`);
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /# TYPE/);
    assert.equal((await own.visitor.get("/metrics")).status, 404);
    assert.equal((await fetch(`http://${line.address}/api/roles/dokter`)).status, 404);
  });
});

describe("a connection", () => {
  test("to the sockets that does not say its body in time is answered and closed", async (t) => {
    const head = "Host: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n40";
    const handshake = await (await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)).text();
    const { sid } = JSON.parse(handshake.slice(1));
    const slow = knock(t, server);
    slow.socket.write(`POST /socket.io/?EIO=4&transport=polling&sid=${sid} HTTP/1.1\r\n${head}`);
    await slow.closed;
    assert.match(slow.heard(), /^HTTP\/1\.1 (408|400) /);
  });

  test("is one of so many: who comes later waits until one has left", async (t) => {
    const small = await openServer({ people: { pairs: 1, doctors: 0, idle: 0 }, env: { MAX_CONNECTIONS: "4" } }, t);
    const pair = await peopleOf(small).pair();
    // A WebSocket goes on holding its place.
    const device = await connect(t, pair.owner, "websocket");
    const held = Array.from({ length: 8 }, () => knock(t, small));
    await Promise.all(held.map(({ socket }) => once(socket, "connect")));
    const last = knock(t, small);
    last.socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    // The WebSocket goes on meanwhile.
    await device.caughtUp();
    assert.equal(last.heard(), "", "it waits");
    for (const { socket } of held) socket.destroy();
    await last.closed;
    assert.match(last.heard(), /^HTTP\/1\.1 200 /);
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

  test("is one of so many from its address, where limits are on", { skip: !outside }, async (t) => {
    const env = { RATE_LIMITS: "on", MAX_CONNECTIONS_PER_ADDRESS: "3" };
    const limited = await openServer({ people: null, env }, t);
    const held = Array.from({ length: 3 }, () => knock(t, limited, outside));
    for (const { socket } of held) {
      socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
      await once(socket, "data");
    }
    const more = knock(t, limited, outside);
    await more.closed;
    assert.equal(more.heard(), "");
    // This machine itself is not counted.
    assert.equal((await limited.visitor.get("/healthz")).status, 200);
  });
});

test("the line about an answered request carries its id, method and route", async () => {
  const answer = await new Promise((done, fail) => {
    const headers = { "x-request-id": "laporan-77", "content-length": "5" };
    const outgoing = request(`${server.url}/api/auth/login`, { method: "POST", headers }, done);
    outgoing.on("error", fail);
    outgoing.write("{");
  });
  assert.equal(/** @type {import("node:http").IncomingMessage} */ (answer).statusCode, 504);
  const line = await server.process?.line((each) => each.message === "request answered" && each.status === 504);
  assert.deepEqual(
    [line.span.name, line.span.request_id, line.span.method, line.span.route],
    ["request", "laporan-77", "POST", "/api/auth/login"],
  );
});
