// What an owner says before paying.

import { simulate } from "./payments.js";

/**
 * Every call about an intake, once, and the purchase that it goes along with.
 * @param {import("./server.js").Server} server
 * @param {import("./people.js").Person} owner
 * @param {import("./people.js").Person} doctor
 * @param {FormData} picture
 */
export async function sayWhatIsTheMatter(server, owner, doctor, picture) {
  await server.visitor.get("/api/triage");
  await server.visitor.post("/api/triage/check", { text: "Muntah terus" });
  const words = { species: "cat", complaint: "Muntah terus, gak mau makan", since: "days", signs: ["weak"] };
  const { id } = (await owner.api.post("/api/intakes", words)).body;
  const shown = (await owner.api.post(`/api/intakes/${id}/pictures`, picture)).body;
  await owner.api.get(shown.pictures[0].url);
  await owner.api.get(`/api/intakes/${id}`);
  const purchase = (await owner.api.post("/api/payment/consulting", { id: doctor.id, intakeId: id })).body;
  await simulate(server, purchase.orderId, "settlement");
  await doctor.api.get(`/api/consultations/${purchase.consultationId}/intake`);
}
