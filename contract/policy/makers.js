// How each noun of the table is made, through the API and by whom it belongs to. It must succeed.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { leaveADeadJob } from "../support/database.js";
import { paymentOf } from "../support/payments.js";
import { formOf } from "../support/pictures.js";
import { waitingRefund } from "../support/refunds.js";
import { connect } from "../support/sockets.js";

/** @typedef {import("./scenes.js").Scene} Scene */

const DAY = "2024-01-01";

/** @param {Scene} scene @param {string} noun @returns {Promise<string>} */
export function make(scene, noun) {
  const maker = MAKERS[noun];
  assert.ok(maker, `policy/makers.js does not know how to make a ${noun}: add it to MAKERS`);
  return maker(scene);
}

/** @type {Record<string, (scene: Scene) => Promise<string>>} */
const MAKERS = {
  pet: async (scene) => {
    const pet = {
      name: scene.secret("petName"),
      species: "cat",
      notes: scene.secret("petNotes"),
      allergies: scene.secret("petNotes"),
    };
    return made(scene, "owner", "POST", "/api/pets", pet);
  },
  weight: async (scene) => listed(scene, "weights", { measuredOn: DAY, grams: 4_600 }),
  vaccination: async (scene) => listed(scene, "vaccinations", { name: scene.secret("petNotes"), givenOn: DAY }),
  photo: async (scene) => made(scene, "owner", "PUT", `/api/pets/${await scene.id("pet")}/photo`, picture(scene)),
  intake: async (scene) => {
    const words = { petId: await scene.id("pet"), complaint: scene.secret("complaint"), since: "days", signs: [] };
    return made(scene, "owner", "POST", "/api/intakes", words);
  },
  intakePicture: async (scene) => {
    const path = `/api/intakes/${await scene.id("intake")}/pictures`;
    const { body } = await scene.people.owner.api.post(path, picture(scene));
    return body.pictures[0].url.split("/").at(-1);
  },
  session: async ({ people: { owner } }) => {
    await owner.signIn();
    const { items } = (await owner.api.get("/api/auth/sessions")).body;
    return items.find((/** @type {any} */ device) => !device.isThis).id;
  },
  consultation: async (scene) => (await scene.purchase()).consultationId,
  payment: async (scene) => (await scene.purchase()).transactionId,
  order: async (scene) => (await scene.purchase()).orderId,
  token: async (scene) => (await scene.purchase()).token,
  conversation: async (scene) => (await paymentOf(scene.people.owner, await scene.purchase())).conversationId,
  attachment: async (scene) => {
    const path = `/api/conversations/${await scene.id("conversation")}/attachments`;
    return scene.state === "ended" ? (await scene.purchase()).attachment : attach(scene, path);
  },
  upload: async (scene) => {
    const form = { size: scene.world.photo.length, contentType: "image/jpeg", clientId: randomUUID() };
    return made(scene, "owner", "POST", `/api/conversations/${await scene.id("conversation")}/uploads`, form);
  },
  note: async (scene) => {
    const path = `/api/consultations/${await scene.id("consultation")}/notes`;
    return made(scene, "doctor", "PUT", path, { body: scene.secret("note") });
  },
  draft: async (scene) => {
    const path = `/api/consultations/${await scene.id("consultation")}/record`;
    return made(scene, "doctor", "PUT", path, record(scene, "draft"));
  },
  code: async (scene) => {
    const path = `/api/consultations/${await scene.id("consultation")}/record`;
    return (await scene.people.doctor.api.get(path)).body.code;
  },
  review: async (scene) => {
    const path = `/api/consultations/${await scene.id("consultation")}/review`;
    await made(scene, "owner", "POST", path, { rating: 5, text: "Cepat" });
    return scene.id("consultation");
  },
  reply: async (scene) => {
    const words = { title: scene.secret("reply"), body: scene.secret("reply") };
    return made(scene, "doctor", "POST", "/api/doctors/me/replies", words);
  },
  picture: async (scene) => made(scene, "doctor", "PUT", "/api/doctors/me/picture", picture(scene)),
  doctor: async (scene) => scene.people.doctor.id,
  successor: async (scene) => {
    const other = scene.world.spare();
    await connect(scene.world.t, other, "websocket");
    return other.id;
  },
  otherTime: async (scene) => (await scene.purchase()).otherTime ?? "2099-01-01T00:00:00.000Z",
  licence: async (scene) => (await scene.people.doctor.api.get("/api/doctors/me")).body.pendingLicence.id,
  document: async (scene) => {
    const path = `/api/doctors/me/licences/${await scene.id("licence")}/documents`;
    const { body } = await scene.people.doctor.api.post(path, picture(scene));
    return body.pendingLicence.documents[0].url.split("/").at(-1);
  },
  refund: async (scene) => (await waitingRefund(scene.people.admin, (await scene.purchase()).transactionId)).id,
  job: async (scene) => {
    await leaveADeadJob(scene.world.server.database);
    return (await scene.people.admin.api.get("/api/admin/jobs")).body.items[0].id;
  },
  pageFile: async () => "page.css",
};

/** @param {Scene} scene */
const picture = ({ world }) => formOf([world.photo]);

/** @param {Scene} scene @param {string} kind */
export function record(scene, kind) {
  return { complaint: scene.secret(kind), findings: scene.secret(kind), advice: "Puasa", nextStep: "Ke klinik" };
}

/**
 * Makes something as somebody of the scene; it must succeed.
 * @param {Scene} scene
 * @param {"owner" | "doctor"} who
 * @param {string} method
 * @param {string} path
 * @param {any} body
 * @returns {Promise<string>}
 */
export async function made(scene, who, method, path, body) {
  const answer = await scene.people[who].api.request(method, path, body);
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
  return answer.body.id ?? "";
}

/** @param {Scene} scene @param {"weights" | "vaccinations"} what @param {any} body */
async function listed(scene, what, body) {
  const answer = await scene.people.owner.api.post(`/api/pets/${await scene.id("pet")}/${what}`, body);
  assert.equal(answer.status, 201, answer.text);
  return answer.body.id;
}

/** @param {Scene} scene @param {string} path */
export async function attach(scene, path) {
  const uploaded = await scene.people.owner.api.post(path, picture(scene));
  const { id } = uploaded.body.items[0];
  const conversation = path.replace("/attachments", "/messages");
  const said = { message: scene.secret("message"), clientId: randomUUID(), attachments: [id] };
  await scene.people.owner.api.post(conversation, said);
  return id;
}
