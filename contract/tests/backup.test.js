// Backups: taken while people write, restored elsewhere, and refused when they are not whole.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";

import { backUp, DATABASE, filesIn, isOnPostgres, newMachine, operate, reseal, shelf, Writer } from "../support/backups.js";
import { Bucket } from "../support/bucket.js";
import { cookTheBooks, count } from "../support/database.js";
import { peopleOf } from "../support/people.js";
import { formOf, goodPictures } from "../support/pictures.js";
import { openServer, prepareServer } from "../support/server.js";
import { begun, goOn, send } from "../support/uploads.js";

const FEW = { pairs: 4, doctors: 2, idle: 4 };
const jpeg = /** @type {Buffer} */ ((await goodPictures())["image/jpeg"]);
const onSqlite = { skip: isOnPostgres ? "of the command, which is for SQLite" : false };
const onPostgres = { skip: isOnPostgres ? false : "of the scripts, which are for PostgreSQL" };

/** @typedef {import("../support/people.js").Pair} Pair */
/** @typedef {import("../support/people.js").Person} Person */
/** @typedef {import("../support/server.js").Server} Server */

/** @param {Person} person @param {Person} other @returns {Promise<any[]>} */
async function said(person, other) {
  return (await person.api.get("/api/messages/client", { query: { senderId: person.id, receiverId: other.id } })).body;
}

/** A message with a picture. @param {Pair} pair */
async function show({ owner, conversationId }) {
  const uploaded = await owner.api.post(`/api/conversations/${conversationId}/attachments`, formOf([jpeg]));
  assert.equal(uploaded.status, 201, uploaded.text);
  const body = { message: "", clientId: randomUUID(), attachments: [uploaded.body.items[0].id] };
  const sent = await owner.api.post(`/api/conversations/${conversationId}/messages`, body);
  assert.equal(sent.status, 201, sent.text);
  return sent.body.attachments[0];
}

/** A pet whose photo is replaced again and again, which deletes the one before. @param {Person} owner */
async function restlessPet(owner) {
  const { id } = (await owner.api.post("/api/pets", { name: "Miko", species: "cat" })).body;
  let isOver = false;
  const replace = async () => {
    while (!isOver) {
      const put = await owner.api.request("PUT", `/api/pets/${id}/photo`, formOf([jpeg]));
      assert.equal(put.status, 200, put.text);
    }
  };
  const done = replace();
  return { id, stop: async () => (isOver = true) && (await done) };
}

/** A server that has something to lose, and its backup. @param {import("node:test").TestContext} t */
async function backedUp(t) {
  const server = await openServer({ people: FEW }, t);
  const pair = await peopleOf(server).pair();
  await pair.owner.say(pair.doctor, "halo");
  await show(pair);
  return { server, pair, backup: await backUp(server, join(await shelf(t), "senin")) };
}

/** Nothing that a server would serve. @param {Server} machine */
async function assertUntouched(machine) {
  assert.deepEqual(await filesIn(machine.folder), []);
  if (isOnPostgres) assert.equal(await count(machine.database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), 0);
}

describe("a backup that is taken while people write", { timeout: 120_000 }, () => {
  test("holds all that was acknowledged before, and is restored elsewhere", async (t) => {
    const server = await openServer({ people: FEW }, t);
    const people = peopleOf(server);
    const [pair, other, holder] = [await people.pair(), await people.pair(), people.owner()];
    const picture = await show(pair);
    const bytes = (await pair.owner.api.get(picture.url)).bytes;
    const upload = await begun(pair.owner, pair.conversationId, jpeg);
    await send(pair.owner, upload, 0, jpeg.subarray(0, 300));
    const pet = await restlessPet(holder);
    const writers = [new Writer(pair, "owner"), new Writer(pair, "doctor"), new Writer(other, "owner")];
    await Promise.all(writers.map((writer) => writer.more(20)));
    const before = writers.map((writer) => [...writer.acknowledged]);
    const backup = await backUp(server, join(await shelf(t), "deep/senin"));
    await Promise.all(writers.map((writer) => writer.more(1)));
    await Promise.all([pet.stop(), ...writers.map((writer) => writer.stop())]);
    for (const [index, writer] of writers.entries()) {
      assert.ok(writer.acknowledged.length > Number(before[index]?.length), "nobody wrote meanwhile");
    }

    const machine = await newMachine(server, t);
    const restored = await operate("restore", machine, [backup]);
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, /The books add up/);
    for (const path of await filesIn(machine.folder)) {
      assert.equal((await stat(join(machine.folder, path))).mode & 0o077, 0, path);
    }
    await machine.start();
    for (const [{ owner, doctor }, indices] of /** @type {[Pair, number[]][]} */ ([[pair, [0, 1]], [other, [2]]])) {
      const rows = await said(owner.at(machine), doctor);
      assert.deepEqual(rows.map((row) => row.seq), rows.map((_, index) => index + 1));
      const known = new Map(rows.map((row) => [row.id, row]));
      for (const message of indices.flatMap((index) => before[index] ?? [])) {
        const row = known.get(message.id);
        assert.ok(row, `a message is lost: ${message.seq} of ${rows.length}`);
        assert.deepEqual([row.seq, row.message], [message.seq, message.message]);
      }
    }
    assert.deepEqual((await pair.doctor.at(machine).api.get(picture.url)).bytes, bytes);
    assert.equal((await holder.at(machine).api.get(`/api/pets/${pet.id}/photo`)).status, 200);
    assert.ok((await goOn(pair.owner.at(machine), upload, jpeg, 400)).attachment, "the upload goes on where it was");
    await pair.owner.at(machine).say(pair.doctor, "masih bisa");
    assert.match((await machine.run(["ledger", "verify"])).stdout, /The books add up/);
  });

  test("also of a server that was killed", async (t) => {
    const server = await prepareServer({ people: FEW });
    t.after(() => server.close());
    await server.start();
    const pair = await peopleOf(server).pair();
    const writer = new Writer(pair, "owner");
    await writer.more(10);
    await server.kill();
    await assert.rejects(writer.done);
    const backup = await backUp(server, join(await shelf(t), "senin"));
    const machine = await newMachine(server, t);
    assert.equal((await operate("restore", machine, [backup])).code, 0);
    await machine.start();
    const known = new Set((await said(pair.owner.at(machine), pair.doctor)).map((row) => row.id));
    assert.ok(writer.acknowledged.every((message) => known.has(message.id)));

    await server.start();
    const own = new Set((await said(pair.owner, pair.doctor)).map((row) => row.id));
    assert.deepEqual(own, known, "the killed server goes on with the same");
  });

  test("is for its own user only, and says what is inside", async (t) => {
    const { server, backup } = await backedUp(t);
    for (const path of await filesIn(backup)) assert.equal((await stat(join(backup, path))).mode & 0o777, 0o600, path);
    for (const entry of await readdir(backup, { recursive: true, withFileTypes: true })) {
      if (entry.isDirectory()) assert.equal((await stat(join(entry.parentPath, entry.name))).mode & 0o777, 0o700);
    }
    assert.equal((await stat(backup)).mode & 0o777, 0o700);
    const manifest = JSON.parse(await readFile(join(backup, "manifest.json"), "utf8"));
    const kind = isOnPostgres ? "postgres" : "sqlite";
    assert.deepEqual([manifest.format, manifest.database, manifest.pictures], [1, kind, "inside"]);
    assert.match(manifest.release, /^\d+\.\d+\.\d+$/);
    assert.match(manifest.schema, /^m\d{8}_/);
    assert.ok(Date.now() - Date.parse(manifest.takenAt) < 120_000);
    assert.deepEqual([manifest.counts.messages, manifest.counts.accounts], [2, server.users.users.length]);
    const files = await filesIn(backup);
    assert.equal(manifest.files, files.length - 2);
    assert.ok(files.includes(DATABASE) && files.filter((path) => path.startsWith("pictures/")).length >= 2);
    for (const path of files) {
      const text = await readFile(join(backup, path));
      assert.ok(!text.includes(server.jwtSecret), `${path} holds the secret`);
    }
  });
});

describe("a backup that is not whole is refused", { timeout: 120_000 }, () => {
  const rewrite = async (/** @type {string} */ folder, /** @type {any} */ changes) => {
    const file = join(folder, "manifest.json");
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, "utf8")), ...changes }));
    await reseal(folder);
  };
  const pictureOf = async (/** @type {string} */ folder) =>
    join(folder, /** @type {string} */ ((await filesIn(folder)).find((path) => path.startsWith("pictures/"))));
  const cut = async (/** @type {string} */ file) => truncate(file, (await stat(file)).size - 100);
  /** @type {[string, (folder: string) => Promise<unknown>, RegExp][]} */
  const cases = [
    ["whose database is cut", (folder) => cut(join(folder, DATABASE)), /cut or changed/],
    [
      "in whose picture one byte is another",
      async (folder) => {
        const file = await pictureOf(folder);
        const bytes = await readFile(file);
        bytes[40] = (bytes[40] ?? 0) ^ 1;
        await writeFile(file, bytes);
      },
      /cut or changed/,
    ],
    ["that lacks a picture", async (folder) => rm(await pictureOf(folder)), /is missing/],
    [
      "that lacks a picture and was made to look whole",
      async (folder) => {
        await rm(await pictureOf(folder));
        await reseal(folder);
      },
      /files where \d+ were written/,
    ],
    ["that holds what is not its own", (folder) => writeFile(join(folder, "pictures/x"), "x"), /does not belong there/],
    ["without its list of checksums", (folder) => rm(join(folder, "SHA256SUMS")), /SHA256SUMS/],
    ["whose list of checksums is cut", (folder) => cut(join(folder, "SHA256SUMS")), /SHA256SUMS/],
    ["without its manifest", (folder) => rm(join(folder, "manifest.json")), /manifest\.json/],
    ["whose manifest is changed", async (folder) => writeFile(join(folder, "manifest.json"), "{}"), /cut or changed/],
    [
      "of a later schema",
      (folder) => rewrite(folder, { schema: "m20990101_000001_teleport", release: "9.0.0" }),
      /later schema[\s\S]*9\.0\.0/,
    ],
    ["of another format", (folder) => rewrite(folder, { format: 2 }), /another format/],
    [
      "of the other database",
      (folder) => rewrite(folder, { database: isOnPostgres ? "sqlite" : "postgres" }),
      /SQLite|PostgreSQL/,
    ],
    ["that leads out of its folder", async (folder) => {
      const list = await readFile(join(folder, "SHA256SUMS"), "utf8");
      await writeFile(join(folder, "SHA256SUMS"), list.replace(/ {2}pictures\//, "  pictures/../../"));
    }, /SHA256SUMS has a line that is none/],
  ];
  test("one by one, and nothing is left of it", async (t) => {
    const { server, backup } = await backedUp(t);
    for (const [name, damage, message] of cases) {
      await t.test(name, async (t) => {
        const folder = join(await shelf(t), "senin");
        await cp(backup, folder, { recursive: true });
        await damage(folder);
        const machine = await newMachine(server, t);
        const result = await operate("restore", machine, [folder]);
        assert.notEqual(result.code, 0);
        assert.match(result.stderr, message);
        assert.doesNotMatch(result.stderr, /panicked/);
        await assertUntouched(machine);
      });
    }
  });
});

test("books that do not add up are restored as they were, and said", { timeout: 120_000 }, async (t) => {
  const { server, pair } = await backedUp(t);
  await cookTheBooks(server.database);
  const machine = await newMachine(server, t);
  const restored = await operate("restore", machine, [await backUp(server, join(await shelf(t), "selasa"))]);
  assert.notEqual(restored.code, 0);
  assert.match(restored.stderr, /everything is restored as it was, but the books do not add up/);
  await machine.start();
  assert.equal((await said(pair.owner.at(machine), pair.doctor)).length, 2);
});

describe("nothing is written over", { timeout: 120_000 }, () => {
  test("a database or pictures that are there are left as they are", async (t) => {
    const { server, backup } = await backedUp(t);
    const own = await operate("restore", server, [backup]);
    assert.notEqual(own.code, 0);
    assert.match(own.stderr, /nothing is written over/);

    const machine = await newMachine(server, t);
    await mkdir(join(machine.folder, "data/attachments/pets"), { recursive: true });
    await writeFile(join(machine.folder, "data/attachments/pets/foto"), "foto");
    const refused = await operate("restore", machine, [backup]);
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /nothing is written over/);
    assert.deepEqual(await filesIn(machine.folder), ["data/attachments/pets/foto"]);
  });

  test("a backup gets a folder of its own, and what is cut off does not look whole", async (t) => {
    const { server, backup } = await backedUp(t);
    const before = await readFile(join(backup, "manifest.json"), "utf8");
    const again = await operate("backup", server, [backup]);
    assert.notEqual(again.code, 0);
    assert.match(again.stderr, /is there already/);
    assert.equal(await readFile(join(backup, "manifest.json"), "utf8"), before);

    await mkdir(join(backup, "../selasa.partial"));
    const beside = await operate("backup", server, [join(backup, "../selasa")]);
    assert.notEqual(beside.code, 0);
    assert.match(beside.stderr, /selasa\.partial/);
    assert.notEqual((await operate("restore", await newMachine(server, t), [join(backup, "../selasa.partial")])).code, 0);
  });
});

describe("pictures", { timeout: 120_000 }, () => {
  test("that are lost are named, and only --allow-missing goes on without them", async (t) => {
    const { server, pair, backup } = await backedUp(t);
    const [lost] = (await filesIn(join(backup, "pictures"))).filter((name) => name.endsWith("-thumbnail"));
    assert.ok(lost);
    await rm(join(server.folder, "data/attachments", lost));
    const folder = join(await shelf(t), "selasa");
    const refused = await operate("backup", server, [folder]);
    assert.notEqual(refused.code, 0);
    assert.ok(refused.stderr.includes(lost) && refused.stderr.includes("--allow-missing"), refused.stderr);
    assert.deepEqual(await readdir(join(folder, "..")), []);

    const allowed = await operate("backup", server, [folder, "--allow-missing"]);
    assert.equal(allowed.code, 0, allowed.stderr);
    assert.deepEqual(JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")).missing, [lost]);
    const machine = await newMachine(server, t);
    const restored = await operate("restore", machine, [folder]);
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, /1 files of pictures were missing/);
    await machine.start();
    assert.equal((await said(pair.owner.at(machine), pair.doctor)).length, 2);
  });

  test("in a bucket stay there, and a backup says so", async (t) => {
    const bucket = await Bucket.open();
    t.after(() => bucket.close());
    const server = await openServer({ people: FEW, env: bucket.env }, t);
    const pair = await peopleOf(server).pair();
    const picture = await show(pair);
    const folder = join(await shelf(t), "senin");
    const taken = await operate("backup", server, [folder]);
    assert.equal(taken.code, 0, taken.stderr);
    assert.match(taken.stdout, /in the bucket/);
    assert.deepEqual(await filesIn(folder), ["SHA256SUMS", DATABASE, "manifest.json"].sort());

    const machine = await newMachine(server, t);
    const elsewhere = await operate("restore", machine, [folder]);
    assert.notEqual(elsewhere.code, 0);
    assert.match(elsewhere.stderr, /ATTACHMENTS_URL/);
    Object.assign(machine.env, bucket.env);
    const restored = await operate("restore", machine, [folder]);
    assert.equal(restored.code, 0, restored.stderr);
    await machine.start();
    assert.equal((await pair.doctor.at(machine).api.get(picture.url)).status, 200);
  });
});

describe("the command", { timeout: 120_000 }, () => {
  test("needs no secret, as the demo has none", onSqlite, async (t) => {
    const { server } = await backedUp(t);
    delete server.env.JWT_SECRET;
    await backUp(server, join(await shelf(t), "senin"));
  });

  test("says where it looked for a database", onSqlite, async (t) => {
    const machine = await prepareServer({ people: null });
    t.after(() => machine.close());
    const result = await operate("backup", machine, [join(await shelf(t), "senin")]);
    assert.notEqual(result.code, 0);
    assert.match(result.stderr, /hellopet\.db/);
    assert.deepEqual(await filesIn(machine.folder), []);
  });

  test("says what to use for PostgreSQL instead", onPostgres, async (t) => {
    const machine = await prepareServer({ people: null });
    t.after(() => machine.close());
    for (const command of ["backup", "restore"]) {
      const result = await machine.run([command, join(await shelf(t), "senin")]);
      assert.notEqual(result.code, 0);
      assert.match(result.stderr, new RegExp(`scripts/postgres-${command}\\.sh`));
    }
  });
});
