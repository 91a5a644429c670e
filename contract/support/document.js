// The published OpenAPI document as a judge of answers.

import assert from "node:assert/strict";

import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const METHODS = ["get", "post", "put", "patch", "delete"];
const WHERE = "https://document.test/openapi.json";

/**
 * @typedef {object} Operation
 * @property {string} method in capitals
 * @property {string} path with its parameters in braces
 * @property {any} description
 */

export class PublishedDocument {
  /** @type {Operation[]} */
  operations = [];
  /** @type {Set<string>} operations that answered a success as published */
  proven = new Set();
  /** @type {Set<string>} statuses that were answered and are not in the document */
  undocumented = new Set();
  /** @type {Set<string>} answers whose media type is not the published one */
  otherwiseTyped = new Set();

  /** @param {any} document */
  constructor(document) {
    this.document = document;
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    // @ts-expect-error the package's types describe its CommonJS form, which is what Node loads
    addFormats(this.ajv);
    for (const format of ["int32", "int64"]) this.ajv.addFormat(format, { type: "number", validate: Number.isInteger });
    this.ajv.addSchema(document, WHERE);
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of METHODS.filter((method) => method in item)) {
        this.operations.push({ method: method.toUpperCase(), path, description: item[method] });
      }
    }
  }

  /** @param {string} url */
  static async of(url) {
    const response = await fetch(`${url}/api/openapi.json`);
    assert.equal(response.status, 200);
    return new PublishedDocument(await response.json());
  }

  /**
   * The operation behind an address; the one with the fewest parameters where several fit.
   * @param {string} method
   * @param {string} path
   */
  operation(method, path) {
    const fitting = this.operations.filter((each) => each.method === method && pattern(each.path).test(path));
    return fitting.sort((one, other) => parameters(one.path) - parameters(other.path))[0];
  }

  /**
   * Holds an answer against what the document says of this operation and status.
   * @param {string} method
   * @param {string} path
   * @param {import("./client.js").Answer} answer
   */
  check(method, path, answer) {
    const operation = this.operation(method, path);
    // A method that does not apply is answered before there is an operation.
    if (!operation || answer.status === 405) return;
    const { responses } = operation.description;
    const status = answer.status in responses ? answer.status : "default";
    const response = responses[status];
    const name = `${nameOf(operation)} ${answer.status}`;
    if (!response) this.undocumented.add(name);
    const sent = (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
    if (answer.status < 300) this.proven.add(nameOf(operation));
    const published = Object.keys(response?.content ?? {});
    if (response && sent !== "" && !published.includes(sent)) this.otherwiseTyped.add(`${name} ${sent}`);
    // A body whose media type is published wrongly is still held against its schema.
    const type = published.includes(sent) ? sent : "application/json";
    if (!published.includes(type) || answer.body === undefined) return;
    const steps = ["paths", operation.path, method.toLowerCase(), "responses", status, "content"];
    const pointer = [...steps, type, "schema"].map(escape).join("/");
    const validate = this.ajv.getSchema(`${WHERE}#/${pointer}`);
    assert.ok(validate, `no schema at ${pointer}`);
    assert.ok(
      validate(answer.body),
      `${name} is not as published: ${this.ajv.errorsText(validate.errors)}\n${answer.text}`,
    );
  }
}

/** @param {Operation} operation */
export function nameOf({ method, path }) {
  return `${method} ${path}`;
}

/** @param {string} path */
function pattern(path) {
  return new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

/** @param {string} path */
function parameters(path) {
  return path.split("{").length;
}

/** @param {string | number} step */
function escape(step) {
  return encodeURIComponent(String(step).replaceAll("~", "~0").replaceAll("/", "~1"));
}
