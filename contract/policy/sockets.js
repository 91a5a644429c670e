// Tries every cell of the table of socket events, each caller with a device of their own, and looks at what all devices
// have heard meanwhile.

import { randomUUID } from "node:crypto";

import { connect, knock } from "../support/sockets.js";
import { theOther } from "./calls.js";
import { leaksIn } from "./walk.js";

/** @typedef {import("./read.js").Cell} Cell */
/** @typedef {import("./scenes.js").Scene} Scene */
/** @typedef {import("./world.js").World} World */
/** @typedef {import("../support/people.js").Person} Person */
/** @typedef {import("../support/sockets.js").Device} Device */
/** @typedef {{ cell: Cell, got: string, leaks: string[] }} Tried */

/** What a refused handshake says, as the status that HTTP has for it. @type {Record<string, string>} */
const REFUSALS = { unauthenticated: "401", user_mismatch: "403" };

/** What of a pair is told to a device. Who talks with nobody hears only who is online. */
const OF_PAIRS = [
  "newMessage",
  "userTyping",
  "messagesRead",
  "messagesDelivered",
  "conversationStarted",
  "conversationEnded",
];

/** What is said with an event. @type {Record<string, (scene: Scene, sender: Person, receiver: Person) => any>} */
const SAID = {
  sendMessage: (scene, sender, receiver) => ({
    ...between(sender, receiver),
    message: scene.secret("message"),
    clientId: randomUUID(),
  }),
  typing: (_scene, sender, receiver) => ({ ...between(sender, receiver), isTyping: true }),
  markAsRead: async (scene, sender, receiver) => ({
    ...between(sender, receiver),
    conversationId: await chatOf(scene),
  }),
  markAsDelivered: async (scene) => ({ conversationId: await chatOf(scene), seq: 1 }),
  "anything else": () => ({ all: true }),
};

/** The events that are tried. */
export const EVENTS_TRIED = Object.keys(SAID).filter((event) => event !== "anything else");

export class Devices {
  /** @type {Map<string, Promise<Device>>} by person */
  #devices = new Map();
  /** @type {Map<string, Person>} */
  people = new Map();

  /** @param {World} world */
  constructor(world) {
    this.world = world;
  }

  /** The device of somebody. @param {Person} person */
  of(person) {
    const device = this.#devices.get(person.id) ?? connect(this.world.t, person, "websocket");
    this.#devices.set(person.id, device);
    this.people.set(person.id, person);
    return device;
  }

  /** What each has heard in all, once everything that was told before has arrived. */
  async heard() {
    const all = [];
    for (const person of this.people.values()) {
      const device = await this.of(person);
      await device.caughtUp();
      all.push({ person, inbox: device.inbox });
    }
    return all;
  }
}

/** @param {Devices} devices @param {Cell} cell @returns {Promise<Tried>} */
export async function tryEvent(devices, cell) {
  const { world } = devices;
  const scene = await world.shared(cell.state);
  const me = scene.people[cell.column];
  const [event = "", isForged] = cell.route.split(" as ");
  if (event === "connect" || !me) return { cell, got: await handshake(world, scene, me, Boolean(isForged)), leaks: [] };
  const device = await devices.of(me);
  const sender = isForged ? scene.people.owner : me;
  const said = await SAID[event]?.(scene, sender, theOther(scene, sender));
  const answer = await device.ask(event, said);
  const got = typeof answer?.code === "string" ? String(answer.status) : "yes";
  return { cell, got, leaks: leaksIn(JSON.stringify(answer) ?? "", world.secrets, me.id, event) };
}

/**
 * What came to somebody who should not hear it: a secret of others, and anything about a pair by one who is in none.
 * @param {Devices} devices
 * @returns {Promise<{ leaks: string[], told: number }>} and how many secrets came to whom they are for
 */
export async function overheard(devices) {
  const { secrets, scenes } = devices.world;
  const parties = new Set(scenes.flatMap(({ people: { owner, doctor } }) => [owner.id, doctor.id]));
  const owners = scenes.map(({ people: { owner } }) => owner.id);
  /** @type {string[]} */
  const found = [];
  let told = 0;
  for (const { person, inbox } of await devices.heard()) {
    const text = JSON.stringify(inbox.map(({ event, payload }) => [event, payload]));
    found.push(...leaksIn(text, secrets, person.id, "").map((what) => `${person.role} heard ${what}`));
    told += secrets.filter((secret) => secret.readers.includes(person.id) && text.includes(secret.text)).length;
    if (parties.has(person.id)) continue;
    found.push(
      ...inbox
        .filter(({ event }) => OF_PAIRS.includes(event))
        .map(({ event }) => `a ${person.role} without a talk heard ${event}`),
    );
    found.push(...owners.filter((id) => text.includes(id)).map((id) => `${person.role} heard of the owner ${id}`));
  }
  return { leaks: found, told };
}

/** @param {World} world @param {Scene} scene @param {Person | undefined} me @param {boolean} isForged */
async function handshake(world, scene, me, isForged) {
  const query = isForged ? { userId: scene.people.owner.id } : undefined;
  const device = knock(world.t, world.server, { transport: "websocket", token: me?.token, query });
  const { event, payload } = await device.nextOf("connect", "connect_error");
  return event === "connect" ? "yes" : (REFUSALS[payload.message] ?? payload.message);
}

/** @param {Person} sender @param {Person} receiver */
const between = (sender, receiver) => ({ senderId: sender.id, receiverId: receiver.id });

/** The conversation of a scene; before the payment there is none. @param {Scene} scene */
const chatOf = async (scene) => (scene.state === "pending" ? undefined : scene.id("conversation"));
