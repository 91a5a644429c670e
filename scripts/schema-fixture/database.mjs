// A database of either kind, past the server: SQL by the programs of SQLite and PostgreSQL, and its dump.

import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

const LARGEST = 512 * 1024 * 1024;
const run = (program, args, input) => execFileSync(program, args, { input, encoding: "utf8", maxBuffer: LARGEST });

export class Sqlite {
  constructor(folder) {
    this.file = join(folder, "hellopet.db");
    this.url = `sqlite://${this.file}`;
  }

  /** Runs statements; the rows come as arrays of texts. */
  sql(text) {
    // The server writes as well: wait for it.
    const answer = run("sqlite3", ["-cmd", ".timeout 10000", "-json", this.file], text);
    return answer.trim() === "" ? [] : JSON.parse(answer).map((row) => Object.values(row).map(String));
  }

  /** An id as SQL says it. */
  id(uuid) {
    return `x'${uuid.replaceAll("-", "")}'`;
  }

  dump() {
    return run("sqlite3", [this.file, ".dump"]);
  }

  drop() {}
}

export class Postgres {
  constructor(server) {
    this.server = server;
    this.name = `fixture_${randomBytes(6).toString("hex")}`;
    run("psql", ["-qd", server, "-c", `CREATE DATABASE ${this.name}`]);
    const url = new URL(server);
    url.pathname = `/${this.name}`;
    this.url = url.href;
  }

  sql(text) {
    const answer = run("psql", ["-qd", this.url, "-v", "ON_ERROR_STOP=1", "-At", "-F", "\t"], text);
    return answer
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("\t"));
  }

  id(uuid) {
    return `'${uuid}'`;
  }

  /** Without what only psql or only this version of the server understands. */
  dump() {
    const text = run("pg_dump", ["--inserts", "--no-owner", "--no-privileges", "--no-comments", this.url]);
    const foreign = /^(\\|--|SET (\w+_timeout|default_table_access_method|row_security))/;
    return text
      .split("\n")
      .filter((line) => !foreign.test(line))
      .join("\n");
  }

  drop() {
    run("psql", ["-qd", this.server, "-c", `DROP DATABASE ${this.name} WITH (FORCE)`]);
  }
}
