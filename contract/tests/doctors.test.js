// Contract 1: the directory of doctors, and the profile behind a card.

import assert from "node:assert/strict";
import { test } from "node:test";

import { hire } from "../support/people.js";
import { assertProblem } from "../support/problems.js";
import { openServer } from "../support/server.js";
import { connect } from "../support/sockets.js";

const server = await openServer({ people: null });

/** @param {import("../support/people.js").Person} doctor */
async function cardOf(doctor) {
  const directory = await server.visitor.get("/api/roles/dokter");
  assert.equal(directory.status, 200);
  return directory.body.find((/** @type {any} */ card) => card.id === doctor.id);
}

test("2.10 an empty directory is an empty list", async () => {
  const directory = await server.visitor.get("/api/roles/dokter");
  assert.equal(directory.status, 200);
  assert.deepEqual(directory.body, []);
});

test("a visitor sees what the owner pays: base price and platform fee", async () => {
  const doctor = await hire(server, "dokter", [
    "--username",
    "drh. Nadia",
    "--price",
    "45000",
    "--experience",
    "7",
    "--specialization",
    "Kucing",
  ]);
  const card = await cardOf(doctor);
  assert.deepEqual(card, {
    id: doctor.id,
    username: "drh. Nadia",
    picture: null,
    price: 50_625,
    workExperience: 7,
    rate: null,
    reviewCount: 0,
    specialization: "Kucing",
    online: false,
    nextAvailableAt: null,
  });
});

test("the fee is rounded half up to the rupiah", async () => {
  // 12.5 % of 30,004 is 3,750.5.
  const doctor = await hire(server, "dokter", ["--price", "30004"]);
  assert.equal((await cardOf(doctor)).price, 33_755);
});

test("a profile shows the price line by line, and the lines add up", async () => {
  const doctor = await hire(server, "dokter", ["--price", "40000", "--bio", "Suka kucing.", "--licence", "SIP 1/2026"]);
  const { body } = await server.visitor.get(`/api/doctors/${doctor.id}`);
  assert.equal(body.bio, "Suka kucing.");
  assert.equal(body.licenceNumber, "SIP 1/2026");
  assert.ok(body.verifiedAt);
  assert.deepEqual(body.quote, {
    lines: [
      { kind: "base", amount: 40_000 },
      { kind: "platform_fee", amount: 5_000 },
    ],
    total: 45_000,
    markupBasisPoints: 1_250,
  });
  assert.equal(body.price, body.quote.total);
});

test("2.10 neither card nor profile tells an e-mail or a phone number", async () => {
  const phone = "81298765432";
  const doctor = await hire(server, "dokter", ["--phone", `0${phone}`]);
  const answers = [
    await server.visitor.get("/api/roles/dokter"),
    await server.visitor.get(`/api/doctors/${doctor.id}`),
  ];
  for (const answer of answers) {
    assert.equal(answer.status, 200);
    assert.ok(!answer.text.includes("@") && !answer.text.includes(phone) && !/e-?mail|phone/i.test(answer.text));
  }
});

test("only verified doctors are in it", async () => {
  for (const role of ["user", "mitra", "admin"]) {
    const person = await hire(server, role);
    assert.equal(await cardOf(person), undefined, role);
    assertProblem(await server.visitor.get(`/api/doctors/${person.id}`), 404, "doctor_not_found");
  }
});

test("a card shows whether the doctor is online", async (t) => {
  const doctor = await hire(server, "dokter");
  assert.equal((await cardOf(doctor)).online, false);
  await connect(t, doctor, "websocket");
  assert.equal((await cardOf(doctor)).online, true);
});

test("an unknown doctor is not found", async () => {
  for (const id of ["01900000-0000-7000-8000-000000000000", "7", "%00", "a".repeat(2000)]) {
    assertProblem(await server.visitor.get(`/api/doctors/${id}`), 404, "doctor_not_found");
  }
});
