// A database of its own for every server: a SQLite file in the server's folder, or a fresh database on the PostgreSQL
// that TEST_DATABASE_URL names.

import { randomBytes } from "node:crypto";
import { join } from "node:path";

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
  return { url: url.href, drop: () => maintain(maintenanceUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/**
 * @param {string} url
 * @param {string} statement
 */
async function maintain(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
