// What a tab has written and what became of it. It survives the tab, as the web app's outbox in IndexedDB does: what is
// not acknowledged is sent again with the same clientId until it is.

/**
 * @typedef {object} Acknowledged
 * @property {string} id
 * @property {number} seq
 * @property {string} message
 */

/**
 * @typedef {object} Item
 * @property {string} clientId
 * @property {string} message
 * @property {Acknowledged | undefined} acknowledged as the server has said first
 * @property {boolean} isPostponed whether the server once had no room for it, so that later ones may have overtaken it
 * @property {boolean} isRefused for good
 */

/** Messages that leave through one door, in the order of writing. */
export class Lane {
  /** @type {Item[]} */
  items;
  /** @type {string[]} what the server should never have said */
  complaints = [];
  #done = 0;

  /** @param {string} name of tab and door, also the beginning of each clientId @param {number} count */
  constructor(name, count) {
    this.name = name;
    this.items = Array.from({ length: count }, (_, index) => ({
      clientId: `${name}.${index}`,
      message: `${name}: pesan ke-${index}`,
      acknowledged: undefined,
      isPostponed: false,
      isRefused: false,
    }));
  }

  /** The oldest that are under way or still to be sent. @param {number} count */
  waiting(count) {
    while (this.items[this.#done] && isSettled(this.items[this.#done])) this.#done++;
    return this.items.slice(this.#done, this.#done + count).filter((item) => !isSettled(item));
  }

  get isEmpty() {
    return this.waiting(1).length === 0;
  }

  /** @param {Item} item @param {Acknowledged} message @returns {boolean} whether that is news */
  acknowledge(item, { id, seq, message }) {
    const before = item.acknowledged;
    if (!before) item.acknowledged = { id, seq, message };
    else if (before.id !== id || before.seq !== seq)
      this.complaints.push(`${item.clientId} was acknowledged as seq ${before.seq} and then as seq ${seq}`);
    return !before;
  }

  /** The server may ask to come back later; it may not refuse what these people say. @param {Item} item @param {any} problem */
  refuse(item, problem) {
    item.isPostponed = true;
    item.isRefused = problem?.status !== 429 && problem?.status !== 503;
    if (item.isRefused) this.complaints.push(`${item.clientId} was refused: ${JSON.stringify(problem)}`);
  }
}

/** @param {Item | undefined} item */
export function isSettled(item) {
  return item?.acknowledged !== undefined || item?.isRefused === true;
}
