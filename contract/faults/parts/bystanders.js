// Other people, who talk as if nothing happened: whatever somebody does to the server, all that they say arrives, once
// and in order.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { connect, messageFrom, TRANSPORTS } from "../../support/sockets.js";

export class Bystanders {
  #said = 0;

  /**
   * @param {import("../../support/people.js").Pair} pair
   * @param {import("../../support/sockets.js").Device} phone of the owner
   * @param {import("../../support/sockets.js").Device} desk of the doctor
   */
  constructor(pair, phone, desk) {
    this.pair = pair;
    this.phone = phone;
    this.desk = desk;
  }

  /** Says so much, through both doors in turn. @param {number} count */
  async talk(count) {
    const { owner, conversationId } = this.pair;
    for (let index = 0; index < count; index++) {
      const said = { message: `pesan ${this.#said}`, clientId: randomUUID() };
      const stored =
        index % 2 === 0
          ? await this.phone.ask("sendMessage", messageFrom(this.pair, "owner", said))
          : (await owner.api.post(`/api/conversations/${conversationId}/messages`, said)).body;
      assert.equal(stored.seq, ++this.#said, JSON.stringify(stored));
    }
  }

  async assertUndisturbed() {
    for (const device of [this.phone, this.desk]) {
      const heard = await device.gather("newMessage", this.#said);
      assert.deepEqual(
        heard.map((message) => message.message),
        Array.from({ length: this.#said }, (_, index) => `pesan ${index}`),
      );
      assert.deepEqual(device.all("disconnect"), []);
    }
  }
}

/**
 * A pair on each transport.
 * @param {import("node:test").TestContext} t
 * @param {{ pair: () => Promise<import("../../support/people.js").Pair> }} people
 */
export function inviteBystanders(t, people) {
  return Promise.all(
    TRANSPORTS.map(async (transport) => {
      const pair = await people.pair();
      return new Bystanders(pair, await connect(t, pair.owner, transport), await connect(t, pair.doctor, transport));
    }),
  );
}
