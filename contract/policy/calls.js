// How each call is made well: its address with the ids of a scene, and what is said with it. A call is refused for who
// makes it, never for what it says.

import { randomUUID } from "node:crypto";

import { HOURS } from "../support/bookings.js";
import { APPLICATION, LICENCE } from "../support/doctors.js";
import { UNKNOWN_ID } from "../support/hostile.js";
import { sign } from "../support/payments.js";
import { registration } from "../support/people.js";
import { formOf } from "../support/pictures.js";
import { WORD } from "./scenes.js";

/** @typedef {import("./scenes.js").Scene} Scene */
/** @typedef {import("../support/people.js").Person} Person */
/** @typedef {Record<string, string | undefined>} Query */
/** @typedef {{ method: string, path: string, body?: any, headers?: Record<string, string>, query?: Query }} Call */
/** @typedef {Partial<Call> & { as?: Person }} Said */

/** What a parameter stands for, by the step of the address before it. */
const NOUNS = /** @type {Record<string, string>} */ ({
  attachments: "attachment",
  consultations: "consultation",
  conversations: "conversation",
  doctors: "doctor",
  dokter: "doctor",
  end: "conversation",
  "intake-pictures": "intakePicture",
  intakes: "intake",
  jobs: "job",
  "licence-documents": "document",
  licences: "licence",
  monthly: "doctor",
  page: "pageFile",
  payment: "payment",
  pets: "pet",
  redirection: "token",
  refunds: "refund",
  replies: "reply",
  reviews: "review",
  sessions: "session",
  send: "receiver",
  simulate: "order",
  transactions: "token",
  uploads: "upload",
  v2: "order",
  vaccinations: "vaccination",
  verifikasi: "code",
  verify: "code",
  weights: "weight",
});

const DAY = "2024-02-02";
const REASON = { body: { reason: "Diperiksa ulang" } };

/**
 * What is said with a call that does not say all in its address. `as` is another session of the caller, for what ends it.
 * @type {Record<string, (scene: Scene, me: Person | undefined) => Said | Promise<Said>>}
 */
const SAID = {
  "POST /api/admin/doctors/{id}/suspend": () => REASON,
  "POST /api/admin/licences/{id}/accept": async (scene) => {
    await scene.id("document");
    return {};
  },
  "POST /api/admin/licences/{id}/refuse": () => REASON,
  "POST /api/admin/refunds/{id}/paid-out": () => ({ body: { reference: "BCA 0001" } }),
  // They end sessions that others here still need.
  "DELETE /api/auth/sessions": ({ world }, me) => ({ as: me && world.spare() }),
  "PUT /api/auth/password": () => ({ body: { currentPassword: "bukan ini", password: "kelinci-abu-abu-4" } }),
  "POST /api/auth/forgot-password": () => ({ body: { email: registration().email } }),
  "POST /api/auth/reset-password": () => ({ body: { token: "of no letter", password: "kelinci-abu-abu-4" } }),
  "POST /api/auth/login": (scene, me) => {
    const { email, password } = me ?? scene.people.owner;
    return { body: { email, password } };
  },
  "POST /api/auth/logout": async (_scene, me) => ({ as: await me?.signIn() }),
  "POST /api/auth/refresh": async ({ world, people }) => ({
    body: { refreshToken: await world.refreshToken(people.owner) },
  }),
  "POST /api/auth/register": () => ({ body: registration() }),
  "POST /api/client-errors": () => ({ body: { route: "/dokter/:id", message: "x is undefined" } }),
  "POST /api/consultations/{id}/extension": () => ({ body: { minutes: 10 } }),
  "PUT /api/consultations/{id}/notes": () => ({ body: { body: "Telepon bila perlu" } }),
  "PUT /api/consultations/{id}/record": () => ({
    body: { complaint: "Muntah", findings: "-", advice: "Puasa", nextStep: "-" },
  }),
  "POST /api/consultations/{id}/reschedule": async (scene) => ({ body: { startsAt: await scene.id("otherTime") } }),
  "PUT /api/consultations/{id}/review": async (scene) => {
    await scene.id("review");
    return { body: { rating: 4, text: "Baik" } };
  },
  "POST /api/consultations/{id}/review": () => ({ body: { rating: 5, text: "Baik" } }),
  "POST /api/consultations/{id}/transfer": async (scene) => ({ body: { doctorId: await scene.id("successor") } }),
  "POST /api/conversations/{id}/attachments": ({ world }) => ({ body: formOf([world.photo]) }),
  "POST /api/conversations/{id}/messages": () => ({ body: { message: "Halo", clientId: randomUUID() } }),
  "POST /api/conversations/{id}/uploads": () => ({
    body: { size: 9, contentType: "image/jpeg", clientId: randomUUID() },
  }),
  "POST /api/doctors/applications": () => ({ body: APPLICATION }),
  "PATCH /api/doctors/me": () => ({ body: { bio: "Buka sampai malam." } }),
  "PUT /api/doctors/me/availability": () => ({ body: HOURS }),
  "POST /api/doctors/me/licences": () => ({ body: LICENCE }),
  "POST /api/doctors/me/licences/{id}/documents": ({ world }) => ({ body: formOf([world.photo]) }),
  "PUT /api/doctors/me/picture": ({ world }) => ({ body: formOf([world.photo]) }),
  "POST /api/doctors/me/replies": () => ({ body: { title: "Salam", body: "Halo" } }),
  "PUT /api/doctors/me/replies/{id}": () => ({ body: { title: "Salam", body: "Halo" } }),
  "POST /api/intakes": () => ({ body: { species: "cat", complaint: "Gatal", since: "days", signs: [] } }),
  "POST /api/intakes/{id}/pictures": ({ world }) => ({ body: formOf([world.photo]) }),
  "GET /api/messages/client": ({ people: { owner, doctor } }) => ({
    query: { senderId: owner.id, receiverId: doctor.id },
  }),
  "POST /api/messages/client/send/{receiverId}": sendToTheOther,
  "GET /api/messages/search": async (scene) => ({
    query: { q: WORD, conversationId: scene.state === "-" ? undefined : await scene.id("conversation") },
  }),
  "POST /api/messages/send/{receiverId}": sendToTheOther,
  // Of a vet whom nobody has bought anything of, or of one who cannot be consulted.
  "POST /api/payment/consulting": async (scene) => ({
    body:
      scene.state === "new" ? { id: scene.people.vet?.id, ...(await scene.wishes()) } : { id: scene.people.doctor.id },
  }),
  "POST /api/payment/notification": async (scene) => {
    const { orderId, quote } = await scene.purchase();
    const said = {
      order_id: orderId,
      status_code: "200",
      gross_amount: `${quote.total}.00`,
      transaction_status: "settlement",
    };
    return { body: { ...said, signature_key: scene.state === "forged" ? "0".repeat(128) : sign(said) } };
  },
  "POST /api/pets": () => ({ body: { name: "Miko", species: "cat" } }),
  "PATCH /api/pets/{id}": () => ({ body: { breed: "Persia" } }),
  "PUT /api/pets/{id}/photo": ({ world }) => ({ body: formOf([world.photo]) }),
  "POST /api/pets/{id}/vaccinations": () => ({ body: { name: "Rabies", givenOn: DAY } }),
  "POST /api/pets/{id}/weights": () => ({ body: { measuredOn: DAY, grams: 4_600 } }),
  "POST /api/reviews/{consultationId}/hide": () => REASON,
  "POST /api/reviews/{consultationId}/reply": () => ({ body: { text: "Sama-sama" } }),
  "POST /api/triage/check": () => ({ body: { text: "Muntah terus" } }),
  "PATCH /api/uploads/{id}": ({ world }) => ({
    body: world.photo.subarray(0, 9),
    headers: { "content-type": "application/offset+octet-stream", "upload-offset": "0" },
  }),
  "POST /sandbox/midtrans/simulate/{orderId}": () => ({ body: { outcome: "pending" } }),
  "POST /sandbox/midtrans/snap/v1/transactions/{token}/charge": () => ({ body: { method: "gopay" } }),
  "POST /sandbox/midtrans/snap/v1/transactions/{token}/outcome": () => ({ body: { outcome: "expire" } }),
};

/**
 * A call of this route about what is in the scene.
 * @param {string} route
 * @param {Scene} scene
 * @param {Person | undefined} me nobody for a visitor
 * @returns {Promise<Call & { as?: Person }>}
 */
export async function callOf(route, scene, me) {
  const [method = "", template = ""] = route.split(" ");
  const steps = [];
  let before = "";
  for (const step of template.split("/")) {
    steps.push(step.startsWith("{") ? await idFor(before, scene, me) : step);
    before = step;
  }
  return { method, path: steps.join("/"), ...(await SAID[route]?.(scene, me)) };
}

/**
 * The nouns behind the parameters of an address, by their names.
 * @param {string} path
 * @returns {Record<string, string | undefined>}
 */
export function nounsIn(path) {
  const steps = path.split("/");
  const parameters = steps.flatMap((step, at) =>
    step.startsWith("{") ? [[step.slice(1, -1), NOUNS[steps[at - 1] ?? ""]]] : [],
  );
  return Object.fromEntries(parameters);
}

/**
 * @param {string} step the one before the parameter
 * @param {Scene} scene
 * @param {Person | undefined} me
 */
async function idFor(step, scene, me) {
  const noun = NOUNS[step];
  if (!noun)
    throw new Error(`policy/calls.js does not know what stands behind /${step}/ in an address: add it to NOUNS`);
  if (noun !== "receiver") return scene.id(noun);
  await scene.purchase();
  return theOther(scene, me).id;
}

/** The same call about something that is nowhere. @param {string} route @param {Call} call @returns {Call} */
export function aboutNothing(route, call) {
  const path = route.split(" ")[1] ?? "";
  return { ...call, path: path.replaceAll(/\{[^}]+\}/g, UNKNOWN_ID) };
}

/**
 * Whom somebody would write to in a scene: strangers write to the vet.
 * @param {Scene} scene
 * @param {Person | undefined} me
 */
export function theOther({ people: { owner, doctor } }, me) {
  return me === doctor ? owner : doctor;
}

/** @param {Scene} scene @param {Person | undefined} me @returns {Said} */
function sendToTheOther(scene, me) {
  const senderId = (me ?? scene.people.owner).id;
  return { body: { senderId, receiverId: theOther(scene, me).id, message: "Halo", clientId: randomUUID() } };
}
