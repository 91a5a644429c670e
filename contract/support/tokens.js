// Access tokens as an attacker would make them.

import { createHmac } from "node:crypto";

/** @param {any} value */
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** @param {string} token @returns {any} */
export function claimsOf(token) {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** @param {any} claims @param {string} secret @param {string} [algorithm] */
export function signToken(claims, secret, algorithm = "HS256") {
  const text = `${encode({ alg: algorithm, typ: "JWT" })}.${encode(claims)}`;
  const hash = algorithm === "HS512" ? "sha512" : "sha256";
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
}

/** Signed by the server's own secret, with its hour over. @param {import("./people.js").Person} person */
export function expiredToken(person) {
  const now = Math.floor(Date.now() / 1000);
  return signToken({ ...claimsOf(person.token), iat: now - 3660, exp: now - 60 }, person.server.jwtSecret);
}

/**
 * Tokens that must open nothing, by what is wrong with them.
 * @param {import("./people.js").Person} person whose name they bear
 * @returns {Record<string, string>}
 */
export function forgedTokens(person) {
  const { token, server } = person;
  const claims = claimsOf(token);
  const [header, payload, signature] = token.split(".");
  const unknown = "01900000-0000-7000-8000-000000000000";
  return {
    "signed with another secret": signToken(claims, "another secret that is long enough to be one"),
    "without a signature": `${encode({ alg: "none", typ: "JWT" })}.${payload}.`,
    "with the signature cut off": `${header}.${payload}.`,
    "with claims changed under the signature": `${header}.${encode({ ...claims, roles: "admin" })}.${signature}`,
    "of another algorithm": signToken(claims, server.jwtSecret, "HS512"),
    "of a session that does not exist": signToken({ ...claims, sid: unknown }, server.jwtSecret),
    "of a session that is somebody else's": signToken({ ...claims, id: unknown }, server.jwtSecret),
    "without an expiry": signToken({ ...claims, exp: undefined }, server.jwtSecret),
    "that is not a token": "not-a-token",
  };
}
