// Pets, as their owners keep them.

/**
 * Every call about pets, once; the consultation is about the last one.
 * @param {import("./people.js").Person} owner
 * @param {FormData} photo
 */
export async function keepPets(owner, photo) {
  const { api } = owner;
  const pet = (await api.post("/api/pets", { name: "Miko", species: "cat", birthDate: "2023-09-01" })).body;
  const path = `/api/pets/${pet.id}`;
  const weight = { measuredOn: "2024-01-01", grams: 4_600 };
  const weighed = (await api.post(`${path}/weights`, weight)).body;
  await api.post(`${path}/weights`, { ...weight, grams: 4_700 });
  const vaccination = { name: "Rabies", givenOn: "2024-01-01", nextDueOn: "2025-01-01" };
  const vaccinated = (await api.post(`${path}/vaccinations`, vaccination)).body;
  await api.request("PUT", `${path}/photo`, photo);
  await api.get(`${path}/photo`);
  await api.get("/api/pets");
  await api.get(path);
  await api.get(`${path}/timeline`);
  await api.patch(path, { allergies: "ayam" });
  await api.request("DELETE", `${path}/weights/${weighed.id}`);
  await api.request("DELETE", `${path}/vaccinations/${vaccinated.id}`);
  await api.request("DELETE", path);
  return (await api.post("/api/pets", { name: "Pus", species: "cat" })).body;
}
