// A bucket on a server that speaks S3, for tests that keep pictures there. It knows one key and does not compute signatures.

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import S3rver from "s3rver";

const BUCKET = "foto-hewan";

export class Bucket {
  /**
   * @param {S3rver} server
   * @param {string} folder
   * @param {number} port
   */
  constructor(server, folder, port) {
    this.server = server;
    this.folder = folder;
    /** What HELLOPET! must be told to keep its pictures here. */
    this.env = {
      ATTACHMENTS_URL: `s3://${BUCKET}/hellopet`,
      AWS_ENDPOINT: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "S3RVER",
      AWS_SECRET_ACCESS_KEY: "S3RVER",
    };
  }

  static async open() {
    const folder = await mkdtemp(join(tmpdir(), "hellopet-bucket-"));
    const options = { address: "127.0.0.1", port: 0, silent: true, directory: folder };
    const server = new S3rver({ ...options, configureBuckets: [{ name: BUCKET }] });
    const { port } = await server.run();
    return new Bucket(server, folder, port);
  }

  /** The names of all objects. */
  async names() {
    const files = await readdir(join(this.folder, BUCKET), { recursive: true });
    const objects = files.filter((name) => name.endsWith("._S3rver_object"));
    return objects.map((name) => name.replace("._S3rver_object", "")).sort();
  }

  async close() {
    await this.server.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
