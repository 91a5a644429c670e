// The people of a test. Nobody is used twice: each test brings its own.

import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";

import { Client } from "./client.js";

export class Person {
  /**
   * @param {import("./server.js").Server} server
   * @param {{ id: string, email: string, password: string, token: string, role: string }} account
   */
  constructor(server, { id, email, password, token, role }) {
    this.server = server;
    this.id = id;
    this.email = email;
    this.password = password;
    this.token = token;
    this.role = role;
    this.api = new Client(server).bearing(token);
  }

  /** Another device: signs in once more. */
  async signIn() {
    const answer = await signIn(this.server, this.email, this.password);
    return new Person(this.server, { ...this, token: answer.body.data.token });
  }

  /** The same session at another node. @param {import("./server.js").Server} node */
  at(node) {
    return new Person(node, this);
  }

  /** The newest conversation. */
  async conversation() {
    const list = await this.api.get("/api/conversations");
    assert.equal(list.status, 200, list.text);
    return list.body.items[0];
  }

  /**
   * Says something to somebody over HTTP.
   * @param {Person} receiver
   * @param {string} message
   */
  async say(receiver, message) {
    const body = { senderId: this.id, receiverId: receiver.id, message, clientId: randomUUID() };
    const answer = await this.api.post(`/api/messages/send/${receiver.id}`, body);
    assert.equal(answer.status, 201, answer.text);
    return answer.body;
  }
}

/**
 * @typedef {object} Pair
 * @property {Person} owner
 * @property {Person} doctor
 * @property {string} conversationId their active, paid conversation
 */

/** Hands out the people that the server was populated with. @param {import("./server.js").Server} server */
export function peopleOf(server) {
  const { users, pairs } = server.users;
  const paired = new Set(pairs.flatMap((/** @type {any} */ pair) => [pair.doctor, pair.owner]));
  const single = users.filter((/** @type {any} */ _user, /** @type {number} */ index) => !paired.has(index));
  const doctors = single.filter((/** @type {any} */ user) => user.role === "dokter");
  const owners = single.filter((/** @type {any} */ user) => user.role === "user");
  const unused = [...pairs];

  /** @param {any[]} from @param {string} what */
  const take = (from, what) => {
    const user = from.pop();
    assert.ok(user, `there are no more ${what}: populate the server with more`);
    return user;
  };
  return {
    /** A pet owner who has bought nothing yet. */
    owner: () => new Person(server, take(owners, "owners")),
    /** A verified doctor without patients. */
    doctor: () => new Person(server, take(doctors, "doctors")),
    /** An owner and a doctor with an active, paid conversation. @returns {Promise<Pair>} */
    pair: async () => {
      const pair = take(unused, "pairs");
      const [owner, doctor] = [new Person(server, users[pair.owner]), new Person(server, users[pair.doctor])];
      return { owner, doctor, conversationId: (await owner.conversation()).id };
    },
    admin: () => hire(server, "admin"),
    partner: () => hire(server, "mitra"),
  };
}

/** An e-mail that nobody has. */
export function freshEmail() {
  return `contract-${randomBytes(6).toString("hex")}@contoh.id`;
}

/**
 * What somebody fills in to sign up.
 * @param {Record<string, any>} [changes]
 */
export function registration(changes = {}) {
  return {
    username: "Rara Anindita",
    email: freshEmail(),
    password: "kata-sandi-rara",
    phone_number: "081234567890",
    ...changes,
  };
}

/**
 * Signs up and in over the API, as an owner does.
 * @param {import("./server.js").Server} server
 */
export async function register(server) {
  const form = registration();
  const answer = await server.visitor.post("/api/auth/register", form);
  assert.equal(answer.status, 201, answer.text);
  return enter(server, form.email, form.password);
}

/**
 * Makes an account of any role on the command line and signs in.
 * @param {import("./server.js").Server} server
 * @param {string} role
 * @param {string[]} [extras]
 */
export async function hire(server, role, extras = []) {
  const [email, password] = [freshEmail(), "kata-sandi-petugas"];
  const result = await server.run([
    "user",
    "create",
    "--role",
    role,
    "--email",
    email,
    "--password",
    password,
    ...extras,
  ]);
  assert.equal(result.code, 0, result.stderr);
  return enter(server, email, password);
}

/** @param {import("./server.js").Server} server @param {string} email @param {string} password */
export async function signIn(server, email, password) {
  const answer = await server.visitor.post("/api/auth/login", { email, password });
  assert.equal(answer.status, 200, answer.text);
  return answer;
}

/** @param {import("./server.js").Server} server @param {string} email @param {string} password */
async function enter(server, email, password) {
  const { user, token } = (await signIn(server, email, password)).body.data;
  return new Person(server, { id: user.id, email, password, token, role: user.roles });
}
