// A started server, and people of its demo who use it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline";

const PASSWORD = "hellopet-demo";
const PATIENCE_MS = 60_000;

export class Platform {
  /** Starts the binary with its demo and waits until it is open. */
  static async start(binary, folder, database) {
    const env = {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      DATABASE_CONNECTIONS: "8",
      JWT_SECRET: "only-for-the-making-of-a-fixture-0123456789",
      RATE_LIMITS: "off",
      RECONCILE_SECONDS: "1",
      LOG_FORMAT: "json",
      PORT: "0",
    };
    const child = spawn(binary, ["serve", "--demo"], { cwd: folder, env, stdio: ["ignore", "ignore", "pipe"] });
    const lines = createInterface({ input: child.stderr });
    const port = await new Promise((done, fail) => {
      child.on("close", (code) => fail(new Error(`the server ended with ${code}`)));
      lines.on("line", (line) => {
        const said = line.startsWith("{") ? JSON.parse(line) : {};
        if (said.message === "HELLOPET! is open") done(said.port);
      });
    });
    return Object.assign(new Platform(), { child, database, url: `http://127.0.0.1:${port}` });
  }

  stop() {
    return new Promise((done) => {
      this.child.removeAllListeners("close");
      this.child.on("close", done);
      this.child.kill("SIGTERM");
    });
  }

  async call(method, path, body, headers = {}) {
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(this.url + path, {
      method,
      headers: { ...json, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }

  /** What the customer or the bank does at the stand-in. */
  simulate(purchase, outcome, details = {}) {
    return this.call("POST", `/sandbox/midtrans/simulate/${purchase.orderId}`, { outcome, ...details });
  }

  /** Waits until the gateway has nothing more to tell: it confirms refunds a few seconds later. */
  async calmsDown() {
    const told = () => this.database.sql("SELECT COUNT(*) FROM payment_events;")[0][0];
    for (let before; before !== told(); ) {
      before = told();
      await new Promise((done) => setTimeout(done, 6_000));
    }
  }

  async signIn(email) {
    const { data } = await this.call("POST", "/api/auth/login", { email, password: PASSWORD });
    return new Person(this, email, data.user.id, data.token);
  }

  /** Waits until a query answers this single value. */
  async until(query, wanted) {
    const deadline = Date.now() + PATIENCE_MS;
    let found;
    do {
      found = this.database.sql(query)[0]?.[0];
      if (found === String(wanted)) return;
      await new Promise((done) => setTimeout(done, 200));
    } while (Date.now() < deadline);
    throw new Error(`${query} answers ${found}, not ${wanted}`);
  }
}

class Person {
  constructor(platform, email, id, token) {
    Object.assign(this, { platform, email, id, headers: { authorization: `Bearer ${token}` }, token });
  }

  get(path) {
    return this.platform.call("GET", path, undefined, this.headers);
  }

  send(method, path, body = {}) {
    return this.platform.call(method, path, body, this.headers);
  }

  buy(doctor, startsAt) {
    return this.send("POST", "/api/payment/consulting", { id: doctor.id, startsAt });
  }

  async buyAndPay(doctor, paymentType, startsAt) {
    const purchase = await this.buy(doctor, startsAt);
    await this.platform.simulate(purchase, "settlement", { payment_type: paymentType });
    return purchase;
  }

  consultation(purchase) {
    return this.get(`/api/consultations/${purchase.consultationId}`);
  }

  async say(purchase, message) {
    const { conversationId } = await this.consultation(purchase);
    await this.send("POST", `/api/conversations/${conversationId}/messages`, { message, clientId: randomUUID() });
  }

  /** Shows up with a device, for as long as the server waits for its next sign of life. */
  async comesOnline() {
    const url = `${this.platform.url}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(url)).text()).slice(1));
    const connect = `40${JSON.stringify({ token: this.token })}`;
    await fetch(`${url}&sid=${sid}`, { method: "POST", body: connect });
    while (!(await (await fetch(`${url}&sid=${sid}`)).text()).includes("40{"));
  }
}
