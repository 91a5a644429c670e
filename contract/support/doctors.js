// Vets who come in, and go.

import { registration, signIn } from "./people.js";

export const LICENCE = { kind: "sip", number: "SIP 503/77/2026", issuer: "Dinas Kesehatan Kota Depok", expiresOn: "2099-03-31" };

export const APPLICATION = {
  specialization: "Kulit",
  workExperience: 4,
  bio: "Sabar dengan kucing galak.",
  basePrice: 40_000,
  species: ["cat"],
  languages: ["id", "jv"],
  licence: LICENCE,
};

/**
 * Somebody applies, is refused, and comes in with another licence.
 * @param {import("./server.js").Server} server
 * @param {import("./people.js").Person} admin
 * @param {FormData} picture
 */
export async function comeIn(server, admin, picture) {
  const form = registration();
  await server.visitor.post("/api/auth/register", form);
  const { token } = (await signIn(server, form.email, form.password)).body.data;
  const vet = server.visitor.bearing(token);
  const applied = (await vet.post("/api/doctors/applications", APPLICATION)).body;
  await admin.api.post(`/api/admin/licences/${applied.pendingLicence.id}/refuse`, { reason: "Tidak terbaca" });
  const { id } = (await vet.post("/api/doctors/me/licences", LICENCE)).body.pendingLicence;
  const proved = (await vet.post(`/api/doctors/me/licences/${id}/documents`, picture)).body;
  await admin.api.get(proved.pendingLicence.documents[0].url);
  await admin.api.get("/api/admin/doctors", { query: { pending: "true" } });
  await admin.api.post(`/api/admin/licences/${id}/accept`);
  await vet.get("/api/doctors/me");
}

/**
 * A vet changes the own page, is suspended, and let in again.
 * @param {import("./server.js").Server} server
 * @param {import("./people.js").Person} admin
 * @param {import("./people.js").Person} doctor
 * @param {FormData} picture
 */
export async function goAndComeBack(server, admin, doctor, picture) {
  await doctor.api.patch("/api/doctors/me", { bio: "Buka sampai malam." });
  const { body } = await doctor.api.request("PUT", "/api/doctors/me/picture", picture);
  await server.visitor.get(body.picture);
  const path = `/api/admin/doctors/${doctor.id}`;
  await admin.api.get(path);
  await admin.api.post(`${path}/suspend`, { reason: "Laporan pemilik" });
  await admin.api.post(`${path}/reinstate`);
}
