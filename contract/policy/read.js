// The table as the walk takes it.

import { COLUMNS } from "./table.js";

/** @typedef {{ route: string, state: string, column: string, expected: string }} Cell */

const NAMES = Object.keys(COLUMNS);

/**
 * The cells of a table that is written as text: a line has the route, the state, and what each column gets.
 * @param {string} table
 * @returns {Cell[]}
 */
export function cellsOf(table) {
  return table.split("\n").filter(isRow).flatMap(cellsOfRow);
}

/** Lines that only people read are headings. @param {string} line */
function isRow(line) {
  return line.trim() !== "" && !line.startsWith("#") && !/^(route|event) +state /.test(line);
}

/** @param {string} line @returns {Cell[]} */
function cellsOfRow(line) {
  const words = line.trim().split(/\s+/);
  const answers = words.splice(-NAMES.length);
  const state = words.pop() ?? "";
  const route = words.join(" ");
  if (answers.length !== NAMES.length || !answers.every((each) => /^(yes|[1-5]\d\d)$/.test(each)) || route === "")
    throw new Error(`this line of the policy table cannot be read: ${line}`);
  return NAMES.map((column, index) => ({ route, state, column, expected: answers[index] ?? "" }));
}
