// Booking a vet's time, from all sides.

import { sayTheDoctorIsLate } from "./database.js";
import { buyAndPay, simulate } from "./payments.js";
import { connect } from "./sockets.js";

const PATIENCE_MS = 10_000;

const DAYS = [1, 2, 3, 4, 5, 6, 7];

/** Every day from midnight to midnight, in slots of half an hour. */
export const HOURS = {
  timeZone: "Asia/Jakarta",
  slotMinutes: 30,
  bufferMinutes: 0,
  minNoticeMinutes: 60,
  horizonDays: 14,
  week: DAYS.map((weekday) => ({ weekday, from: "00:00", to: "24:00" })),
  exceptions: [],
};

/**
 * Every call about hours, slots and bookings, once.
 * @param {import("./server.js").Server} server
 * @param {import("./people.js").Person} owner
 * @param {import("./people.js").Person} doctor
 */
export async function bookFromAllSides(server, owner, doctor) {
  await doctor.api.request("PUT", "/api/doctors/me/availability", HOURS);
  await doctor.api.get("/api/doctors/me/availability");
  await server.visitor.get("/api/doctors", { query: { sort: "price" } });
  const { days } = (await server.visitor.get(`/api/doctors/${doctor.id}/slots`)).body;
  const [first, second] = days[3].slots;
  const wish = { id: doctor.id, startsAt: first.startsAt };
  const purchase = (await owner.api.post("/api/payment/consulting", wish)).body;
  await simulate(server, purchase.orderId, "settlement");
  const path = `/api/consultations/${purchase.consultationId}`;
  await owner.api.get(path);
  await owner.api.post(`${path}/reschedule`, { startsAt: second.startsAt });
  await owner.api.post(`${path}/cancel`);
}

/**
 * A consultation goes on longer, ends, and is asked about afterwards.
 * @param {import("./people.js").Person} owner
 * @param {import("./people.js").Person} doctor
 */
export async function goOnLonger(owner, doctor) {
  const { purchase, conversationId } = await buyAndPay(owner, doctor);
  const path = `/api/consultations/${purchase.consultationId}`;
  await doctor.api.post(`/api/conversations/${conversationId}/messages`, { message: "Halo", clientId: "goes-on" });
  // The time that was bought begins to run with the vet's answer, which is noted a moment after it is stored.
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await owner.api.get(path)).body.endsAt && Date.now() < deadline);
  await owner.api.post(`${path}/extension`, { minutes: 10 });
  await doctor.api.post(`${path}/extension/decline`);
  await doctor.api.post(`${path}/extension`, { minutes: 15 });
  await owner.api.post(`${path}/extension/accept`);
  await owner.api.patch(`/api/messages/end/${conversationId}`);
  await owner.api.post(`${path}/follow-up`);
}

/**
 * An owner takes the money back from a vet who does not answer.
 * @param {import("./server.js").Server} server
 * @param {import("./people.js").Person} owner
 * @param {import("./people.js").Person} doctor
 */
export async function takeMoneyBack(server, owner, doctor) {
  const { purchase } = await buyAndPay(owner, doctor);
  await sayTheDoctorIsLate(server.database);
  await owner.api.post(`/api/consultations/${purchase.consultationId}/refund`);
}

/**
 * An owner goes on with another vet, because the first one does not answer.
 * @param {import("node:test").TestContext} t
 * @param {import("./server.js").Server} server
 * @param {import("./people.js").Person} owner
 * @param {[import("./people.js").Person, import("./people.js").Person]} doctors the late one and the other one
 */
export async function goOnWithAnother(t, server, owner, [late, other]) {
  const { purchase } = await buyAndPay(owner, late);
  await sayTheDoctorIsLate(server.database);
  await connect(t, other, "websocket");
  const path = `/api/consultations/${purchase.consultationId}`;
  await owner.api.get(`${path}/alternatives`);
  await owner.api.post(`${path}/transfer`, { doctorId: other.id });
}
