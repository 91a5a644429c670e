// What an attacker or a broken client sends in the place of a good value.

/** Of a wrong type, for a field that takes text. */
export const MISTYPED_TEXTS = { "a number": 7, "an object": { $ne: null }, "a list": ["a"], true: true };

/** Text that no field takes. Written as raw JSON, because no client library would send it. */
export const BROKEN_TEXTS = {
  "invalid UTF-8": Buffer.from([0x22, 0x68, 0xff, 0xfe, 0x22]),
  "an overlong NUL": Buffer.from([0x22, 0xc0, 0x80, 0x22]),
  "a surrogate in UTF-8": Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]),
};

/** Text that is taken where people write, without what cannot be kept of it, and nowhere else. */
export const ODD_TEXTS = {
  "a lone surrogate": Buffer.from('"halo \\ud800"'),
  NUL: Buffer.from('"halo \\u0000"'),
};

/** Bodies that are no JSON object. */
export const BROKEN_BODIES = {
  "half a body": '{"message": "ha',
  "two bodies": "{}{}",
  "a list": "[]",
  text: '"halo"',
  "a number": "7",
  null: "null",
  "nothing but a brace": "{",
  "a bottomless list": "[".repeat(100_000),
  "a bottomless object": '{"message":'.repeat(10_000),
  NaN: '{"message": NaN}',
  "a form": "message=halo",
  bytes: Buffer.from([0, 1, 2, 0xff]),
};

export const UNKNOWN_ID = "01900000-0000-7000-8000-000000000000";

/** Ids of nobody. */
export const WRONG_IDS = {
  unknown: UNKNOWN_ID,
  "not a UUID": "7",
  SQL: "' OR 1=1 --",
  "a path": "..%2f..%2fetc%2fpasswd",
  NUL: "%00",
  "invalid UTF-8": "%ff%fe",
  "very long": "a".repeat(4_000),
};

export const MEGABYTE = "x".repeat(1024 * 1024);

/**
 * A JSON object one of whose members is given in raw bytes.
 * @param {Record<string, any>} good
 * @param {string} field
 * @param {Buffer} raw
 */
export function withRaw(good, field, raw) {
  const { [field]: _replaced, ...rest } = good;
  const head = Object.entries(rest)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`)
    .join("");
  return Buffer.concat([Buffer.from(`{${head}${JSON.stringify(field)}:`), raw, Buffer.from("}")]);
}
