// A database of its own for every server: a SQLite file in the server's folder, or a fresh database on the PostgreSQL
// that TEST_DATABASE_URL names.

import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";

import pg from "pg";

/**
 * @typedef {object} Database
 * @property {string} url what the server gets as DATABASE_URL
 * @property {() => Promise<void>} drop
 */

/**
 * @param {string} folder where a file may be put; whoever removes the folder removes the file
 * @returns {Promise<Database>}
 */
export async function createDatabase(folder) {
  const maintenanceUrl = process.env.TEST_DATABASE_URL;
  if (!maintenanceUrl) {
    return { url: `sqlite://${join(folder, "hellopet.db")}`, drop: async () => {} };
  }
  const name = `contract_${randomBytes(8).toString("hex")}`;
  await maintain(maintenanceUrl, `CREATE DATABASE ${name}`);
  const url = new URL(maintenanceUrl);
  url.pathname = `/${name}`;
  // A killed server's connections may linger for a moment: FORCE ends them.
  return {
    url: url.href,
    drop: async () => void (await maintain(maintenanceUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/**
 * @typedef {object} StoredMessage
 * @property {string} conversationId
 * @property {number} seq
 * @property {string} id
 * @property {string} senderId
 * @property {string | null} clientId
 * @property {string} message
 */

/**
 * All messages, past the server: what is really there, by conversation and in the order of `seq`.
 * @param {Database} database
 * @returns {Promise<StoredMessage[]>}
 */
export async function storedMessages({ url }) {
  const isSqlite = url.startsWith("sqlite:");
  // SQLite keeps a UUID as its 16 bytes.
  const id = (/** @type {string} */ column) => (isSqlite ? `lower(hex(${column}))` : `${column}::text`);
  const columns = [
    `${id("conversation_id")} AS conversation_id`,
    "seq",
    `${id("id")} AS id`,
    `${id("sender_id")} AS sender_id`,
    "client_id",
    "body",
  ];
  const query = `SELECT ${columns.join(", ")} FROM messages ORDER BY messages.conversation_id, seq`;
  const rows = isSqlite ? await askSqlite(url.replace("sqlite://", ""), query) : await maintain(url, query);
  return rows.map((row) => ({
    conversationId: hyphenated(row.conversation_id),
    seq: row.seq,
    id: hyphenated(row.id),
    senderId: hyphenated(row.sender_id),
    clientId: row.client_id,
    message: row.body,
  }));
}

/** A UUID as the API writes it. @param {string} id */
function hyphenated(id) {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const LARGEST_ANSWER_BYTES = 512 * 1024 * 1024;

/**
 * Cuts the connections by which nodes hear of each other through PostgreSQL.
 * @param {Database} database
 * @returns {Promise<number>} how many there were
 */
export async function cutListeners({ url }) {
  const cut =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity " +
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND query ILIKE 'LISTEN %'";
  return (await maintain(url, cut)).length;
}

/**
 * What the clock would do after ten minutes: the vets who have not answered are late.
 * @param {Database} database
 */
export async function sayTheDoctorIsLate(database) {
  const late = "UPDATE consultations SET late_at = started_at WHERE status = 'active' AND answered_at IS NULL";
  await change(database, late);
}

/**
 * Stores a message past the server, as if the answer to its commit had been lost: nobody was told.
 * @param {Database} database
 * @param {{ conversationId: string, senderId: string, seq: number, clientId: string, message: string }} message
 */
export async function storeUntold(database, { conversationId, senderId, seq, clientId, message }) {
  const id = (/** @type {string} */ uuid) => literal(database, uuid);
  const values = [id(randomUUID()), id(conversationId), seq, id(senderId), `'${clientId}'`, `'${message}'`, Date.now()];
  const columns = "id, conversation_id, seq, sender_id, client_id, body, created_at";
  const insert = `INSERT INTO messages (${columns}) VALUES (${values.join(", ")})`;
  const grow = `UPDATE conversations SET last_seq = ${seq} WHERE id = ${id(conversationId)}`;
  await change(database, `BEGIN; ${insert}; ${grow}; COMMIT`);
}

/**
 * What a hand in the database would do to the books.
 * @param {Database} database
 */
export async function cookTheBooks(database) {
  await change(database, "UPDATE payments SET settled_at = NULL");
}

/**
 * Opens or ends a conversation past the server, as if the news of it had been lost.
 * @param {Database} database
 * @param {string} conversationId
 * @param {"active" | "ended"} status
 */
export async function setStatus(database, conversationId, status) {
  const ended = status === "active" ? "NULL" : Date.now();
  const where = `id = ${literal(database, conversationId)}`;
  await change(database, `UPDATE conversations SET status = '${status}', ended_at = ${ended} WHERE ${where}`);
}

/**
 * Leaves a job behind that was given up, as if it had failed for days. It asks for something that does no harm when it is
 * done: to look again at next slots.
 * @param {Database} database
 */
export async function leaveADeadJob(database) {
  const values = [literal(database, randomUUID()), "'availability.recheck'", "'upkeep'", "'{}'", 0, 9, Date.now(), "'gone'", 0];
  const columns = "id, kind, lane, payload, run_at, tries, dead_at, last_error, created_at";
  await change(database, `INSERT INTO jobs (${columns}) VALUES (${values.join(", ")})`);
}

/**
 * What the clock would do in a minute: what a killed server had begun may be begun anew.
 * @param {Database} database
 */
export async function endLeases(database) {
  await change(database, "UPDATE jobs SET locked_until = NULL, claim = NULL WHERE locked_until IS NOT NULL");
}

/**
 * A number past the server.
 * @param {Database} database
 * @param {string} query with one column, `count`
 * @returns {Promise<number>}
 */
export async function count({ url }, query) {
  const isSqlite = url.startsWith("sqlite:");
  const [row] = isSqlite ? await askSqlite(url.replace("sqlite://", ""), query) : await maintain(url, query);
  return Number(row.count);
}

/** SQLite keeps a UUID as its 16 bytes. @param {Database} database @param {string} uuid */
function literal({ url }, uuid) {
  return url.startsWith("sqlite:") ? `x'${uuid.replaceAll("-", "")}'` : `'${uuid}'`;
}

/** @param {Database} database @param {string} statement */
async function change({ url }, statement) {
  if (!url.startsWith("sqlite:")) return void (await maintain(url, statement));
  // The server writes as well: wait for it.
  const file = url.replace("sqlite://", "");
  await promisify(execFile)("sqlite3", ["-cmd", ".timeout 10000", file, statement]);
}

/** @param {string} file @param {string} query @returns {Promise<any[]>} */
async function askSqlite(file, query) {
  const options = { maxBuffer: LARGEST_ANSWER_BYTES };
  const { stdout } = await promisify(execFile)("sqlite3", ["-readonly", "-json", file, query], options);
  return stdout === "" ? [] : JSON.parse(stdout);
}

/**
 * @param {string} url
 * @param {string} statement
 * @returns {Promise<any[]>}
 */
async function maintain(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
