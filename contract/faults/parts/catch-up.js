// Asks by HTTP for what follows the last known message until nothing is missing, as docs/chat-protocol.md has it.

import { pause } from "./pause.js";

const AGAIN_AFTER_MS = 100;
const PAGE = 100;

export class CatchUp {
  #isAsking = false;
  #isWanted = false;
  #isOver = false;

  /**
   * @param {import("./view.js").View} view
   * @param {(afterSeq: number, limit: number) => Promise<any>} fetchPage
   */
  constructor(view, fetchPage) {
    this.view = view;
    this.fetchPage = fetchPage;
  }

  /** Asks at once, or once more when a question is under way: its answer may be older than the reason to ask. */
  async ask() {
    this.#isWanted = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (!this.#isOver && (this.#isWanted || this.view.isBehind)) {
      this.#isWanted = false;
      try {
        await this.#readOn();
      } catch {
        // The server is away, or this tab is: it goes on asking until it has an answer.
        this.#isWanted = true;
        await pause(AGAIN_AFTER_MS);
      }
    }
    this.#isAsking = false;
  }

  async #readOn() {
    for (let page; !page || page.nextCursor;) {
      page = await this.fetchPage(this.view.lastSeq, PAGE);
      for (const message of page.items) this.view.take(message);
    }
  }

  /** The tab is gone. */
  end() {
    this.#isOver = true;
  }
}
