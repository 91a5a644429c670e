// The verdict itself: made-up histories in which one thing went wrong. What it does not catch here, no run would catch.

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { Lane } from "./parts/outbox.js";
import { choosePlan } from "./parts/plan.js";
import { Random } from "./parts/random.js";
import { Schedule, scheduleOf } from "./parts/schedule.js";
import { judge } from "./parts/verdict.js";
import { View } from "./parts/view.js";

/** A conversation of two tabs, five messages through each of two doors, in which all went well. */
function goodStory() {
  const lanes = ["owner.socket", "owner.http", "doctor.socket", "doctor.http"].map((name) => new Lane(name, 5));
  const rows = Array.from({ length: 20 }, (_, index) => {
    const lane = /** @type {Lane} */ (lanes[index % 4]);
    const item = /** @type {import("./parts/outbox.js").Item} */ (lane.items[Math.floor(index / 4)]);
    const [id, seq, senderId] = [`id-${index}`, index + 1, lane.name.split(".")[0] ?? ""];
    lane.acknowledge(item, { id, seq, message: item.message });
    return { conversationId: "c", seq, id, senderId, clientId: item.clientId, message: item.message };
  });
  const tabs = ["owner", "doctor"].map((name) => ({
    name,
    lanes: lanes.filter((lane) => lane.name.startsWith(name)),
    shown: structuredClone(rows),
    heard: [rows.slice(0, 8).map((row) => row.seq), rows.slice(12).map((row) => row.seq)],
    complaints: /** @type {string[]} */ ([]),
  }));
  return { name: "pair", rows, tabs, isHeardInOrder: true };
}

/** @typedef {ReturnType<typeof goodStory>} GoodStory */

/** @template T @param {T[]} all @param {number} one @param {number} other */
function swap(all, one, other) {
  [all[one], all[other]] = [/** @type {T} */ (all[other]), /** @type {T} */ (all[one])];
}

/** Numbers the rows anew, as a server would that really stored them so. @param {GoodStory["rows"]} rows */
function renumber(rows) {
  rows.forEach((row, index) => (row.seq = index + 1));
}

/**
 * The same mistake in the database and in every view, as when the server itself made it.
 * @param {GoodStory} story
 * @param {(rows: GoodStory["rows"]) => void} change
 */
function everywhere(story, change) {
  change(story.rows);
  for (const tab of story.tabs) tab.shown = structuredClone(story.rows);
}

/** Acknowledges every message as it is stored now. @param {GoodStory} story */
function acknowledgeAsStored({ rows, tabs }) {
  const items = tabs.flatMap((tab) => tab.lanes.flatMap((lane) => lane.items));
  for (const row of rows) {
    const item = items.find((each) => each.clientId === row.clientId);
    if (item) item.acknowledged = { id: row.id, seq: row.seq, message: row.message };
  }
}

/** @type {Record<string, { spoil: (story: GoodStory) => void, says: RegExp }>} */
const MISHAPS = {
  "an acknowledged message that is not stored": {
    spoil: (story) =>
      everywhere(story, (rows) => {
        rows.pop();
      }),
    says: /lost: doctor\.http\.4 /,
  },
  "one that was lost in the middle, the rest moved up": {
    spoil: (story) => {
      everywhere(story, (rows) => {
        rows.splice(7, 1);
        renumber(rows);
      });
      acknowledgeAsStored(story);
    },
    says: /lost: doctor\.http\.1 /,
  },
  "a gap in seq": {
    spoil: (story) => {
      everywhere(story, (rows) => rows.slice(10).forEach((row) => row.seq++));
      acknowledgeAsStored(story);
    },
    says: /gap or double in seq: 12 is in place 11/,
  },
  "a message that is stored twice": {
    spoil: (story) => {
      const again = structuredClone(story.rows[3]);
      everywhere(story, (rows) => {
        rows.push({ .../** @type {any} */ (again), id: "again", seq: 21 });
      });
    },
    says: /doubled: doctor\.http\.0 is stored as seq 4 and seq 21/,
  },
  "two of one sender in the wrong order": {
    spoil: (story) => {
      everywhere(story, (rows) => {
        swap(rows, 4, 8);
        renumber(rows);
      });
      acknowledgeAsStored(story);
    },
    says: /out of order: owner\.socket\.2 has seq 5,/,
  },
  "another seq than the acknowledged one": {
    spoil: (story) =>
      everywhere(story, (rows) => {
        swap(rows, 0, 1);
        renumber(rows);
      }),
    says: /acknowledged otherwise: owner\.socket\.0 as seq 1, stored as seq 2/,
  },
  "another text than was written": {
    spoil: (story) => everywhere(story, (rows) => /** @type {any} */ ((rows[5]).message = "lain")),
    says: /altered: owner\.http\.1/,
  },
  "a message that nobody wrote": {
    spoil: (story) =>
      everywhere(story, (rows) => {
        rows.push({ conversationId: "c", seq: 21, id: "x", senderId: "owner", clientId: "x", message: "x" });
      }),
    says: /stray: nobody wrote x/,
  },
  "a view that lacks the last message": {
    spoil: ({ tabs }) => void tabs[1]?.shown.pop(),
    says: /doctor shows 19 messages, stored are 20/,
  },
  "a view that shows one twice": {
    spoil: ({ tabs }) => void tabs[0]?.shown.splice(4, 0, structuredClone(/** @type {any} */ (tabs[0].shown[3]))),
    says: /owner shows doctor\.http\.0 \(seq 4\) in place 5/,
  },
  "a view in another order": {
    spoil: ({ tabs }) => swap(/** @type {any} */ (tabs[0]).shown, 2, 3),
    says: /owner shows doctor\.http\.0 \(seq 4\) in place 3/,
  },
  "a view with a text of its own": {
    spoil: ({ tabs }) => void (/** @type {any} */ ((tabs[0]?.shown[9]).message = "lain")),
    says: /owner shows owner\.http\.2 \(seq 10\) in place 10/,
  },
  "an outbox that is not empty": {
    spoil: ({ tabs }) => void (/** @type {any} */ ((tabs[0]?.lanes[0]?.items[4]).acknowledged = undefined)),
    says: /never acknowledged: owner\.socket\.4/,
  },
  "a second acknowledgement that contradicts the first": {
    spoil: ({ tabs }) => {
      const lane = /** @type {any} */ (tabs[0]?.lanes[0]);
      lane.acknowledge(lane.items[0], { id: "id-99", seq: 99, message: lane.items[0].message });
    },
    says: /owner\.socket\.0 was acknowledged as seq 1 and then as seq 99/,
  },
  "a refusal": {
    spoil: ({ tabs }) => {
      const lane = /** @type {any} */ (tabs[0]?.lanes[0]);
      lane.refuse(lane.items[0], { status: 500, code: "internal_error" });
    },
    says: /owner\.socket\.0 was refused: .*internal_error/,
  },
  "what a tab itself complains of": {
    spoil: ({ tabs }) => void tabs[0]?.complaints.push("owner was put out by the server"),
    says: /owner was put out/,
  },
  "an event that comes twice": {
    spoil: ({ tabs }) => void tabs[0]?.heard[0]?.push(8),
    says: /owner heard seq 8 after seq 8/,
  },
  "events in the wrong order": {
    spoil: ({ tabs }) => swap(/** @type {any} */ (tabs[0]?.heard[0]), 2, 3),
    says: /owner heard seq 3 after seq 4/,
  },
};

describe("the verdict", () => {
  test("finds nothing where all went well", () => assert.deepEqual(judge(goodStory()), []));

  for (const [what, { spoil, says }] of Object.entries(MISHAPS)) {
    test(`finds ${what}`, () => {
      const story = goodStory();
      spoil(story);
      const findings = judge(story);
      assert.ok(
        findings.some((finding) => says.test(finding)),
        `found only ${JSON.stringify(findings)}`,
      );
    });
  }

  test("finds whatever is taken out, doubled or moved in the database, anywhere", () => {
    for (let at = 0; at < 20; at++) {
      for (const change of [
        (/** @type {GoodStory["rows"]} */ rows) => rows.splice(at, 1),
        (/** @type {GoodStory["rows"]} */ rows) => rows.splice(at, 0, structuredClone(/** @type {any} */ (rows[at]))),
        (/** @type {GoodStory["rows"]} */ rows) => swap(rows, at, (at + 4) % 20),
      ]) {
        for (const anew of [false, true]) {
          const story = goodStory();
          everywhere(story, (rows) => {
            change(rows);
            if (anew) renumber(rows);
          });
          if (anew) acknowledgeAsStored(story);
          assert.notDeepEqual(judge(story), [], `${change} at ${at}`);
        }
      }
    }
  });

  test("lets pass that a message which was asked to come back is overtaken", () => {
    const story = goodStory();
    everywhere(story, (rows) => {
      swap(rows, 4, 8);
      renumber(rows);
    });
    acknowledgeAsStored(story);
    const postponed = /** @type {any} */ (story.tabs[0]?.lanes[0]?.items[1]);
    postponed.isPostponed = true;
    assert.deepEqual(judge(story), []);
  });
});

describe("a view", () => {
  const messages = Array.from({ length: 6 }, (_, index) => {
    return { seq: index + 1, id: `id-${index}`, senderId: "owner", clientId: `c-${index}`, message: "halo" };
  });
  const [first, second, third] = /** @type {[any, any, any]} */ (/** @type {unknown} */ (messages));

  test("shows what comes late, early or again once and in order", () => {
    const view = new View([]);
    for (const message of [third, first, first, third]) view.take(message);
    assert.deepEqual([view.lastSeq, view.isBehind], [1, true]);
    view.take(second);
    assert.deepEqual([view.shown, view.isBehind], [messages.slice(0, 3), false]);
  });

  test("complains of two messages with one seq, shown or waiting", () => {
    /** @type {string[]} */
    const complaints = [];
    const view = new View(complaints);
    for (const message of [first, third, { ...first, id: "other" }, { ...third, id: "other" }]) view.take(message);
    assert.equal(complaints.length, 2);
  });
});

describe("the schedule", () => {
  const plan = { ...choosePlan(), pairs: 1, each: 1, thinkMs: 0, kills: 5, cuts: 7, reloads: 3, limitMinutes: 1 };
  const run = { messages: 1000, nodes: 2, tabs: 4 };

  test("follows from the seed alone", () => {
    const [one, again, other] = [1, 1, 2].map((seed) => scheduleOf(plan, run, new Random(seed)));
    assert.deepEqual(one, again);
    assert.notDeepEqual(one, other);
  });

  test("lets every fault happen once, at its count, while messages are under way", () => {
    const faults = scheduleOf(plan, run, new Random(1));
    const schedule = new Schedule(faults);
    /** @type {import("./parts/schedule.js").Fault[]} */
    const happened = [];
    for (let count = 1; count < run.messages; count++) {
      for (const fault of schedule.due(count)) {
        assert.ok(fault.at <= count && fault.target < (fault.kind === "kill" ? run.nodes : run.tabs));
        happened.push(fault);
      }
    }
    assert.deepEqual(happened, faults);
    assert.equal(happened.length, 15);
  });
});
