// The binary under test, run as an operator runs it: with nothing in its environment but what a test gives it.

import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const BINARY =
  process.env.HELLOPET_BIN || fileURLToPath(new URL("../../target/debug/hellopet", import.meta.url));

const PATIENCE_MS = 30_000;

/** @typedef {Record<string, string>} Environment */

/**
 * Runs a command to its end.
 * @param {string[]} args
 * @param {{ env?: Environment, folder: string }} options
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function runCommand(args, { env = {}, folder }) {
  return new Promise((done, fail) => {
    const options = { cwd: folder, env: environment(env), timeout: PATIENCE_MS };
    execFile(BINARY, args, options, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") fail(error);
      else done({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** @param {Environment} env */
function environment(env) {
  return { PATH: process.env.PATH ?? "", ...env };
}

/** A server that was started and says what it does in lines of JSON on standard error. */
export class Serving {
  /** @type {any[]} */
  lines = [];
  /** So many of them are kept. */
  kept = 400;
  /** @type {{ matches: (line: any) => boolean, found: (line: any) => void }[]} */
  #readers = [];
  #child;
  /** @type {Promise<number | NodeJS.Signals>} */
  ended;
  /** @type {number | NodeJS.Signals | undefined} the exit code or the signal that ended it */
  end;

  /**
   * @param {string[]} args
   * @param {{ env: Environment, folder: string }} options
   */
  constructor(args, { env, folder }) {
    this.#child = spawn(BINARY, args, { cwd: folder, env: environment(env), stdio: ["ignore", "ignore", "pipe"] });
    createInterface({ input: this.#child.stderr }).on("line", (text) => this.#note(text));
    this.ended = new Promise((done, fail) => {
      this.#child.on("error", fail);
      this.#child.on("close", (code, signal) => {
        this.end = code ?? signal ?? -1;
        done(this.end);
      });
    });
  }

  /** @param {string} text */
  #note(text) {
    const line = text.startsWith("{") ? JSON.parse(text) : { message: text };
    this.lines.push(line);
    if (this.lines.length > this.kept) this.lines.shift();
    for (const reader of [...this.#readers]) if (reader.matches(line)) reader.found(line);
  }

  /**
   * The first line that matches, of those said already and those to come.
   * @param {(line: any) => boolean} matches
   * @returns {Promise<any>}
   */
  line(matches) {
    const said = this.lines.find(matches);
    if (said) return Promise.resolve(said);
    return new Promise((done, fail) => {
      const silent = () => fail(new Error(`the server did not say it; ${this.condition}`));
      const timer = setTimeout(() => finish(silent), PATIENCE_MS);
      const reader = { matches, found: (/** @type {any} */ line) => finish(() => done(line)) };
      const finish = (/** @type {() => void} */ then) => {
        clearTimeout(timer);
        this.#readers = this.#readers.filter((other) => other !== reader);
        then();
      };
      this.#readers.push(reader);
      this.ended.then(() => finish(silent), fail);
    });
  }

  /** What to know about it when something went wrong. */
  get condition() {
    const state = this.end === undefined ? "it runs" : `it ended with ${this.end}`;
    return `${state}; it said:\n${this.lines.map((line) => JSON.stringify(line)).join("\n")}`;
  }

  get pid() {
    return this.#child.pid;
  }

  /** @param {NodeJS.Signals} signal */
  async signal(signal) {
    this.#child.kill(signal);
    return this.ended;
  }

  /** Sends a signal and does not wait for the end. @param {NodeJS.Signals} signal */
  tell(signal) {
    this.#child.kill(signal);
  }
}
