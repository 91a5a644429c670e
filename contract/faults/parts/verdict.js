// Whether anything was lost, doubled or reordered: all that clients remember, held against what is stored. It knows
// nothing of servers and sockets, so that verdict.test.js can show what it catches.

/**
 * @typedef {object} TabStory
 * @property {string} name
 * @property {{ name: string, items: import("./outbox.js").Item[], complaints: string[] }[]} lanes
 * @property {import("./view.js").Shown[]} shown its view at the end
 * @property {number[][]} heard the seqs of events, by connection
 * @property {string[]} complaints
 */

/**
 * @typedef {object} Story of one conversation
 * @property {string} name
 * @property {import("../../support/database.js").StoredMessage[]} rows
 * @property {TabStory[]} tabs
 * @property {boolean} isHeardInOrder whether events may be held to the order of `seq` within a connection
 */

/** @param {Story} story @returns {string[]} everything that is wrong; nothing when all is well */
export function judge(story) {
  const findings = [
    ...judgeRows(story.rows),
    ...story.tabs.flatMap((tab) => [
      ...tab.complaints,
      ...tab.lanes.flatMap((lane) => [...lane.complaints, ...judgeLane(lane, story.rows)]),
      ...judgeView(tab, story.rows),
      ...(story.isHeardInOrder ? judgeHearing(tab) : []),
    ]),
    ...judgeStrays(story),
  ];
  return findings.map((finding) => `${story.name}: ${finding}`);
}

/** @typedef {Story["rows"]} Rows */

/** @param {Rows} rows */
function* judgeRows(rows) {
  for (const [index, { seq }] of rows.entries()) {
    if (seq === index + 1) continue;
    yield `gap or double in seq: ${seq} is in place ${index + 1}`;
    break;
  }
  const seen = new Map();
  for (const { seq, clientId } of rows) {
    if (seen.has(clientId)) yield `doubled: ${clientId} is stored as seq ${seen.get(clientId)} and seq ${seq}`;
    seen.set(clientId, seq);
  }
}

/** @param {TabStory["lanes"][number]} lane @param {Rows} rows */
function* judgeLane({ items }, rows) {
  const stored = new Map(rows.map((row) => [row.clientId, row]));
  let before = 0;
  for (const { clientId, message, acknowledged, isPostponed } of items) {
    const row = stored.get(clientId);
    if (!acknowledged) {
      yield `never acknowledged: ${clientId}`;
    } else if (!row) {
      yield `lost: ${clientId} was acknowledged as seq ${acknowledged.seq} and is not stored`;
    } else if (row.seq !== acknowledged.seq || row.id !== acknowledged.id) {
      yield `acknowledged otherwise: ${clientId} as seq ${acknowledged.seq}, stored as seq ${row.seq}`;
    } else if (row.message !== message || acknowledged.message !== message) {
      yield `altered: ${clientId}`;
    }
    if (!row || isPostponed) continue;
    if (row.seq < before) yield `out of order: ${clientId} has seq ${row.seq}, what was sent before it has ${before}`;
    before = Math.max(before, row.seq);
  }
}

/** @param {TabStory} tab @param {Rows} rows */
function* judgeView({ name, shown }, rows) {
  if (shown.length !== rows.length) yield `${name} shows ${shown.length} messages, stored are ${rows.length}`;
  for (const [index, row] of rows.entries()) {
    const other = shown[index];
    if (!other || sameMessage(row, other)) continue;
    yield `${name} shows ${other.clientId} (seq ${other.seq}) in place ${index + 1}, stored is ${row.clientId} (seq ${row.seq})`;
    break;
  }
}

/** @param {Rows[number]} row @param {TabStory["shown"][number]} shown */
function sameMessage(row, shown) {
  return ["seq", "id", "senderId", "clientId", "message"].every(
    (field) => /** @type {any} */ (row)[field] === /** @type {any} */ (shown)[field],
  );
}

/** @param {TabStory} tab */
function* judgeHearing({ name, heard }) {
  for (const seqs of heard) {
    const at = seqs.findIndex((seq, index) => index > 0 && seq <= (seqs[index - 1] ?? 0));
    if (at !== -1) yield `${name} heard seq ${seqs[at]} after seq ${seqs[at - 1]}`;
  }
}

/** @param {Story} story */
function* judgeStrays({ rows, tabs }) {
  const written = new Set(tabs.flatMap((tab) => tab.lanes.flatMap((lane) => lane.items.map((item) => item.clientId))));
  for (const { clientId, seq } of rows) {
    if (clientId === null || !written.has(clientId)) yield `stray: nobody wrote ${clientId} (seq ${seq})`;
  }
}
