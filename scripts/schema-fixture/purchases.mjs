// One purchase in every state that the schema knows. Where only time brings a state about, its times are moved back and
// the server does the rest.

const [A, B, C] = ["dokter@hellopet.test", "dokter2@hellopet.test", "theresia@hellopet.test"];
const CHEAP = "ayu@hellopet.test";
const OWNERS = [
  ["pemilik", "pemilik2", "sinta", "dimas", "yohana", "fajar"],
  ["melati", "andre", "aisyah", "kevin", "putri", "rendy"],
].flat();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** @returns the purchases by the name of their state, each with who bought it and from whom */
export async function makePurchases(platform) {
  const owners = [];
  for (const name of OWNERS) owners.push(await platform.signIn(`${name}@hellopet.test`));
  const [a, b, c] = [await platform.signIn(A), await platform.signIn(B), await platform.signIn(C)];
  await worksAlways(c);
  const made = new Making(platform);
  await instantly(made, owners, a);
  await withTrouble(made, owners, b);
  await bySlot(made, owners, c);
  return made.purchases;
}

class Making {
  purchases = {};

  constructor(platform) {
    this.platform = platform;
  }

  keep(state, owner, doctor, purchase) {
    const { consultationId, transactionId, orderId } = purchase;
    this.purchases[state] = { owner: owner.email, doctor: doctor.email, consultationId, transactionId, orderId };
    return purchase;
  }

  /** Moves the times of a consultation back, and has the server look at it again. */
  moveBack(purchase, minutes, columns) {
    const { database } = this.platform;
    const back = columns.map((column) => `${column} = ${column} - ${minutes * MINUTE}`);
    const id = database.id(purchase.consultationId);
    database.sql(`UPDATE consultations SET ${back.join(", ")}, due_at = 0 WHERE id = ${id}`);
  }

  becomes(purchase, condition) {
    const id = this.platform.database.id(purchase.consultationId);
    return this.platform.until(`SELECT COUNT(*) FROM consultations WHERE id = ${id} AND ${condition}`, 1);
  }

  async answer(doctor, purchase) {
    await doctor.say(purchase, "Selamat siang, ada yang bisa dibantu?");
    await this.becomes(purchase, "answered_at IS NOT NULL");
  }

  async finish(doctor, purchase) {
    const path = `/api/consultations/${purchase.consultationId}/record`;
    const words = { complaint: "Muntah", findings: "Gusi merah muda", advice: "Puasa makan", nextStep: "Kontrol" };
    await doctor.send("PUT", path, words);
    await doctor.send("POST", `${path}/finish`);
  }

  async beLate(purchase) {
    this.moveBack(purchase, 61, ["created_at", "started_at"]);
    await this.becomes(purchase, "late_at IS NOT NULL");
  }
}

async function instantly(made, owners, doctor) {
  const { platform } = made;
  const paid = async (state, owner) => made.keep(state, owner, doctor, await owner.buyAndPay(doctor, "qris"));
  made.keep("page_untouched", owners[0], doctor, await owners[0].buy(doctor));
  await paid("unanswered", owners[1]);
  await made.answer(doctor, await paid("answered", owners[2]));

  const ended = await paid("ended_without_summary", owners[3]);
  await made.answer(doctor, ended);
  const { conversationId } = await owners[3].consultation(ended);
  await doctor.send("PATCH", `/api/messages/end/${conversationId}`);

  for (const [state, owner] of [["released", owners[4]], ["released_then_refunded_by_bank", owners[5]]]) {
    const purchase = await paid(state, owner);
    await made.answer(doctor, purchase);
    await made.finish(doctor, purchase);
  }
  await platform.simulate(made.purchases.released_then_refunded_by_bank, "refund");

  const reversed = made.keep("reversed", owners[6], doctor, await owners[6].buyAndPay(doctor, "permata_va"));
  await platform.simulate(reversed, "deny");
  const partly = await paid("partially_refunded_by_bank", owners[7]);
  await made.answer(doctor, partly);
  await platform.simulate(partly, "refund", { amount: 10_000 });

  const pending = made.keep("pending", owners[8], doctor, await owners[8].buy(doctor));
  await platform.simulate(pending, "pending", { payment_type: "bca_va" });
  const denied = made.keep("denied", owners[9], doctor, await owners[9].buy(doctor));
  await platform.simulate(denied, "deny", { payment_type: "credit_card" });
  const expired = made.keep("expired", owners[10], doctor, await owners[10].buy(doctor));
  await platform.simulate(expired, "expire", { payment_type: "bca_va" });
  const cancelled = made.keep("cancelled_unpaid", owners[11], doctor, await owners[11].buy(doctor));
  await cancel(owners[11], cancelled);
}

async function withTrouble(made, owners, doctor) {
  const { platform } = made;
  const first = made.keep("denied_then_paid", owners[0], doctor, await owners[0].buy(doctor));
  await platform.simulate(first, "deny", { payment_type: "credit_card" });
  const second = made.keep("stranded", owners[0], doctor, await owners[0].buy(doctor));
  await platform.simulate(first, "settlement", { payment_type: "credit_card" });
  await platform.simulate(second, "settlement", { payment_type: "qris" });

  const moved = made.keep("transferred", owners[1], doctor, await owners[1].buyAndPay(doctor, "gopay"));
  await made.beLate(moved);
  const other = await platform.signIn(CHEAP);
  await other.comesOnline();
  await owners[1].send("POST", `/api/consultations/${moved.consultationId}/transfer`, { doctorId: other.id });

  const late = made.keep("refunded_for_lateness", owners[2], doctor, await owners[2].buyAndPay(doctor, "qris"));
  await made.beLate(late);
  await owners[2].send("POST", `/api/consultations/${late.consultationId}/refund`);
  await made.becomes(late, "status = 'cancelled'");
}

async function bySlot(made, owners, doctor) {
  const { platform } = made;
  const slots = await freeSlots(platform, doctor);
  const soon = () => slots.splice(slots.findIndex((at) => Date.parse(at) < Date.now() + 5 * HOUR), 1)[0];
  const later = () => slots.pop();
  const booked = async (state, owner, at, paymentType) =>
    made.keep(state, owner, doctor, await owner.buyAndPay(doctor, paymentType, at));

  await booked("scheduled", owners[0], later(), "qris");
  await cancel(owners[1], await booked("cancelled_late_half_refunded", owners[1], soon(), "qris"));
  await cancel(owners[2], await booked("cancelled_early_refunded", owners[2], later(), "qris"));
  await cancel(owners[3], await booked("refund_manual_transfer", owners[3], later(), "bca_va"));

  const card = made.keep("refund_manual_captured_card", owners[4], doctor, await owners[4].buy(doctor, later()));
  await platform.simulate(card, "capture");
  await cancel(owners[4], card);

  const absent = await booked("no_show", owners[5], later(), "qris");
  const begun = Date.now();
  const id = platform.database.id(absent.consultationId);
  const begin = `UPDATE consultations SET starts_at = ${begun}, reminders_sent = 2, due_at = 0 WHERE id = ${id}`;
  platform.database.sql(begin);
  await made.becomes(absent, "status = 'active'");
  await made.answer(doctor, absent);
  made.moveBack(absent, 16, ["starts_at", "started_at", "answered_at", "ends_at"]);
  await made.becomes(absent, "status = 'no_show'");

  await platform.until("SELECT COUNT(*) FROM refunds WHERE status = 'owed'", 0);
  const unsent = await booked("refund_owed_not_taken", owners[6], later(), "qris");
  await platform.simulate(unsent, "refuse_refunds");
  await cancel(owners[6], unsent);
  await cancel(owners[7], await booked("refund_owed_in_part_by_shopeepay", owners[7], soon(), "shopeepay"));
  await platform.until("SELECT COUNT(*) FROM refunds WHERE status = 'owed' AND attempts > 0", 2);
}

function cancel(owner, purchase) {
  return owner.send("POST", `/api/consultations/${purchase.consultationId}/cancel`);
}

async function worksAlways(doctor) {
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: "00:00", to: "24:00" }));
  await doctor.send("PUT", "/api/doctors/me/availability", {
    timeZone: "Asia/Jakarta",
    slotMinutes: 30,
    bufferMinutes: 0,
    minNoticeMinutes: 60,
    horizonDays: 14,
    week,
    exceptions: [],
  });
}

async function freeSlots(platform, doctor) {
  const { days } = await platform.call("GET", `/api/doctors/${doctor.id}/slots?days=4`);
  return days.flatMap((day) => day.slots.filter((slot) => slot.available).map((slot) => slot.startsAt));
}
