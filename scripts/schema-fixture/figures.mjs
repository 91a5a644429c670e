// What a later server must find again: sums that SQL tells, and what people read.

/**
 * Each answers names with whole numbers. What a vet has earned and what is earned only later count together, for what
 * is owed to them is the sum of both, however an account is divided.
 */
const SUMS = {
  "rows of each table": countEach(
    ["accounts", "doctors", "licences", "pets", "intakes", "slot_cells"],
    ["consultations", "quote_lines", "payments", "conversations", "messages", "records", "reviews"],
  ),
  "consultations by status": count("status", "consultations"),
  "payments by status": count("status", "payments"),
  "refunds by status": count("status", "refunds"),
  "refunds by reason": count("reason", "refunds"),
  "journal entries": "SELECT 'all' AS name, CAST(COUNT(*) AS BIGINT) AS figure FROM journal_entries WHERE posted",
  "money of payments":
    "SELECT status AS name, CAST(SUM(amount) AS BIGINT) AS figure FROM payments GROUP BY 1 " +
    "UNION ALL SELECT 'given back', CAST(SUM(refunded_amount) AS BIGINT) FROM payments ORDER BY 1",
  "promised back": "SELECT 'all' AS name, CAST(SUM(promised_amount) AS BIGINT) AS figure FROM payments",
  "ordered back": "SELECT reason AS name, CAST(SUM(amount) AS BIGINT) AS figure FROM refunds GROUP BY 1 ORDER BY 1",
  "balance of each account":
    "SELECT REPLACE(l.account, 'partner_pending:', 'partner_payable:') AS name, " +
    "CAST(SUM(l.amount) AS BIGINT) AS figure FROM journal_lines l JOIN journal_entries e ON e.id = l.entry_id WHERE e.posted GROUP BY 1 ORDER BY 1",
};

function countEach(...tables) {
  const one = (table) => `SELECT '${table}' AS name, CAST(COUNT(*) AS BIGINT) AS figure FROM ${table}`;
  return `${tables.flat().map(one).join(" UNION ALL ")} ORDER BY 1`;
}

function count(column, table) {
  return `SELECT ${column} AS name, CAST(COUNT(*) AS BIGINT) AS figure FROM ${table} GROUP BY 1 ORDER BY 1`;
}

export function sums(database) {
  return Object.entries(SUMS).map(([about, sql]) => {
    const rows = database.sql(`${sql};`).map(([name, figure]) => [name, Number(figure)]);
    return { about, sql, rows };
  });
}

/** Signs in as everybody and reads; an answer has to hold at least what is kept here. */
export async function reads(platform, purchases) {
  const made = Object.values(purchases);
  const people = [...new Set(made.flatMap(({ owner, doctor }) => [owner, doctor])), "ayu@hellopet.test"];
  const read = [];
  for (const email of people) {
    const person = await platform.signIn(email);
    const keep = async (path, shape) => {
      // An address may lead on to the next page.
      for (let next = path; next; ) {
        const answer = await person.get(next);
        read.push({ as: email, path: next, answer: shape(answer) });
        next = answer.nextCursor ? `${path}&cursor=${answer.nextCursor}` : undefined;
      }
    };
    if (made.some(({ owner }) => owner === email)) {
      await keep("/api/consultations?limit=50", ({ items }) => ({ items: items.map(consultation) }));
      await keep("/api/conversations?limit=50", ({ items }) => ({ items: items.map(({ id }) => ({ id })) }));
      for (const { transactionId } of made.filter(({ owner }) => owner === email)) {
        await keep(`/api/payment/${transactionId}`, payment);
      }
      continue;
    }
    for (const year of [2025, 2026]) {
      await keep(`/api/statistic/profit/monthly/${person.id}?year=${year}`, ({ data }) => ({ data }));
      await keep(`/api/statistic/conversations/monthly/${person.id}?year=${year}`, ({ data }) => ({ data }));
    }
  }
  return read;
}

const consultation = ({ id, kind, status, startsAt, quote, transactionId, transferredFrom, releasedAt }) => ({
  id,
  kind,
  status,
  startsAt,
  quote: { total: quote.total },
  transactionId,
  transferredFrom,
  releasedAt,
});

const PAYMENT = [
  "transactionId",
  "orderId",
  "status",
  "amount",
  "refundedAmount",
  "paymentType",
  "consultationId",
  "settledAt",
  "history",
];
const payment = (answer) => Object.fromEntries(PAYMENT.map((name) => [name, answer[name]]));
