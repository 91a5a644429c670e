// Reviews, from all sides.

/**
 * Every call about reviews, once, of a consultation that has ended.
 * @param {{ owner: import("./people.js").Person, doctor: import("./people.js").Person, admin: import("./people.js").Person }} people
 * @param {string} consultationId
 */
export async function reviewFromAllSides({ owner, doctor, admin }, consultationId) {
  const own = `/api/consultations/${consultationId}/review`;
  await owner.api.post(own, { rating: 5, text: "Cepat dan jelas" });
  await owner.api.request("PUT", own, { rating: 4 });
  await owner.api.get(own);
  await doctor.api.post(`/api/reviews/${consultationId}/reply`, { text: "Sama-sama" });
  await doctor.api.get(`/api/doctors/${doctor.id}/reviews`);
  await admin.api.post(`/api/reviews/${consultationId}/hide`, { reason: "Memuat nomor telepon" });
  await admin.api.get("/api/admin/reviews");
  await admin.api.post(`/api/reviews/${consultationId}/show`);
}
