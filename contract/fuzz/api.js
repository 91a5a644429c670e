// Sends the published API what its document allows and what it does not, as each kind of caller, and holds what it answers
// against the document: `node fuzz/api.js SCHEMATHESIS short|long`, which scripts/fuzz-api.sh calls. The server is one of
// its own, with its limits off.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { nounsIn } from "../policy/calls.js";
import { World } from "../policy/world.js";
import { nameOf } from "../support/document.js";
import { prepareServer } from "../support/server.js";

/**
 * Cases for each operation and way to make them, and seconds for each caller.
 * @type {Record<string, [number, number]>}
 */
const LENGTHS = { short: [20, 60], long: [100, 600] };

const [program = "schemathesis", length = "short"] = process.argv.slice(2);
const [cases, seconds] = LENGTHS[length] ?? assert.fail(`short or long, not ${length}`);

/** Whoever signs out is a visitor from then on, and pieces of files are of a type that it cannot write. */
const LEFT_OUT = "^/sandbox/|^/api/auth/logout$|^/api/uploads/";
/** No schema says that a text is more than blanks, a day is to come, or bytes are a picture: that is refused all the same. */
const UNCHECKED = "positive_data_acceptance";

/** Where a text was made that is too long by what is dropped of every text (controls), and so is not too long. */
const DROPPED = "PUT /api/consultations/{id}/notes";

/** What an active consultation has; who else asks for it is refused before it is read. */
const THERE =
  "pet weight vaccination intake intakePicture consultation conversation payment attachment reply doctor".split(" ");

/**
 * Real ids for every address that has some, so that not all of them are 404.
 * @param {import("../support/server.js").Server} server
 * @param {import("../policy/scenes.js").Scene} scene
 * @returns {Promise<string>} the file that says so
 */
async function settings(server, scene) {
  // Said here and not on the command line, which would be stronger than what is said of one operation.
  let text = `checks.${UNCHECKED}.enabled = false\n`;
  for (const operation of server.document?.operations ?? []) {
    const nouns = Object.entries(nounsIn(operation.path)).filter(([, noun]) => noun && THERE.includes(noun));
    const ids = await Promise.all(
      nouns.map(async ([name, noun]) => `"path.${name}" = "${await scene.id(noun ?? "")}"`),
    );
    if (ids.length === 0) continue;
    text += `[[operations]]\ninclude-name = "${nameOf(operation)}"\nparameters = { ${ids.join(", ")} }\n`;
    if (nameOf(operation) === DROPPED) text += "checks.negative_data_rejection.enabled = false\n";
  }
  const file = join(server.folder, "schemathesis.toml");
  await writeFile(file, text);
  return file;
}

/**
 * @param {import("../support/server.js").Server} server
 * @param {string} file
 * @param {string} [token]
 * @returns {Promise<number>} the exit code
 */
function fuzz({ url, folder }, file, token) {
  const args = ["--config-file", file, "run", `${url}/api/openapi.json`, "--no-color", "-w", "1"];
  args.push("-n", String(cases), "--max-time", String(seconds), "--generation-deterministic", "--warnings", "off");
  args.push("--exclude-path-regex", LEFT_OUT);
  if (token) args.push("-H", `Authorization: Bearer ${token}`);
  const child = spawn(program, args, { stdio: "inherit", cwd: folder });
  return new Promise((done, fail) => child.on("error", fail).on("close", (code) => done(code ?? 1)));
}

const server = await prepareServer({ people: { pairs: 0, doctors: 20, idle: 20 } });
const failed = [];
try {
  await server.start();
  // Nothing of it is undone before the server ends.
  const world = await World.of({ after: () => {} }, server);
  for (const role of ["visitor", "owner", "vet", "admin"]) {
    const scene = await (await world.fresh("active")).fill();
    console.log(`\n==> as ${role}`);
    // The token of somebody who signed in at the beginning may have ended by now.
    const me = await scene.people[role]?.signIn();
    if ((await fuzz(server, await settings(server, scene), me?.token)) !== 0) failed.push(role);
  }
} finally {
  await server.close();
}
assert.deepEqual(failed, [], "what these were answered is not as published; why is above");
