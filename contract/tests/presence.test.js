// 2.7: who sees whom online. An owner sees verified doctors, a doctor own patients, nobody anybody else; changes are
// gathered. Tests run beside each other, because a farewell is told only after some seconds of grace.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { buyAndPay } from "../support/payments.js";
import { peopleOf } from "../support/people.js";
import { openServer } from "../support/server.js";
import { connect, TRANSPORTS } from "../support/sockets.js";

const server = await openServer();
const people = peopleOf(server);

/** @param {...{ id: string }} persons */
const sees =
  (...persons) =>
  (/** @type {string[]} */ online) =>
    persons.every(({ id }) => online.includes(id));

/** @param {{ id: string }} person */
const lacks = (person) => (/** @type {string[]} */ online) => !online.includes(person.id);

/**
 * Somebody's last device goes, and the watcher is told.
 * @param {import("../support/sockets.js").Device} watching
 * @param {import("../support/sockets.js").Device} leaving
 * @param {{ id: string }} person
 */
async function farewell(watching, leaving, person) {
  // What was told before the person came lacks the person, too.
  watching.forget();
  leaving.close();
  await watching.next("getOnlineUsers", lacks(person));
}

/** @param {import("../support/sockets.js").Device} device @param {{ id: string }} person */
function everSaw(device, person) {
  return device.all("getOnlineUsers").some((online) => online.includes(person.id));
}

describe("2.7 presence", { concurrency: true }, () => {
  for (const transport of TRANSPORTS) {
    test(`an owner is told of a verified doctor who comes and goes over ${transport}`, async (t) => {
      const [owner, doctor] = [people.owner(), people.doctor()];
      const watching = await connect(t, owner, transport);
      assert.ok(lacks(doctor)(await watching.next("getOnlineUsers")), "told on connect");
      const device = await connect(t, doctor, transport);
      await watching.next("getOnlineUsers", sees(doctor));
      await farewell(watching, device, doctor);
    });

    test(`an owner who connects later is told at once who is there over ${transport}`, async (t) => {
      const [owner, doctor] = [people.owner(), people.doctor()];
      await connect(t, doctor, transport);
      const late = await connect(t, owner, transport);
      assert.ok(sees(doctor)(await late.next("getOnlineUsers")));
    });

    test(`a doctor sees own patients and not those of others over ${transport}`, async (t) => {
      const [pair, others] = [await people.pair(), await people.pair()];
      const watching = await connect(t, pair.doctor, transport);
      // The other pair's owner comes first: had it been told, it would be in the list that names the own patient.
      await connect(t, others.owner, transport);
      await connect(t, others.doctor, transport);
      await connect(t, pair.owner, transport);
      await watching.next("getOnlineUsers", sees(pair.owner));
      assert.ok(!everSaw(watching, others.owner), "a stranger's presence was told");
      assert.ok(!everSaw(watching, others.doctor), "doctors do not see each other");
    });

    test(`an owner never sees another owner over ${transport}`, async (t) => {
      const [owner, other, doctor] = [people.owner(), people.owner(), people.doctor()];
      const watching = await connect(t, owner, transport);
      await connect(t, other, transport);
      await connect(t, doctor, transport);
      await watching.next("getOnlineUsers", sees(doctor));
      assert.ok(!everSaw(watching, other));
      const late = await connect(t, other, transport);
      assert.ok(lacks(owner)(await late.next("getOnlineUsers")));
      assert.ok(lacks(other)(await late.next("getOnlineUsers")), "nobody is told of oneself");
    });

    test(`somebody with two devices stays until both are gone over ${transport}`, async (t) => {
      const pair = await people.pair();
      const watching = await connect(t, pair.doctor, transport);
      const [phone, laptop] = [await connect(t, pair.owner, transport), await connect(t, pair.owner, transport)];
      await watching.next("getOnlineUsers", sees(pair.owner));
      const toldBefore = watching.all("getOnlineUsers").length;
      phone.close();
      // The stranger's farewell is told no sooner than the phone's would be.
      const stranger = people.doctor();
      const [elsewhere, passing] = [await connect(t, people.owner(), transport), await connect(t, stranger, transport)];
      await elsewhere.next("getOnlineUsers", sees(stranger));
      await farewell(elsewhere, passing, stranger);
      await watching.caughtUp();
      assert.ok(watching.all("getOnlineUsers").slice(toldBefore).every(sees(pair.owner)), "gone with the first device");
      await farewell(watching, laptop, pair.owner);
    });
  }

  test("a doctor sees a new patient as soon as the consultation is paid", async (t) => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const watching = await connect(t, doctor, "websocket");
    await connect(t, owner, "polling");
    assert.ok(lacks(owner)(await watching.next("getOnlineUsers")));
    await buyAndPay(owner, doctor);
    await watching.next("getOnlineUsers", sees(owner));
  });

  test("partners and admins see nobody and are seen by nobody", async (t) => {
    const [owner, doctor] = [people.owner(), people.doctor()];
    const watching = await connect(t, owner, "websocket");
    for (const person of [await people.partner(), await people.admin()]) {
      const device = await connect(t, person, "websocket");
      assert.deepEqual(await device.next("getOnlineUsers"), []);
      await connect(t, doctor, "websocket");
      await watching.next("getOnlineUsers", sees(doctor));
      assert.ok(!everSaw(watching, person));
      await device.caughtUp();
      const told = device.all("getOnlineUsers").filter((online) => online.length > 0);
      assert.deepEqual(told, [], `a ${person.role} was told who is online`);
    }
  });

  test("many who come at once are told together, not one by one", async (t) => {
    const watching = await connect(t, people.owner(), "websocket");
    const doctors = Array.from({ length: 20 }, () => people.doctor());
    const before = watching.all("getOnlineUsers").length;
    await Promise.all(doctors.map((doctor) => connect(t, doctor, "websocket")));
    await watching.next("getOnlineUsers", sees(...doctors));
    const told = watching.all("getOnlineUsers").length - before;
    assert.ok(told < doctors.length, `${told} events for ${doctors.length} arrivals`);
  });

  test("no user id reaches somebody who is not signed in", async () => {
    for (const path of ["/socket.io/?EIO=4&transport=polling", "/api/roles/dokter"]) {
      const answer = await server.visitor.get(path);
      assert.ok(!answer.text.includes(people.owner().id));
    }
  });
});
