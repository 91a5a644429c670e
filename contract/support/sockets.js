// Devices: the official socket.io-client, unmodified, with an inbox that forgets nothing. Whoever waits, waits for an
// event and with a time limit.

import assert from "node:assert/strict";

import { io } from "socket.io-client";

const PATIENCE_MS = 10_000;

/** @typedef {"websocket" | "polling"} Transport */
/** @typedef {Pick<import("node:test").TestContext, "after">} Ending of a test, which closes what is open */

/** @type {Transport[]} */
export const TRANSPORTS = ["websocket", "polling"];

/** @typedef {{ event: string, payload: any }} Arrival */

export class Device {
  /** @type {Arrival[]} everything that has arrived, in order */
  inbox = [];
  #read = new Set();
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {import("socket.io-client").Socket} socket */
  constructor(socket) {
    this.socket = socket;
    socket.onAny((event, payload) => this.#note({ event, payload }));
    // The client's own events are waited for in the same way as the server's.
    for (const event of ["connect", "disconnect"]) {
      socket.on(event, (payload) => this.#note({ event, payload }));
    }
    socket.on("connect_error", (error) => this.#note({ event: "connect_error", payload: error }));
  }

  /** @param {Arrival} arrival */
  #note(arrival) {
    this.inbox.push(arrival);
    for (const look of [...this.#waiting]) look();
  }

  /**
   * The payload of the first event of this name that nobody has asked for yet.
   * @param {string} event
   * @param {(payload: any) => boolean} [matches]
   * @param {number} [patienceMs] for what may take its time
   * @returns {Promise<any>}
   */
  async next(event, matches = () => true, patienceMs = PATIENCE_MS) {
    const isIt = (/** @type {Arrival} */ each) => each.event === event && matches(each.payload);
    return (await this.#take(event, isIt, patienceMs)).payload;
  }

  /** Whichever of these events comes first. @param {string[]} events @returns {Promise<Arrival>} */
  nextOf(...events) {
    return this.#take(events.join(" or "), (each) => events.includes(each.event));
  }

  /**
   * @param {string} what
   * @param {(arrival: Arrival) => boolean} matches
   * @param {number} [patienceMs]
   * @returns {Promise<Arrival>}
   */
  #take(what, matches, patienceMs = PATIENCE_MS) {
    return new Promise((done, fail) => {
      const look = () => {
        const found = this.inbox.find((each) => !this.#read.has(each) && matches(each));
        if (!found) return;
        this.#read.add(found);
        finish();
        done(found);
      };
      const timer = setTimeout(() => {
        finish();
        fail(new Error(`no ${what} within ${patienceMs} ms; arrived: ${JSON.stringify(this.inbox.slice(-20))}`));
      }, patienceMs);
      const finish = () => {
        clearTimeout(timer);
        this.#waiting = this.#waiting.filter((other) => other !== look);
      };
      this.#waiting.push(look);
      look();
    });
  }

  /** Whether an event of this name is there that nobody has asked for. @param {string} event */
  isNews(event) {
    return this.inbox.some((each) => each.event === event && !this.#read.has(each));
  }

  /** Counts all that has arrived so far as asked for. */
  forget() {
    for (const arrival of this.inbox) this.#read.add(arrival);
  }

  /** All payloads of this event so far. @param {string} event @returns {any[]} */
  all(event) {
    return this.inbox.filter((each) => each.event === event).map((each) => each.payload);
  }

  /** Waits until so many events of this name have arrived in all. @param {string} event @param {number} count */
  async gather(event, count) {
    const arrived = () => this.all(event);
    while (arrived().length < count) await this.next(event);
    return arrived();
  }

  /** Emits and waits for the acknowledgement. @param {string} event @param {any[]} payload @returns {Promise<any>} */
  ask(event, ...payload) {
    return this.socket.timeout(PATIENCE_MS).emitWithAck(event, ...payload);
  }

  /**
   * Waits until everything that the server has told this device before has arrived: it tells in order, so that an
   * answer comes after it. Absence is asserted after this, never after a pause.
   */
  async caughtUp() {
    await this.ask("markAsRead", {});
  }

  close() {
    this.socket.disconnect();
  }
}

/**
 * @typedef {object} Handshake
 * @property {Transport} transport
 * @property {string} [token] as auth.token
 * @property {Record<string, string>} [query]
 * @property {Record<string, string>} [headers]
 * @property {any} [auth] in place of the token
 * @property {boolean} [reconnection]
 * @property {boolean} [upgrades] whether the client may move on to a websocket, as it does unless told otherwise
 */

/**
 * A device that tries to connect; the test's end closes it.
 * @param {Ending} t
 * @param {import("./server.js").Server} server
 * @param {Handshake} handshake
 */
export function knock(t, server, { transport, token, query, headers, auth, reconnection = false, upgrades = false }) {
  const socket = io(server.url, {
    transports: upgrades ? [transport, "websocket"] : [transport],
    forceNew: true,
    reconnection,
    reconnectionDelay: 50,
    reconnectionDelayMax: 200,
    timeout: PATIENCE_MS,
    auth: auth ?? (token === undefined ? {} : { token }),
    query,
    extraHeaders: headers,
  });
  const device = new Device(socket);
  server.devices.add(device);
  t.after(() => {
    device.close();
    server.devices.delete(device);
  });
  return device;
}

/**
 * A connected device of somebody.
 * @param {Ending} t
 * @param {import("./people.js").Person} person
 * @param {Transport} transport
 * @param {Partial<Handshake>} [handshake]
 */
export async function connect(t, person, transport, handshake = {}) {
  const device = knock(t, person.server, { transport, token: person.token, ...handshake });
  const { event, payload } = await device.nextOf("connect", "connect_error");
  assert.equal(event, "connect", `refused: ${payload?.message}`);
  return device;
}

/**
 * The reason for which a device is not let in.
 * @param {Ending} t
 * @param {import("./server.js").Server} server
 * @param {Handshake} handshake
 * @returns {Promise<string>}
 */
export async function refusal(t, server, handshake) {
  const device = knock(t, server, handshake);
  const { event, payload } = await device.nextOf("connect", "connect_error");
  assert.equal(event, "connect_error", "the device was let in");
  return payload.message;
}

/**
 * What one side of a pair emits to the other.
 * @param {import("./people.js").Pair} pair
 * @param {"owner" | "doctor"} from
 * @param {Record<string, any>} changes
 * @returns {Record<string, any>}
 */
export function messageFrom({ owner, doctor }, from, changes) {
  const [sender, receiver] = from === "owner" ? [owner, doctor] : [doctor, owner];
  return { senderId: sender.id, receiverId: receiver.id, ...changes };
}
