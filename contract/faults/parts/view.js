// What a tab shows of its conversation: everything that arrives, by event, by page or by acknowledgement, first time or
// again, early or late, goes through `take`.

/**
 * @typedef {object} Shown
 * @property {number} seq
 * @property {string} id
 * @property {string} senderId
 * @property {string | null} clientId
 * @property {string} message
 */

export class View {
  /** @type {Shown[]} from seq 1, without gaps, in the order in which they were put there */
  shown = [];
  /** @type {Map<number, Shown>} what came before its predecessors */
  ahead = new Map();

  /** @param {string[]} complaints where contradictions go */
  constructor(complaints) {
    this.complaints = complaints;
  }

  get lastSeq() {
    return this.shown.length;
  }

  /** Whether something is missing that must be asked for. */
  get isBehind() {
    return this.ahead.size > 0;
  }

  /** @param {Shown} message */
  take({ seq, id, senderId, clientId, message }) {
    const known = this.shown[seq - 1] ?? this.ahead.get(seq);
    if (known) {
      if (known.id !== id) this.complaints.push(`seq ${seq} is ${known.id} and also ${id}`);
      return;
    }
    this.ahead.set(seq, { seq, id, senderId, clientId, message });
    for (let next = this.ahead.get(this.lastSeq + 1); next; next = this.ahead.get(this.lastSeq + 1)) {
      this.shown.push(next);
      this.ahead.delete(next.seq);
    }
  }
}
