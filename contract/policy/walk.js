// Tries every cell of the table: what is only looked at first, then what is refused, then what changes something, which
// gets a scene of its own.

import { aboutNothing, callOf } from "./calls.js";

/** @typedef {import("./read.js").Cell} Cell */
/** @typedef {import("./world.js").World} World */
/** @typedef {import("./scenes.js").Secret} Secret */
/** @typedef {import("../support/client.js").Answer} Answer */
/**
 * What is not as the table says, which secrets were told to whom they are not for, and which kinds to whom they are.
 * @typedef {{ cell: Cell, wrong: string[], leaks: string[], told: string[] }} Tried
 */

/** Requests under way at once. */
const AT_ONCE = 8;

/**
 * @param {World} world
 * @param {Cell[]} cells
 * @returns {Promise<Tried[]>}
 */
export async function walk(world, cells) {
  const isRead = (/** @type {Cell} */ cell) => cell.route.startsWith("GET ");
  const changes = (/** @type {Cell} */ cell) => !isRead(cell) && cell.expected === "yes";
  const inTurn = [cells.filter(isRead), cells.filter((cell) => !isRead(cell) && !changes(cell)), cells.filter(changes)];
  const tried = [];
  for (const some of inTurn) tried.push(...(await each(some, (cell) => tryOne(world, cell, changes(cell)))));
  return tried;
}

/** @param {World} world @param {Cell} cell @param {boolean} changes @returns {Promise<Tried>} */
async function tryOne(world, cell, changes) {
  const { route, state, column, expected } = cell;
  const scene = await (changes && state !== "-" ? world.fresh(state) : world.shared(state));
  const me = scene.people[column];
  const call = await callOf(route, scene, me);
  const api = (call.as ?? me)?.api ?? world.server.visitor;
  const ask = (/** @type {import("./calls.js").Call} */ { method, path, body, headers, query }) =>
    api.request(method, path, body, { headers, query });
  const answer = await ask(call);
  const wrong = isAsExpected(answer, expected)
    ? []
    : [`expected ${expected}, got ${answer.status}: ${answer.text.slice(0, 200)}`];
  // What they lack themselves they may be told.
  const isTheirs = me === scene.people.owner || me === scene.people.doctor;
  if (expected === "404" && answer.status === 404 && route.includes("{") && !isTheirs) {
    const nothing = await ask(aboutNothing(route, call));
    if (!isSameRefusal(answer, nothing))
      wrong.push(`tells that it is there: ${answer.text} differs from ${nothing.text}`);
  }
  const said = `${JSON.stringify([...answer.headers])} ${answer.text}`;
  const told = secretsIn(said, world.secrets).filter(({ readers }) => me && readers.includes(me.id));
  return { cell, wrong, leaks: leaksIn(said, world.secrets, me?.id, route), told: told.map(({ kind }) => kind) };
}

/** @param {Answer} answer @param {string} expected */
function isAsExpected({ status }, expected) {
  return expected === "yes" ? status >= 200 && status < 300 : status === Number(expected);
}

/** Whether what is somebody else's looks like what is nowhere. @param {Answer} one @param {Answer} other */
function isSameRefusal(one, other) {
  return one.status === other.status && one.body?.code === other.body?.code && one.body?.detail === other.body?.detail;
}

/** @param {string} text @param {Secret[]} secrets */
function secretsIn(text, secrets) {
  return secrets.filter((secret) => text.includes(secret.text));
}

/**
 * The secrets in a text that are not for this reader.
 * @param {string} text
 * @param {Secret[]} secrets
 * @param {string | undefined} reader
 * @param {string} where the route, or the event
 */
export function leaksIn(text, secrets, reader, where) {
  const mayRead = (/** @type {Secret} */ { readers, told }) =>
    told.includes(where) || (reader && readers.includes(reader));
  const forbidden = secretsIn(text, secrets).filter((secret) => !mayRead(secret));
  return forbidden.map(({ kind, text: secret }) => `${kind} (${secret})`);
}

/** @param {Cell} cell */
export function nameOf({ route, state, column }) {
  return `${route}, ${state === "-" ? "" : `${state}, `}as ${column}`;
}

/**
 * Some at a time, answered in their order.
 * @template In, Out
 * @param {In[]} items
 * @param {(item: In) => Promise<Out>} work
 * @returns {Promise<Out[]>}
 */
async function each(items, work) {
  /** @type {Out[]} */
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(/** @type {In} */ (items[index]));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
