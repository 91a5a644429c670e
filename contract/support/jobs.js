// Work in the background that was given up, as the staff sees it.

import assert from "node:assert/strict";

import { leaveADeadJob } from "./database.js";

/**
 * Every call of the staff about given-up work, once.
 * @param {import("./server.js").Server} server
 * @param {import("./people.js").Person} admin
 */
export async function reviveWork(server, admin) {
  await leaveADeadJob(server.database);
  const { items } = (await admin.api.get("/api/admin/jobs")).body;
  assert.equal(items.length, 1, "the job is on the staff's list");
  await admin.api.post(`/api/admin/jobs/${items[0].id}/retry`);
  const done = (await admin.api.get("/api/admin/audit")).body;
  const { action, subjectId, actor } = done.items[0];
  assert.deepEqual([action, subjectId, actor.id], ["job.retried", items[0].id, admin.id]);
}
