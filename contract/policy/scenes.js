// What a call may be about: an owner and a vet of their own, and what is between them, as far as a cell needs it.
// Everything is made when it is asked for, once, and through the API; what people write in it is secret.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { bring } from "./journeys.js";
import { make } from "./makers.js";
import { SECRETS } from "./table.js";

/** @typedef {import("../support/people.js").Person} Person */
/** @typedef {import("./world.js").World} World */
/**
 * A text, whom it may reach, and the routes that tell it to anybody.
 * @typedef {{ text: string, kind: string, readers: string[], told: string[] }} Secret
 */

/** What every secret begins with, so that a search finds them. */
export const WORD = "kenari";

export class Scene {
  /** @type {Map<string, Promise<string>>} */
  #ids = new Map();
  /** @type {Promise<any> | undefined} */
  #purchase;
  /** @type {Secret[]} */
  secrets = [];
  /** Whether everything is there that there can be in this state. */
  isWhole = false;

  /**
   * @param {World} world
   * @param {string} state
   * @param {Record<string, Person>} people by column; `doctor` is the vet it is about, whatever has become of that one
   */
  constructor(world, state, people) {
    this.world = world;
    this.state = state;
    this.people = /** @type {Record<string, Person> & { owner: Person, doctor: Person, admin: Person }} */ (people);
  }

  /** The id behind a noun, made when it is asked for first. @param {string} noun @returns {Promise<string>} */
  id(noun) {
    const made = this.#ids.get(noun) ?? make(this, noun);
    this.#ids.set(noun, made);
    return made;
  }

  /** The purchase that all of it is about, in the state of this scene. */
  purchase() {
    return (this.#purchase ??= bring(this));
  }

  /** Everything that there can be in this state. */
  async fill() {
    this.isWhole = true;
    for (const noun of FULL[this.state] ?? []) await this.id(noun);
    return this;
  }

  /** A text that only those may read whom the table names. @param {string} kind */
  secret(kind) {
    const text = `${WORD} ${randomUUID()}`;
    this.keep(kind, text);
    return text;
  }

  /** @param {string} kind @param {string} text */
  keep(kind, text) {
    const rule = SECRETS[kind];
    assert.ok(rule, `the table does not say who may read ${kind}`);
    const named = (rule[this.state] ?? rule.always ?? "").split(" ").filter(Boolean);
    const readers = named.map((/** @type {string} */ column) => this.people[column]?.id ?? "");
    this.secrets.push({ text, kind, readers, told: rule.told ?? [] });
  }

  /** What an owner names besides the vet when buying. */
  async wishes() {
    if (this.isWhole) await this.id("intakePicture");
    return { petId: await this.id("pet"), intakeId: await this.id("intake") };
  }
}

/** What is there to be read in each state. @type {Record<string, string[]>} */
const FULL = {
  pending: ["weight", "vaccination", "photo", "payment"],
  booked: ["photo", "consultation"],
  active: ["weight", "vaccination", "photo", "picture", "attachment", "upload", "note", "reply", "draft"],
  late: ["consultation"],
  ended: ["weight", "photo", "attachment", "note", "code", "review"],
  suspended: ["photo", "picture", "attachment", "note", "reply"],
  applied: ["picture", "document"],
  owed: ["refund"],
};
FULL["-"] = FULL.active ?? [];
