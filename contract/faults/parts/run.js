// One run: people who write without end while servers are killed, connections cut and tabs reloaded; then calm, and the
// verdict.

import assert from "node:assert/strict";

import { storedMessages } from "../../support/database.js";
import { prepareNodes } from "../../support/nodes.js";
import { peopleOf } from "../../support/people.js";
import { messagesOf } from "./plan.js";
import { Progress } from "./progress.js";
import { chooseSeed, Random } from "./random.js";
import { Schedule, scheduleOf } from "./schedule.js";
import { Tab } from "./tab.js";
import { judge } from "./verdict.js";

const SHOWN_FINDINGS = 30;

/**
 * @typedef {object} Run
 * @property {string} name
 * @property {import("./plan.js").Plan} plan
 * @property {import("../../support/sockets.js").Transport[]} transports dealt out to the pairs in turn
 * @property {number} nodeCount
 * @property {import("../../support/nodes.js").Fanout} [fanout]
 */

/**
 * @param {import("node:test").TestContext} t
 * @param {Run} run
 */
export async function runFaults(t, { name, plan, transports, nodeCount, fanout }) {
  const seed = chooseSeed();
  const random = new Random(seed);
  console.log(`${name}: FAULT_SEED=${seed}`);
  const started = Date.now();

  const people = { pairs: plan.pairs, doctors: 0, idle: 0 };
  const nodes = await prepareNodes({ count: nodeCount, fanout, people });
  t.after(() => nodes.close());
  await nodes.start();

  const sending = new Progress();
  const arriving = new Progress();
  let acknowledged = 0;
  const onAcknowledged = () => {
    acknowledged++;
    breakWhatIsDue();
    sending.moved();
  };
  const onMoved = () => arriving.moved();
  const pairs = await pairsOf(nodes.first, plan.pairs);
  const tabs = pairs.map((pair, index) => {
    const transport = /** @type {import("./tab.js").Surroundings["transport"]} */ (transports[index % transports.length]);
    return tabsOf(pair, index, { transport, nodes: nodes.all, plan, random, onAcknowledged, onMoved });
  });
  const everyTab = tabs.flat();
  t.after(() => everyTab.forEach((tab) => tab.close()));

  const total = messagesOf(plan);
  const targets = { messages: total, nodes: nodeCount, tabs: everyTab.length };
  const schedule = new Schedule(scheduleOf(plan, targets, random.fork()));
  let kills = 0;
  /** Servers fall one after the other: the next kill waits until the last victim is back. */
  let killing = Promise.resolve();
  const breakWhatIsDue = () => {
    for (const { kind, target } of schedule.due(acknowledged)) {
      if (kind === "cut") everyTab[target]?.cut();
      else if (kind === "reload") everyTab[target]?.reload();
      else killing = killing.then(() => killAndStart(nodes.at(target))).then(() => void kills++);
    }
  };

  for (const tab of everyTab) tab.write();
  const isSent = () => everyTab.every((tab) => tab.isDone);
  await sending.until(isSent, () => `${acknowledged} of ${total} acknowledged; ${unfinished(everyTab)}`);
  await killing;
  assert.equal(kills, plan.kills);
  const sentAfter = Date.now() - started;

  await arriving.until(
    () => everyTab.every((tab) => tab.isConnected),
    () => `not connected: ${namesOf(everyTab.filter((tab) => !tab.isConnected))}`,
  );
  await Promise.all(tabs.map(([first]) => first?.sayGoodbye()));
  const last = plan.each * 4 * 2 + 1;
  const isBehind = (/** @type {Tab} */ tab) => tab.view.lastSeq < last;
  await arriving.until(
    () => !everyTab.some(isBehind),
    () => `did not hear the last message: ${namesOf(everyTab.filter(isBehind))}`,
  );

  const rows = await storedMessages(nodes.first.database);
  const findings = pairs.flatMap((pair, index) =>
    judge({
      name: `pair ${index}`,
      rows: rows.filter((row) => row.conversationId === pair.conversationId),
      tabs: (tabs[index] ?? []).map(storyOf),
      isHeardInOrder: nodeCount === 1,
    }),
  );
  const sum = (/** @type {(tab: Tab) => number} */ of) => everyTab.reduce((all, tab) => all + of(tab), 0);
  const connections = sum((tab) => tab.heard.length);
  const postponed = sum((tab) => tab.lanes.flatMap((lane) => lane.items).filter((item) => item.isPostponed).length);
  console.log(
    `${name}: ${rows.length} messages in ${(sentAfter / 1000).toFixed(0)} s, ${kills} kills, ` +
      `${connections} connections, ${sum((tab) => tab.gaps)} gaps, ${postponed} postponed, ${findings.length} findings`,
  );
  assert.deepEqual(findings.slice(0, SHOWN_FINDINGS), [], `${findings.length} findings; repeat with FAULT_SEED=${seed}`);
}

/** @param {import("../../support/server.js").Server} server @param {number} count */
function pairsOf(server, count) {
  const people = peopleOf(server);
  return Promise.all(Array.from({ length: count }, () => people.pair()));
}

/**
 * Two tabs for each side. Where there are two nodes, the two sides and the two tabs of a person are on different ones.
 * @param {import("../../support/people.js").Pair} pair
 * @param {number} index
 * @param {Pick<import("./tab.js").Surroundings, "transport" | "nodes" | "random" | "onAcknowledged" | "onMoved">
 *   & { plan: import("./plan.js").Plan }} shared
 */
function tabsOf(pair, index, { plan, random, ...shared }) {
  return /** @type {const} */ ([
    ["owner", 0],
    ["owner", 1],
    ["doctor", 1],
    ["doctor", 0],
  ]).map(([side, at], number) => {
    const home = shared.nodes[at % shared.nodes.length];
    if (!home) throw new Error("there is no node");
    return new Tab({
      ...shared,
      name: `p${index}.${side}${at}`,
      pair,
      side,
      home,
      // One of each side.
      trustsPush: number % 2 === 1,
      each: plan.each,
      thinkMs: plan.thinkMs,
      random: random.fork(),
      saysGoodbye: number === 0,
    });
  });
}

/** @param {import("../../support/server.js").Server} node */
async function killAndStart(node) {
  await node.kill();
  await node.start();
}

/** @param {Tab} tab @returns {import("./verdict.js").TabStory} */
function storyOf({ name, lanes, view, heard, complaints }) {
  return { name, lanes, shown: view.shown, heard, complaints: complaints.map((complaint) => `${name} ${complaint}`) };
}

/** @param {Tab[]} tabs */
function namesOf(tabs) {
  return tabs.map((tab) => tab.name).join(", ");
}

/** @param {Tab[]} tabs */
function unfinished(tabs) {
  const open = tabs.filter((tab) => !tab.isDone);
  const state = (/** @type {Tab} */ tab) => `${tab.name} (${tab.isConnected ? "connected" : "not connected"})`;
  return `${open.length} tabs are not done: ${open.slice(0, 8).map(state).join(", ")}`;
}
