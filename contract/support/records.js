// What a consultation leaves, and the vet's own tools.

/**
 * Every call about summaries and notes, once, of a consultation that has ended.
 * @param {import("./server.js").Server} server
 * @param {{ owner: import("./people.js").Person, doctor: import("./people.js").Person }} people
 * @param {string} consultationId
 */
export async function summarise(server, { owner, doctor }, consultationId) {
  const path = `/api/consultations/${consultationId}`;
  const words = {
    complaint: "Muntah sejak semalam",
    findings: "Gusi merah muda",
    advice: "Puasa makan 8 jam",
    nextStep: "Ke klinik bila muntah lagi",
  };
  await doctor.api.request("PUT", `${path}/record`, words);
  await doctor.api.post(`${path}/record/finish`);
  const record = (await owner.api.get(`${path}/record`)).body;
  await owner.api.get(`${path}/record.pdf`);
  await server.visitor.get(`/api/records/verify/${record.code}`);
  await doctor.api.request("PUT", `${path}/notes`, { body: "Pemilik cemas, telepon bila perlu." });
  await doctor.api.get(`${path}/notes`);
}

/** @param {import("./people.js").Person} doctor */
export async function keepReplies(doctor) {
  const path = "/api/doctors/me/replies";
  const { id } = (await doctor.api.post(path, { title: "Salam", body: "Halo {pemilik}, ada apa dengan {hewan}?" })).body;
  await doctor.api.get(path);
  await doctor.api.request("PUT", `${path}/${id}`, { title: "Salam", body: "Halo {pemilik}" });
  await doctor.api.request("DELETE", `${path}/${id}`);
}
