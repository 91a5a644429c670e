// How a consultation comes into each state.

import assert from "node:assert/strict";

import { HOURS } from "../support/bookings.js";
import { sayTheDoctorIsLate } from "../support/database.js";
import { paymentOf, simulate } from "../support/payments.js";
import { attach, made, record } from "./makers.js";

/** @typedef {import("./scenes.js").Scene} Scene */
/** @typedef {import("../support/people.js").Person} Person */

const PATIENCE_MS = 10_000;

/** Buys, and goes on to the state of the scene. @param {Scene} scene */
export async function bring(scene) {
  const { state, world, people } = scene;
  const [owner, doctor] = [people.owner, people.doctor];
  const steps = STEPS[state];
  assert.ok(steps, `policy/journeys.js does not know how a consultation becomes ${state}: add it to STEPS`);
  const purchase = steps.includes("at a time") ? await book(scene) : await order(scene);
  for (const step of steps.filter((each) => each !== "at a time")) {
    if (step === "pay") await simulate(world.server, purchase.orderId, "settlement");
    if (step === "talk") await talk(scene, purchase);
    if (step === "attach") purchase.attachment = await attach(scene, `${await chatOf(owner, purchase)}/attachments`);
    if (step === "late") await sayTheDoctorIsLate(world.server.database);
    if (step === "end") await owner.api.patch(`/api/messages/end/${(await paymentOf(owner, purchase)).conversationId}`);
    if (step === "ask")
      await owner.api.post(`/api/consultations/${purchase.consultationId}/extension`, { minutes: 10 });
    if (step === "sum up") await sumUp(scene, purchase);
    if (step === "suspend")
      await people.admin.api.post(`/api/admin/doctors/${doctor.id}/suspend`, { reason: "Laporan" });
  }
  return purchase;
}

/** What happens on the way to each state. @type {Record<string, string[]>} */
const STEPS = {
  "-": ["pay", "talk"],
  pending: [],
  forged: [],
  booked: ["at a time", "pay"],
  active: ["pay", "talk"],
  late: ["pay", "late"],
  asked: ["pay", "talk", "ask"],
  closed: ["pay", "talk", "end"],
  ended: ["pay", "talk", "attach", "sum up"],
  suspended: ["pay", "talk", "suspend"],
  owed: ["pay", "end"],
};

/** @param {Scene} scene */
async function order(scene) {
  const wish = { id: scene.people.doctor.id, ...(await scene.wishes()) };
  const answer = await scene.people.owner.api.post("/api/payment/consulting", wish);
  assert.equal(answer.status, 201, answer.text);
  return answer.body;
}

/** A time of the vet, and another one to move to. @param {Scene} scene */
async function book(scene) {
  const { owner, doctor } = scene.people;
  await doctor.api.request("PUT", "/api/doctors/me/availability", HOURS);
  const { days } = (await owner.api.get(`/api/doctors/${doctor.id}/slots`)).body;
  const [first, second] = days[3].slots;
  const wish = { id: doctor.id, startsAt: first.startsAt, petId: await scene.id("pet") };
  const answer = await owner.api.post("/api/payment/consulting", wish);
  assert.equal(answer.status, 201, answer.text);
  return { ...answer.body, otherTime: second.startsAt };
}

/** @param {Person} owner @param {any} purchase */
async function chatOf(owner, purchase) {
  return `/api/conversations/${(await paymentOf(owner, purchase)).conversationId}`;
}

/** Both say something, and the vet's time begins to run. @param {Scene} scene @param {any} purchase */
async function talk(scene, purchase) {
  const { owner, doctor } = scene.people;
  await owner.say(doctor, scene.secret("message"));
  await doctor.say(owner, scene.secret("message"));
  // It is noted a moment after the answer is stored.
  const deadline = Date.now() + PATIENCE_MS;
  const path = `/api/consultations/${purchase.consultationId}`;
  while (!(await owner.api.get(path)).body.endsAt && Date.now() < deadline);
}

/** @param {Scene} scene @param {any} purchase */
async function sumUp(scene, { consultationId }) {
  const path = `/api/consultations/${consultationId}/record`;
  await made(scene, "doctor", "PUT", path, record(scene, "record"));
  await made(scene, "doctor", "POST", `${path}/finish`, undefined);
}
