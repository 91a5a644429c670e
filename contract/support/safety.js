// What somebody does about a password and about devices.

import assert from "node:assert/strict";

import { registration, signIn } from "./people.js";

/** What the link of the newest letter to this address carries. @param {import("./server.js").Server} server @param {string} email */
async function linkTo(server, email) {
  for (const since = Date.now(); Date.now() - since < 20_000; ) {
    const letters = (await server.visitor.get("/sandbox/mail/letters", { query: { to: email } })).body;
    const [, token] = /\/sandi-baru#(\S+)/.exec(letters[0]?.body ?? "") ?? [];
    if (token) return token;
  }
  return assert.fail("no letter has come");
}

/** Forgets a password, takes a new one, changes it, and signs other devices out. @param {import("./server.js").Server} server */
export async function keepSafe(server) {
  const { visitor } = server;
  const form = registration();
  await visitor.post("/api/auth/register", form);
  await visitor.post("/api/auth/forgot-password", { email: form.email });
  const token = await linkTo(server, form.email);
  await visitor.post("/api/auth/reset-password", { token, password: "kelinci-abu-abu-4" });

  const sessions = [];
  for (const _device of [1, 2, 3]) sessions.push((await signIn(server, form.email, "kelinci-abu-abu-4")).body.data);
  const here = visitor.bearing(sessions[0].token);
  const devices = (await here.get("/api/auth/sessions")).body.items;
  assert.equal(devices.length, 3);
  await here.request("DELETE", `/api/auth/sessions/${devices[1].id}`);
  await here.request("DELETE", "/api/auth/sessions");
  await here.request("PUT", "/api/auth/password", { currentPassword: "kelinci-abu-abu-4", password: form.password });
}
