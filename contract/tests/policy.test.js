// Who may call what: every cell of `policy/table.js` against a running server.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { cellsOf } from "../policy/read.js";
import { ROUTES, SECRETS } from "../policy/table.js";
import { leaksIn, nameOf, walk } from "../policy/walk.js";
import { World } from "../policy/world.js";
import { nameOf as nameOfOperation } from "../support/document.js";
import { openServer } from "../support/server.js";

const server = await openServer({
  // With a token the figures are for nobody of the table, as on every server that is not one's own machine.
  env: { METRICS_TOKEN: "hanya-untuk-prometheus" },
  // Whatever changes something is tried on people of its own.
  people: { pairs: 0, doctors: 180, idle: 160 },
});
const cells = cellsOf(ROUTES);

/** Whether it is beside the document: a page, an address of the web app, or the simulated gateway. @param {string} route */
const isBeside = (route) =>
  !/^\w+ \/(api|metrics|healthz|readyz)/.test(route) || /\/api\/(openapi.json|docs\/)$/.test(route);

describe("the table", () => {
  const named = new Set(cells.map(({ route }) => route));
  const published = (server.document?.operations ?? []).map(nameOfOperation);

  test("has every route of the document", () => {
    const missing = published.filter((route) => !named.has(route));
    assert.deepEqual(missing, [], "say in contract/policy/table.js who may call these; contract/README.md tells how");
  });

  test("has no route that is not there", () => {
    const gone = [...named].filter((route) => !published.includes(route) && !isBeside(route));
    assert.deepEqual(gone, [], "the document does not have these");
  });

  test("says everything once", () => {
    const names = cells.map(nameOf);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  test("is not read when a line lacks a column or says what nobody understands", () => {
    for (const line of ["GET /api/pets  -  yes yes", `GET /api/pets  -  ${"maybe ".repeat(10)}`]) {
      assert.throws(() => cellsOf(line), /cannot be read/);
    }
  });
});

test("a secret is a leak to whom it is not for, unless its route tells it to everybody", () => {
  const secrets = [{ kind: "petName", text: "kenari 1", readers: ["owner"], told: ["GET /told"] }];
  for (const reader of ["stranger", undefined]) {
    assert.deepEqual(leaksIn('{"name":"kenari 1"}', secrets, reader, "GET /pets"), ["petName (kenari 1)"]);
  }
  assert.deepEqual(leaksIn('{"name":"kenari 1"}', secrets, "owner", "GET /pets"), []);
  assert.deepEqual(leaksIn('{"name":"kenari 1"}', secrets, "stranger", "GET /told"), []);
  assert.deepEqual(leaksIn('{"name":"kenari"}', secrets, "stranger", "GET /pets"), []);
});

test("everybody gets what the table says, and nobody reads what is not for them", async (t) => {
  const tried = await walk(await World.of(t, server), cells);
  const wrong = tried.flatMap(({ cell, wrong }) => wrong.map((what) => `${nameOf(cell)}: ${what}`));
  const leaks = tried.flatMap(({ cell, leaks }) => leaks.map((what) => `${nameOf(cell)} was told ${what}`));
  console.log(`policy: ${tried.length} cells, ${wrong.length} not as the table says, ${leaks.length} leaks`);
  assert.deepEqual({ wrong, leaks }, { wrong: [], leaks: [] });
  const told = new Set(tried.flatMap((each) => each.told));
  // A secret that reaches nobody proves nothing.
  assert.deepEqual(
    Object.keys(SECRETS).filter((kind) => !told.has(kind)),
    [],
    "these were told to nobody at all",
  );
});
