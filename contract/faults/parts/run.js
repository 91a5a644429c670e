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
 * @typedef {object} Scene
 * @property {import("../../support/nodes.js").Nodes} nodes
 * @property {import("../../support/people.js").Pair[]} pairs
 * @property {Tab[][]} tabs by pair
 * @property {Progress} sending moves with every acknowledgement
 * @property {Progress} arriving moves with everything that a tab hears
 * @property {{ acknowledged: number, kills: number }} count
 * @property {(act: () => void) => void} onAcknowledged
 */

/**
 * @param {import("node:test").TestContext} t
 * @param {Run} run
 */
export async function runFaults(t, run) {
  const seed = chooseSeed();
  const random = new Random(seed);
  console.log(`${run.name}: FAULT_SEED=${seed}`);
  const scene = await setScene(t, run, random);
  const started = Date.now();
  await sendAmidFaults(scene, run.plan, random.fork());
  const seconds = (Date.now() - started) / 1000;
  await calmDown(scene, run.plan);

  const findings = await judgeScene(scene);
  console.log(`${run.name}: ${summaryOf(scene)} in ${seconds.toFixed(0)} s, ${findings.length} findings`);
  assert.deepEqual(
    findings.slice(0, SHOWN_FINDINGS),
    [],
    `${findings.length} findings; repeat with FAULT_SEED=${seed}`,
  );
}

/**
 * Servers that run and people who sit before them.
 * @param {import("node:test").TestContext} t
 * @param {Run} run
 * @param {Random} random
 * @returns {Promise<Scene>}
 */
async function setScene(t, { plan, transports, nodeCount, fanout }, random) {
  const nodes = await prepareNodes({ count: nodeCount, fanout, people: { pairs: plan.pairs, doctors: 0, idle: 0 } });
  t.after(() => nodes.close());
  await nodes.start();

  const [sending, arriving] = [new Progress(), new Progress()];
  const count = { acknowledged: 0, kills: 0 };
  let act = () => {};
  const onAcknowledged = () => {
    count.acknowledged++;
    act();
    sending.moved();
  };
  const pairs = await pairsOf(nodes.first, plan.pairs);
  const shared = { nodes: nodes.all, plan, random, onAcknowledged, onMoved: () => arriving.moved() };
  const tabs = pairs.map((pair, index) => {
    const transport = transports[index % transports.length] ?? "websocket";
    return tabsOf(pair, index, { ...shared, transport });
  });
  // After the nodes have ended: a client that still disconnects would only hold them up.
  t.after(() => tabs.flat().forEach((tab) => tab.close()));
  return { nodes, pairs, tabs, sending, arriving, count, onAcknowledged: (wanted) => void (act = wanted) };
}

/**
 * Lets everybody write until all of it is acknowledged, and breaks what is due meanwhile.
 * @param {Scene} scene
 * @param {import("./plan.js").Plan} plan
 * @param {Random} random
 */
async function sendAmidFaults({ nodes, tabs, sending, count, onAcknowledged }, plan, random) {
  const everyTab = tabs.flat();
  const messages = messagesOf(plan);
  const targets = { messages, nodes: nodes.all.length, tabs: everyTab.length };
  const schedule = new Schedule(scheduleOf(plan, targets, random));
  const onKilled = () => {
    count.kills++;
    if (plan.name === "long") console.log(`kill ${count.kills} of ${plan.kills}, ${count.acknowledged} messages`);
  };
  // Servers fall one after the other: the next kill waits until the last victim is back.
  let killing = Promise.resolve();
  onAcknowledged(() => {
    for (const { kind, target } of schedule.due(count.acknowledged)) {
      if (kind === "cut") everyTab[target]?.cut();
      else if (kind === "reload") everyTab[target]?.reload();
      else killing = killing.then(() => killAndStart(nodes.at(target))).then(() => onKilled());
    }
  });
  for (const tab of everyTab) tab.write();
  const isSent = () => everyTab.every((tab) => tab.isDone);
  await sending.until(isSent, () => `${count.acknowledged} of ${messages} acknowledged; ${unfinished(everyTab)}`);
  await killing;
  assert.equal(count.kills, plan.kills);
}

/**
 * Nothing breaks any more: everybody connects, each pair says one last thing, and whoever hears it knows what is missing.
 * @param {Scene} scene
 * @param {import("./plan.js").Plan} plan
 */
async function calmDown({ tabs, arriving }, plan) {
  const everyTab = tabs.flat();
  const isAway = (/** @type {Tab} */ tab) => !tab.isConnected;
  await arriving.until(
    () => !everyTab.some(isAway),
    () => `not connected: ${namesOf(everyTab.filter(isAway))}`,
  );
  await Promise.all(everyTab.map((tab) => tab.sayGoodbye()));
  const last = messagesOf(plan) / plan.pairs + 1;
  const isBehind = (/** @type {Tab} */ tab) => tab.view.lastSeq < last;
  await arriving.until(
    () => !everyTab.some(isBehind),
    () => `did not hear the last message: ${namesOf(everyTab.filter(isBehind))}`,
  );
}

/** @param {Scene} scene */
async function judgeScene({ nodes, pairs, tabs }) {
  const rows = await storedMessages(nodes.first.database);
  return pairs.flatMap((pair, index) =>
    judge({
      name: `pair ${index}`,
      rows: rows.filter((row) => row.conversationId === pair.conversationId),
      tabs: (tabs[index] ?? []).map(storyOf),
      // What two nodes have stored may cross on the way to a device; its view sets it right.
      isHeardInOrder: nodes.all.length === 1,
    }),
  );
}

/** @param {Scene} scene */
function summaryOf({ tabs, count }) {
  const sum = (/** @type {(tab: Tab) => number} */ of) => tabs.flat().reduce((all, tab) => all + of(tab), 0);
  const postponed = (/** @type {Tab} */ tab) =>
    tab.lanes.flatMap(({ items }) => items).filter((item) => item.isPostponed);
  return [
    `${count.acknowledged} messages`,
    `${count.kills} kills`,
    `${sum((tab) => tab.heard.length)} connections`,
    `${sum((tab) => tab.gaps)} gaps`,
    `${sum((tab) => postponed(tab).length)} postponed`,
  ].join(", ");
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
