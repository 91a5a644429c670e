// A browser tab of somebody who writes without end, through both doors: a socket that is cut, a view that a reload
// throws away, an outbox that survives all of it.

import { io } from "socket.io-client";

import { CatchUp } from "./catch-up.js";
import { isSettled, Lane } from "./outbox.js";
import { pause } from "./pause.js";
import { View } from "./view.js";

const BACK_OFF_MS = 80;
/** So many messages somebody sends through the socket before waiting for an acknowledgement, at most. */
const BURST = 5;

/** @typedef {import("./outbox.js").Item} Item */

/**
 * @typedef {object} Page what a reload throws away
 * @property {AbortSignal} life
 * @property {View} view
 * @property {CatchUp} catchUp
 * @property {import("socket.io-client").Socket} socket
 * @property {() => void} close
 */

/**
 * @typedef {object} Surroundings
 * @property {string} name
 * @property {import("../../support/people.js").Pair} pair
 * @property {"owner" | "doctor"} side
 * @property {import("../../support/sockets.js").Transport} transport
 * @property {import("../../support/server.js").Server} home the node that its socket goes to
 * @property {import("../../support/server.js").Server[]} nodes any of which may get a request
 * @property {boolean} trustsPush whether it leaves it to the server to push what was missed, and asks only about gaps
 * @property {boolean} saysGoodbye
 * @property {number} each messages through each door
 * @property {number} thinkMs
 * @property {import("./random.js").Random} random
 * @property {() => void} onAcknowledged
 * @property {() => void} onMoved something has arrived
 */

export class Tab {
  /** @type {number[][]} the seqs that it heard, by connection */
  heard = [];
  /** @type {string[]} what should never have happened to it */
  complaints = [];
  /** Gaps that events have left. */
  gaps = 0;
  /** @type {Item[]} what goes through the socket together */
  #burst = [];
  /** @type {Set<Item>} */
  #underWay = new Set();

  /** @param {Surroundings} surroundings */
  constructor(surroundings) {
    this.around = surroundings;
    const { name, pair, side, each, saysGoodbye } = surroundings;
    this.name = name;
    this.person = pair[side];
    this.other = side === "owner" ? pair.doctor : pair.owner;
    this.bySocket = new Lane(`${name}.socket`, each);
    this.byHttp = new Lane(`${name}.http`, each);
    this.goodbye = new Lane(`${name}.goodbye`, saysGoodbye ? 1 : 0);
    this.page = this.#open();
  }

  get lanes() {
    return [this.bySocket, this.byHttp, this.goodbye];
  }

  get isDone() {
    return this.bySocket.isEmpty && this.byHttp.isEmpty;
  }

  get isConnected() {
    return this.page.socket.connected;
  }

  get view() {
    return this.page.view;
  }

  /** @returns {Page} */
  #open() {
    const life = new AbortController();
    const view = new View(this.complaints);
    const catchUp = new CatchUp(view, (afterSeq, limit) => this.#fetchPage(life.signal, afterSeq, limit));
    const socket = this.#connect(view);
    const close = () => {
      life.abort();
      catchUp.end();
      socket.disconnect();
    };
    const page = { life: life.signal, view, catchUp, socket, close };
    socket.on("connect", () => this.#onConnect(page));
    socket.on("newMessage", (message) => this.#onMessage(page, message));
    socket.on("connect_error", (error) => {
      // A server that is away is knocked at again by the client itself; a refusal is not.
      if (socket.active) return;
      if (error.message !== "unavailable") this.complaints.push(`was not let in: ${error.message}`);
      void this.#later(page, () => socket.connect());
    });
    socket.on("disconnect", (reason) => {
      if (reason !== "io server disconnect") return;
      this.complaints.push("was put out by the server");
      void this.#later(page, () => socket.connect());
    });
    void catchUp.ask();
    return page;
  }

  /** @param {View} view */
  #connect(view) {
    const { home, pair, transport } = this.around;
    return io(home.url, {
      transports: [transport],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 250,
      auth: (tell) => tell({ token: this.person.token, lastSeq: { [pair.conversationId]: view.lastSeq } }),
    });
  }

  /** @param {Page} page */
  #onConnect(page) {
    this.heard.push([]);
    this.#underWay.clear();
    if (!this.around.trustsPush) void page.catchUp.ask();
    this.#sendBurst();
    this.around.onMoved();
  }

  /** @param {Page} page @param {any} message */
  #onMessage({ view, catchUp }, message) {
    if (message.conversationId !== this.around.pair.conversationId) {
      this.complaints.push(`heard a message of conversation ${message.conversationId}`);
      return;
    }
    this.heard.at(-1)?.push(message.seq);
    view.take(message);
    if (view.lastSeq < message.seq) {
      this.gaps++;
      void catchUp.ask();
    }
    this.around.onMoved();
  }

  /** Begins to write, through both doors at once. */
  write() {
    this.#nextBurst();
    void this.#writeByHttp();
  }

  #nextBurst() {
    this.#burst = this.bySocket.waiting(1 + this.around.random.below(BURST));
    this.#sendBurst();
  }

  #sendBurst() {
    const { socket } = this.page;
    for (const item of this.#burst) {
      if (!socket.connected || isSettled(item) || this.#underWay.has(item)) continue;
      this.#underWay.add(item);
      socket.emit("sendMessage", this.#event(item), (/** @type {any} */ ack) => void this.#onAnswer(item, ack));
    }
  }

  /** @param {Item} item @param {any} answer the message or a problem */
  async #onAnswer(item, answer) {
    this.#underWay.delete(item);
    this.#note(this.bySocket, item, answer);
    if (this.#burst.every(isSettled)) {
      await this.#think(this.#burst.length);
      this.#nextBurst();
    } else if (!isSettled(item)) {
      await this.#later(this.page, () => this.#sendBurst());
    }
  }

  /** One at a time: the next follows when this one is acknowledged. */
  async #writeByHttp() {
    const { conversationId } = this.around.pair;
    for (const item of this.byHttp.items) {
      while (!isSettled(item)) {
        const { clientId, message } = item;
        const path = `/api/conversations/${conversationId}/messages`;
        const answer = await this.#request(this.page.life, "POST", path, { clientId, message }).catch(() => undefined);
        if (answer) this.#note(this.byHttp, item, answer);
        if (!isSettled(item)) await pause(BACK_OFF_MS);
      }
      await this.#think(1);
    }
  }

  /** The last word of a pair, said when all is calm: whoever hears it knows what came before. */
  async sayGoodbye() {
    for (const item of this.goodbye.items) {
      this.#note(this.goodbye, item, await this.#say(item));
    }
  }

  /** @param {Item} item */
  #say(item) {
    return this.page.socket.timeout(30_000).emitWithAck("sendMessage", this.#event(item));
  }

  /** @param {Item} item */
  #event({ clientId, message }) {
    return { senderId: this.person.id, receiverId: this.other.id, clientId, message };
  }

  /** @param {Lane} lane @param {Item} item @param {any} answer the message or a problem */
  #note(lane, item, answer) {
    if (answer?.seq === undefined) return lane.refuse(item, answer);
    this.view.take(answer);
    if (lane.acknowledge(item, answer)) this.around.onAcknowledged();
  }

  /** @param {AbortSignal} life @param {number} afterSeq @param {number} limit */
  async #fetchPage(life, afterSeq, limit) {
    const path = `/api/conversations/${this.around.pair.conversationId}/messages?afterSeq=${afterSeq}&limit=${limit}`;
    const page = await this.#request(life, "GET", path);
    if (!page.items) throw new Error(`no page: ${JSON.stringify(page)}`);
    this.around.onMoved();
    return page;
  }

  /**
   * To any of the nodes, as behind a load balancer.
   * @param {AbortSignal} life
   * @param {string} method
   * @param {string} path
   * @param {any} [body]
   * @returns {Promise<any>}
   */
  async #request(life, method, path, body) {
    const { url } = this.around.random.pick(this.around.nodes);
    const response = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${this.person.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: life,
    });
    return response.json();
  }

  /** The connection is lost: politely, or as in a tunnel. */
  cut() {
    const { engine } = this.page.socket.io;
    const transport = /** @type {any} */ (engine?.transport);
    if (transport?.ws && this.around.random.below(2) === 0) transport.ws.terminate();
    else engine?.close();
  }

  /** Everything is gone but the outbox. */
  reload() {
    this.page.close();
    this.#underWay.clear();
    this.page = this.#open();
  }

  close() {
    this.page.close();
  }

  /** @param {number} messages */
  #think(messages) {
    const { thinkMs, random } = this.around;
    return pause(2 * thinkMs * messages * random.next());
  }

  /** After a while, unless the page is gone by then. @param {Page} page @param {() => void} act */
  async #later({ life }, act) {
    await pause(BACK_OFF_MS, life);
    if (!life.aborted) act();
  }
}
