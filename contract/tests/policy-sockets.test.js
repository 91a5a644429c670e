// Who may say what over a socket: every cell of the table of events in `policy/table.js`, and what devices hear of it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";

import { cellsOf } from "../policy/read.js";
import { Devices, EVENTS_TRIED, overheard, tryEvent } from "../policy/sockets.js";
import { EVENTS } from "../policy/table.js";
import { nameOf } from "../policy/walk.js";
import { World } from "../policy/world.js";
import { openServer } from "../support/server.js";

const server = await openServer({ people: { pairs: 0, doctors: 20, idle: 20 } });
const cells = cellsOf(EVENTS);

describe("the table of events", () => {
  test("has every event of the protocol, and no other", async () => {
    const protocol = await readFile(new URL("../../docs/chat-protocol.md", import.meta.url), "utf8");
    const published = [...protocol.matchAll(/^\| to the server \| `(\w+)`/gm)].map(([, event]) => event);
    const named = new Set(cells.map(({ route }) => route.split(" as ")[0]));
    named.delete("connect");
    named.delete("anything else");
    assert.deepEqual([...named].sort(), published.sort());
    assert.deepEqual([...EVENTS_TRIED].sort(), published);
  });
});

test("everybody may say what the table says, and nobody hears what is not for them", async (t) => {
  const world = await World.of(t, server);
  const devices = new Devices(world);
  const tried = [];
  for (const cell of cells) tried.push(await tryEvent(devices, cell));
  const wrong = tried.filter(({ cell, got }) => got !== cell.expected);
  const leaks = tried.flatMap(({ cell, leaks }) => leaks.map((what) => `${nameOf(cell)} was told ${what}`));
  const heard = await overheard(devices);
  leaks.push(...heard.leaks);
  console.log(`policy of sockets: ${tried.length} cells, ${wrong.length} not as the table says, ${leaks.length} leaks`);
  assert.deepEqual(
    { wrong: wrong.map(({ cell, got }) => `${nameOf(cell)}: expected ${cell.expected}, got ${got}`), leaks },
    { wrong: [], leaks: [] },
  );
  assert.ok(heard.told > 0, "a secret that reaches nobody proves nothing");
});
