// Says what failed and why, and closes with the runner's own figures; what passed needs no line.

import { inspect } from "node:util";
import { relative } from "node:path";

/** @param {AsyncIterable<any>} events */
export default async function* report(events) {
  /** @type {string[]} the names of the suites around the test that runs, by depth */
  const path = [];
  for await (const { type, data } of events) {
    if (type === "test:start") path[data.nesting] = data.name;
    else if (type === "test:fail") yield* failure(path.slice(0, data.nesting), data);
    else if (type === "test:stderr" || type === "test:stdout") yield data.message;
    else if (type === "test:diagnostic" && data.nesting === 0) yield `ℹ ${data.message}\n`;
  }
}

/** @param {string[]} suites @param {any} data */
function* failure(suites, data) {
  const { error } = data.details;
  // A suite only repeats that one of its tests has failed.
  if (error?.failureType === "subtestsFailed") return;
  const where = data.file ? ` (${relative(process.cwd(), data.file)}:${data.line ?? 1})` : "";
  const cause = error?.cause ?? error;
  // The members of a failed assertion only repeat what its text says.
  const why = cause?.code === "ERR_ASSERTION" ? cause.stack : inspect(cause, { breakLength: 120, depth: 4 });
  yield `\n✖ ${[...suites, data.name].join(" › ")}${where}\n${why.replace(/^/gm, "    ")}\n`;
}
