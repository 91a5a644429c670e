// make.mjs BINARY FOLDER sqlite | postgres URL: writes `KIND.sql.gz`, the database, and `KIND.json`, its figures.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { Postgres, Sqlite } from "./database.mjs";
import { reads, sums } from "./figures.mjs";
import { Platform } from "./platform.mjs";
import { makePurchases } from "./purchases.mjs";

const [binary, folder, kind, server] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), "hellopet-fixture-"));
const database = kind === "sqlite" ? new Sqlite(work) : new Postgres(server);

try {
  const platform = await Platform.start(binary, work, database);
  let figures;
  try {
    const purchases = await makePurchases(platform);
    await platform.calmsDown();
    const takenAt = new Date().toISOString();
    figures = { takenAt, purchases, reads: await reads(platform, purchases), sums: [] };
  } finally {
    await platform.stop();
  }
  // The gateway is another company: none of its memory comes along. Sessions are nobody's business.
  database.sql("DROP TABLE midtrans_stand_in_transactions; DELETE FROM refresh_tokens; DELETE FROM sessions;");
  figures.sums = sums(database);
  writeFileSync(join(folder, `${kind}.sql.gz`), gzipSync(database.dump(), { level: 9 }));
  writeFileSync(join(folder, `${kind}.json`), `${layOut(figures)}\n`);
} finally {
  database.drop();
  rmSync(work, { recursive: true, force: true });
}

/** One line for each purchase, sum and read. */
function layOut({ takenAt, purchases, sums, reads }) {
  const lines = (items) => items.map((item) => `    ${item}`).join(",\n");
  const each = (list) => lines(list.map((item) => JSON.stringify(item)));
  const entry = ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  const named = lines(Object.entries(purchases).map(entry));
  return [
    "{",
    `  "takenAt": ${JSON.stringify(takenAt)},`,
    `  "purchases": {\n${named}\n  },`,
    `  "sums": [\n${each(sums)}\n  ],`,
    `  "reads": [\n${each(reads)}\n  ]`,
    "}",
  ].join("\n");
}
