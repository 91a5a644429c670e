// Waiting for what the many parts of a run reach together: looked at whenever one of them has moved, and given up when
// none has moved for long.

const PATIENCE_MS = 60_000;

export class Progress {
  /** @type {(() => void) | undefined} */
  #look;

  /** Something has moved. */
  moved() {
    this.#look?.();
  }

  /**
   * @param {() => boolean} isReached
   * @param {() => string} state what to know when it is never reached
   * @returns {Promise<void>}
   */
  until(isReached, state) {
    return new Promise((done, fail) => {
      const giveUp = () => {
        this.#look = undefined;
        fail(new Error(`nothing has moved for ${PATIENCE_MS / 1000} s: ${state()}`));
      };
      const timer = setTimeout(giveUp, PATIENCE_MS);
      this.#look = () => {
        timer.refresh();
        if (!isReached()) return;
        clearTimeout(timer);
        this.#look = undefined;
        done();
      };
      this.#look();
    });
  }
}
