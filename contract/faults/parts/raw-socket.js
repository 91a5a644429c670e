// A Socket.IO connection without a well-behaved client around it: it sends whatever it is told as fast as it is told,
// and reads only while it wants to.

import assert from "node:assert/strict";

import { WebSocket } from "ws";

const PATIENCE_MS = 20_000;

export class RawSocket {
  /** @type {any[][]} event and arguments */
  events = [];
  /** @type {Map<number, any>} */
  acks = new Map();
  /** @type {{ code: number } | undefined} how it ended */
  end;
  /** @type {Set<() => void>} */
  #looks = new Set();
  #nextAck = 0;

  /** @type {(event: string, payload: any) => void} for those who do not wait for `until` */
  onEvent = () => {};

  /** @param {{ url: string }} server */
  constructor({ url }) {
    this.socket = new WebSocket(`${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
    this.socket.on("message", (data) => this.#note(String(data)));
    this.socket.on("error", () => {});
    this.socket.on("close", (code) => {
      this.end = { code };
      this.#moved();
    });
  }

  /** @param {string} packet */
  #note(packet) {
    // The server asks whether somebody is there.
    if (packet === "2") this.send("3");
    const [, kind, id, body] = /^4(0|2|3|4)(\d*)([[{].*)?$/s.exec(packet) ?? [];
    if (kind === "0") this.events.push(["connect"]);
    else if (kind === "2") this.#hear(JSON.parse(body ?? "[]"));
    else if (kind === "3") this.acks.set(Number(id), JSON.parse(body ?? "[]")[0]);
    else if (kind === "4") this.events.push(["connect_error", body]);
    if (packet.startsWith("0")) this.events.push(["open"]);
    this.#moved();
  }

  /** @param {any[]} event */
  #hear(event) {
    this.events.push(event);
    this.onEvent(event[0], event[1]);
  }

  #moved() {
    for (const look of [...this.#looks]) look();
  }

  /** @param {() => boolean} isReached @param {string} what @returns {Promise<void>} */
  until(isReached, what) {
    return new Promise((done, fail) => {
      const look = () => {
        if (!isReached()) return;
        finish();
        done();
      };
      const timer = setTimeout(() => {
        finish();
        fail(new Error(`${what}: not within ${PATIENCE_MS} ms`));
      }, PATIENCE_MS);
      const finish = () => {
        clearTimeout(timer);
        this.#looks.delete(look);
      };
      this.#looks.add(look);
      look();
    });
  }

  /** @param {string} event */
  heard(event) {
    return this.events.filter(([name]) => name === event).map(([, payload]) => payload);
  }

  /** @param {string} token */
  async enter(token) {
    await this.until(() => this.heard("open").length > 0, "opening");
    this.send(`40${JSON.stringify({ token })}`);
    await this.until(() => this.heard("connect").length > 0, "connecting");
  }

  /** @param {string | Buffer} packet */
  send(packet) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(packet);
  }

  /** @param {string} event @param {any} payload */
  emit(event, payload) {
    this.send(`42${JSON.stringify([event, payload])}`);
  }

  /** Wants an answer; `acks` has it under the number that this returns. @param {string} event @param {any} payload */
  ask(event, payload) {
    const id = this.#nextAck++;
    this.send(`42${id}${JSON.stringify([event, payload])}`);
    return id;
  }

  /** Until all that was sent has left this process, or can no longer. @returns {Promise<void>} */
  sent() {
    return new Promise((done) => {
      if (this.socket.readyState === WebSocket.OPEN) this.socket.ping(undefined, undefined, () => done());
      else done();
    });
  }

  /** The system's buffers fill up, and then the server's. */
  stopReading() {
    this.socket.pause();
  }

  readOn() {
    this.socket.resume();
  }

  /** Without a word, as when a phone dies. */
  vanish() {
    this.socket.terminate();
  }
}

/**
 * @param {import("node:test").TestContext} t
 * @param {import("../../support/people.js").Person} person
 */
export async function connectRaw(t, person) {
  const socket = new RawSocket(person.server);
  t.after(() => socket.vanish());
  await socket.enter(person.token);
  assert.equal(socket.end, undefined);
  return socket;
}
