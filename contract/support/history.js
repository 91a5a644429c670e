// Conversations with a past, and the documents made of them.

import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** @param {number} from @param {number} to */
export const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** @param {any[]} messages @returns {number[]} */
export const seqs = (messages) => messages.map((message) => message.seq);

/**
 * Has two people talk in turns, the owner first.
 * @param {import("./people.js").Pair} pair
 * @param {string[]} texts
 */
export async function talk({ owner, doctor }, texts) {
  for (const [index, text] of texts.entries()) {
    const [sender, receiver] = index % 2 ? [doctor, owner] : [owner, doctor];
    await sender.say(receiver, text);
  }
}

/**
 * The hashes of a transcript's messages, computed as docs/transcript.md tells its readers to.
 * @param {any} transcript
 * @returns {string[]}
 */
export function hashesOf(transcript) {
  let last = transcript.conversation.id;
  return transcript.messages.map((/** @type {any} */ message) => {
    const pictures = message.attachments.map((/** @type {any} */ each) => [
      each.id,
      each.contentType,
      each.width,
      each.height,
      each.byteSize,
    ]);
    const covered = [last, message.seq, message.id, message.senderId, message.sentAt, message.text, pictures];
    last = createHash("sha256").update(JSON.stringify(covered)).digest("hex");
    return last;
  });
}

/** @typedef {{ text: string, pages: number, pictures: number, title: string }} Pdf */

/**
 * What a PDF says, read by poppler: text in reading order with single spaces.
 * @param {Buffer} bytes
 * @returns {Promise<Pdf>}
 */
export async function readPdf(bytes) {
  const folder = await mkdtemp(join(tmpdir(), "hellopet-pdf-"));
  try {
    const file = join(folder, "transkrip.pdf");
    await writeFile(file, bytes);
    const options = { maxBuffer: 64 * 1024 * 1024 };
    const [{ stdout: text }, { stdout: about, stderr: complaints }, { stdout: images }] = await Promise.all([
      run("pdftotext", ["-raw", file, "-"], options),
      run("pdfinfo", [file], options),
      run("pdfimages", ["-list", file], options),
    ]);
    if (complaints !== "") throw new Error(`poppler complains: ${complaints}`);
    return {
      text: text.replace(/\s+/g, " "),
      pages: Number(/^Pages:\s+(\d+)$/m.exec(about)?.[1]),
      title: /^Title:\s+(.*)$/m.exec(about)?.[1] ?? "",
      pictures: images.trim().split("\n").length - 2,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
