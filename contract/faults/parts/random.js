// Chance that can be repeated: everything that a run decides by chance follows from one seed, which it prints.

import { randomInt } from "node:crypto";

export class Random {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, and without, 1 (mulberry32). */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to, and without, the bound. @param {number} bound */
  below(bound) {
    return Math.floor(this.next() * bound);
  }

  /** @template T @param {readonly T[]} all @returns {T} */
  pick(all) {
    const found = all[this.below(all.length)];
    if (found === undefined) throw new Error("nothing to pick from");
    return found;
  }

  /** A source of its own, so that one who asks more often does not change what the others get. */
  fork() {
    return new Random(this.below(2 ** 32));
  }
}

/** The seed that FAULT_SEED gives, or a new one. */
export function chooseSeed() {
  const given = process.env.FAULT_SEED;
  return given ? Number(given) : randomInt(2 ** 32);
}
