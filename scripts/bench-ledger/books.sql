-- The books of a story (story-*.sql), for both databases: of 20 orders 14 are earned, one is earned and taken back by a
-- bank, one is paid back by the gateway and one by hand, three wait. That makes two journal entries an order.
ALTER TABLE story ADD COLUMN fate varchar(24);
UPDATE story SET fate = CASE WHEN n % 20 < 14 THEN 'earned' WHEN n % 20 = 14 THEN 'charged_back'
  WHEN n % 20 = 15 THEN 'paid_back' WHEN n % 20 = 16 THEN 'paid_out' ELSE 'waiting' END;

-- The lines that each fate leaves in the journal, step by step: what they take of the partner's price and of our fee.
CREATE TEMP TABLE postings (
  fate varchar(24), step integer, kind varchar(32), line integer, account varchar(80), of_base integer, of_fee integer
);
INSERT INTO postings VALUES
  ('any', 1, 'settled', 0, 'gateway', 1, 1),
  ('any', 1, 'settled', 1, 'partner_pending', -1, 0),
  ('any', 1, 'settled', 2, 'platform_revenue', 0, -1),
  ('earned', 2, 'earned', 0, 'partner_pending', 1, 0),
  ('earned', 2, 'earned', 1, 'partner_payable', -1, 0),
  ('charged_back', 2, 'earned', 0, 'partner_pending', 1, 0),
  ('charged_back', 2, 'earned', 1, 'partner_payable', -1, 0),
  ('charged_back', 3, 'charged_back', 0, 'gateway', -1, -1),
  ('charged_back', 3, 'charged_back', 1, 'chargeback_loss', 1, 1),
  ('paid_back', 2, 'promised', 0, 'refunds_payable', -1, -1),
  ('paid_back', 2, 'promised', 1, 'partner_pending', 1, 0),
  ('paid_back', 2, 'promised', 2, 'platform_revenue', 0, 1),
  ('paid_back', 3, 'given_back', 0, 'gateway', -1, -1),
  ('paid_back', 3, 'given_back', 1, 'refunds_payable', 1, 1),
  ('paid_out', 2, 'promised', 0, 'refunds_payable', -1, -1),
  ('paid_out', 2, 'promised', 1, 'partner_pending', 1, 0),
  ('paid_out', 2, 'promised', 2, 'platform_revenue', 0, 1),
  ('paid_out', 3, 'paid_out', 0, 'refunds_payable', 1, 1),
  ('paid_out', 3, 'paid_out', 1, 'bank', -1, -1);

INSERT INTO orders
  (id, kind, owner_id, payee_id, markup_basis_points, total, status, created_at, paid_at, earned_at)
  SELECT order_id, 'consultation', owner_id, payee_id, 1250, base + fee,
    CASE WHEN fate IN ('earned', 'charged_back') THEN 'earned' WHEN fate = 'waiting' THEN 'paid' ELSE 'refunded' END,
    at, at, CASE WHEN fate IN ('earned', 'charged_back') THEN at + 86400000 END
  FROM story ORDER BY n;

INSERT INTO payments
  (id, order_id, gateway_order_id, amount, refunded_amount, promised_amount, paid_out_amount, charged_back_amount,
   status, payment_type, created_at, expires_at, settled_at, version)
  SELECT payment_id, order_id, 'HP-' || name, base + fee,
    CASE fate WHEN 'paid_back' THEN base + fee ELSE 0 END,
    CASE WHEN fate IN ('paid_back', 'paid_out') THEN base + fee ELSE 0 END,
    CASE fate WHEN 'paid_out' THEN base + fee ELSE 0 END,
    CASE fate WHEN 'charged_back' THEN base + fee ELSE 0 END,
    CASE fate WHEN 'paid_back' THEN 'refunded' ELSE 'settled' END, 'qris', at, at + 900000, at, 2
  FROM story ORDER BY n;

-- Draft, lines, posted: the triggers take nothing else. They look things up, so the planner has to know the sizes.
INSERT INTO journal_entries (id, reference, kind, order_id, payment_id, occurred_at, posted_at, posted)
  SELECT CASE step WHEN 1 THEN first_id WHEN 2 THEN second_id ELSE third_id END,
    CASE kind WHEN 'earned' THEN 'order:' ELSE 'payment:' END || name || ':' || kind, kind, order_id,
    CASE kind WHEN 'earned' THEN NULL ELSE payment_id END,
    at + (step - 1) * 86400000, at + (step - 1) * 86400000, FALSE
  FROM story JOIN (SELECT DISTINCT fate, step, kind FROM postings) facts ON facts.fate IN ('any', story.fate)
  ORDER BY n, step;
ANALYZE journal_entries;
INSERT INTO journal_lines (entry_id, position, account, party_id, amount)
  SELECT CASE step WHEN 1 THEN first_id WHEN 2 THEN second_id ELSE third_id END, line, account,
    CASE WHEN account IN ('partner_pending', 'partner_payable') THEN payee_id END, base * of_base + fee * of_fee
  FROM story JOIN postings ON postings.fate IN ('any', story.fate)
  ORDER BY n, step, line;
ANALYZE journal_lines;
UPDATE journal_entries SET posted = TRUE;
