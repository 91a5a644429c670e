// Everybody in the table's columns, and the scenes that they are tried in.

import assert from "node:assert/strict";

import { APPLICATION, LICENCE } from "../support/doctors.js";
import { peopleOf, signIn } from "../support/people.js";
import { goodPictures } from "../support/pictures.js";
import { Scene } from "./scenes.js";

/** @typedef {import("../support/people.js").Person} Person */

export class World {
  /** @type {Record<string, Person>} by column */
  cast = {};
  /** @type {Map<string, Promise<Scene>>} those that are only looked at */
  #shared = new Map();
  /** @type {Scene[]} */
  scenes = [];
  /** @type {Promise<string> | undefined} */
  #refreshToken;

  /**
   * @param {import("../support/sockets.js").Ending} t
   * @param {import("../support/server.js").Server} server
   * @param {Buffer} photo
   */
  constructor(t, server, photo) {
    this.t = t;
    this.server = server;
    this.photo = photo;
    this.people = peopleOf(server);
  }

  /** @param {World["t"]} t @param {import("../support/server.js").Server} server */
  static async of(t, server) {
    const photo = /** @type {Buffer} */ ((await goodPictures())["image/jpeg"]);
    const world = new World(t, server, photo);
    const { people } = world;
    const [admin, partner] = await Promise.all([people.admin(), people.partner()]);
    const [applicant, refused, stranger] = [people.owner(), people.owner(), people.owner()];
    const [colleague, suspended] = [people.doctor(), people.doctor()];
    world.cast = { admin, partner, applicant, refused, stranger, colleague, suspended };
    await admin.api.post(`/api/admin/doctors/${suspended.id}/suspend`, { reason: "Laporan" });
    await apply(applicant, "SIP 1");
    const { id } = (await apply(refused, "SIP 2")).pendingLicence;
    await admin.api.post(`/api/admin/licences/${id}/refuse`, { reason: "Tidak terbaca" });
    return world;
  }

  /** A vet whom nobody knows. */
  spare() {
    return this.people.doctor();
  }

  /** The scene of this state that everybody looks at and nobody changes. @param {string} state */
  shared(state) {
    const scene = this.#shared.get(state) ?? this.fresh(state).then((made) => made.fill());
    this.#shared.set(state, scene);
    return scene;
  }

  /** A scene of its own for a call that changes something. @param {string} state */
  async fresh(state) {
    const people = { ...this.cast, ...this.#parties(state) };
    const scene = new Scene(this, state, people);
    scene.keep("email", scene.people.owner.email);
    if (state === "applied") await apply(scene.people.doctor, scene.secret("licence"));
    this.scenes.push(scene);
    // It is the vet who is suspended, not what was bought.
    if (state === "suspended") await scene.purchase();
    return scene;
  }

  /**
   * Who the owner and the vet are, and in which columns they stand.
   * @param {string} state
   * @returns {Record<string, Person>}
   */
  #parties(state) {
    const owner = this.people.owner();
    if (state === "new")
      return { owner, stranger: this.people.owner(), vet: this.people.doctor(), doctor: this.people.doctor() };
    if (state === "applied") {
      const applicant = this.people.owner();
      return { owner, vet: this.people.doctor(), applicant, doctor: applicant };
    }
    const doctor = this.people.doctor();
    return state === "suspended"
      ? { owner, vet: this.people.doctor(), suspended: doctor, doctor }
      : { owner, vet: doctor, doctor };
  }

  /**
   * A refresh token, the same for all who ask: for half a minute it may be used again, and to sign in takes long.
   * @param {Person} person
   */
  refreshToken({ email, password }) {
    return (this.#refreshToken ??= signIn(this.server, email, password).then(({ body }) => body.data.refreshToken));
  }

  /** All secrets so far. */
  get secrets() {
    return this.scenes.flatMap((scene) => scene.secrets);
  }
}

/** @param {Person} person @param {string} number of the licence */
async function apply(person, number) {
  const answer = await person.api.post("/api/doctors/applications", {
    ...APPLICATION,
    licence: { ...LICENCE, number },
  });
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}
