-- What happened, an order a minute, for books.sql; `:orders` says how many. Ids begin with the time, as ours do.
CREATE FUNCTION pg_temp.id_of(at bigint, what integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(at), 12, '0') || '7' || lpad(to_hex(what), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid
$$;

CREATE TEMP TABLE owners AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM accounts WHERE role = 'user';
CREATE TEMP TABLE partners AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM accounts WHERE role = 'dokter';
CREATE TEMP TABLE story AS
  SELECT days.*, owners.id AS owner_id, partners.id AS payee_id,
    pg_temp.id_of(at, 0, days.n) AS order_id, pg_temp.id_of(at, 1, days.n) AS payment_id,
    pg_temp.id_of(at, 2, days.n) AS first_id, pg_temp.id_of(at, 3, days.n) AS second_id,
    pg_temp.id_of(at, 4, days.n) AS third_id, pg_temp.id_of(at, 1, days.n)::text AS name
  FROM (SELECT n, 1735689600000 + n * 60000 AS at, 30000 + n % 5 * 5000 AS base, (30000 + n % 5 * 5000) / 8 AS fee
    FROM generate_series(0, :orders - 1::bigint) n) days
  JOIN owners ON owners.n = days.n % (SELECT count(*) FROM owners)
  JOIN partners ON partners.n = days.n % (SELECT count(*) FROM partners);
