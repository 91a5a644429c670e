-- The same as story-postgres.sql. An id is 16 bytes that begin with the time; this SQLite may be too old for unhex().
CREATE TEMP TABLE owners AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM accounts WHERE role = 'user';
CREATE TEMP TABLE partners AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM accounts WHERE role = 'dokter';
CREATE TEMP TABLE story AS
  WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :orders),
    days AS (SELECT n, 1735689600000 + n * 60000 AS at, 30000 + n % 5 * 5000 AS base, (30000 + n % 5 * 5000) / 8 AS fee
      FROM counted)
  SELECT days.*, owners.id AS owner_id, partners.id AS payee_id,
    CAST(printf('%08x0%07x', at / 1000, days.n) AS BLOB) AS order_id,
    CAST(printf('%08x1%07x', at / 1000, days.n) AS BLOB) AS payment_id,
    CAST(printf('%08x2%07x', at / 1000, days.n) AS BLOB) AS first_id,
    CAST(printf('%08x3%07x', at / 1000, days.n) AS BLOB) AS second_id,
    CAST(printf('%08x4%07x', at / 1000, days.n) AS BLOB) AS third_id,
    printf('%08x-0000-7000-8000-%012x', at / 1000, days.n) AS name
  FROM days
  JOIN owners ON owners.n = days.n % (SELECT count(*) FROM owners)
  JOIN partners ON partners.n = days.n % (SELECT count(*) FROM partners);
