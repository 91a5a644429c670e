-- Years of conversations around the people of `hellopet fixture --doctors 1`: `:conversations` that have ended, every 25th
-- of the fixture's doctor and eleven of each owner, over the last two years; `:doctors` with two words each to be found by.
-- Ids begin with the time, as ours do.
CREATE FUNCTION pg_temp.id_of(at bigint, what integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(at), 12, '0') || '7' || lpad(to_hex(what), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid
$$;
CREATE TEMP TABLE span AS SELECT 730 * 86400000::bigint AS length, now_millis - 730 * 86400000::bigint AS begun
  FROM (SELECT (extract(epoch FROM now()) * 1000)::bigint AS now_millis) clock;

INSERT INTO accounts (id, username, email, password_hash, phone_number, role, created_at, updated_at)
  SELECT pg_temp.id_of(begun, kind, n), CASE kind WHEN 1 THEN 'drh. Depan' || n % 400 || ' Akhir' || n % 499 ELSE 'Pemilik ' || n END,
    'lists-' || kind || '-' || n || '@bench.hellopet.test', example.password_hash, '081200000000',
    CASE kind WHEN 1 THEN 'dokter' ELSE 'user' END, begun, begun
  FROM span, (SELECT password_hash FROM accounts LIMIT 1) example,
    (SELECT 1 AS kind, n FROM generate_series(1, :doctors) n
      UNION ALL SELECT 2, n FROM generate_series(1, greatest(:conversations / 11 - 40, 1)) n) people;

INSERT INTO doctors (account_id, status, specialization, experience_years, licence_number, base_price, bio, created_at,
    verified_at, rating_tenths, review_count)
  SELECT pg_temp.id_of(begun, 1, n), 'verified', 'Dokter hewan umum', n % 20, 'LISTS-' || n, 30000 + n % 5 * 5000, '', begun,
    begun, 30 + n * 7 % 21, n * 13 % 200
  FROM span, generate_series(1, :doctors) n;

INSERT INTO doctor_words (word, doctor_id, rating_tenths, review_count, base_price, experience_years)
  SELECT word, account_id, rating_tenths, review_count, base_price, experience_years
  FROM span CROSS JOIN generate_series(1, :doctors) n
    JOIN doctors ON account_id = pg_temp.id_of(begun, 1, n)
    CROSS JOIN LATERAL (VALUES ('depan' || n % 400), ('akhir' || n % 499)) words (word);

-- Owners and doctors meet by chance that is the same every time; the owners of the fixture have their eleven, too.
CREATE TEMP TABLE owners AS SELECT row_number() OVER (ORDER BY id DESC) - 1 AS n, id FROM accounts WHERE role = 'user';
CREATE TEMP TABLE story AS
  SELECT c.n, at, owners.id AS owner_id,
    CASE WHEN c.n % 25 = 0 THEN busiest.id ELSE pg_temp.id_of(begun, 1, 1 + c.n * 7919 % :doctors) END AS doctor_id
  FROM (SELECT n, begun, begun + n * length / :conversations AS at
      FROM span, generate_series(0, :conversations - 1::bigint) n) c
    JOIN owners ON owners.n = c.n % (SELECT count(*) FROM owners),
    (SELECT doctors.account_id AS id FROM doctors WHERE licence_number LIKE 'BENCH-%') busiest;

INSERT INTO orders (id, kind, owner_id, payee_id, markup_basis_points, total, status, created_at, paid_at, earned_at)
  SELECT pg_temp.id_of(at, 6, n), 'consultation', owner_id, doctor_id, 1250, 33750, 'earned', at, at, at + 1800000
  FROM story ORDER BY n;
INSERT INTO consultations (id, order_id, owner_id, doctor_id, status, markup_basis_points, total, created_at, started_at,
    ended_at, answered_at, recorded_at)
  SELECT pg_temp.id_of(at, 3, n), pg_temp.id_of(at, 6, n), owner_id, doctor_id, 'ended', 1250, 33750, at, at, at + 1800000,
    at, at + 1800000
  FROM story ORDER BY n;
INSERT INTO conversations (id, consultation_id, owner_id, doctor_id, status, last_seq, owner_delivered_seq, owner_read_seq,
    doctor_delivered_seq, doctor_read_seq, created_at, updated_at, ended_at)
  SELECT pg_temp.id_of(at, 4, n), pg_temp.id_of(at, 3, n), owner_id, doctor_id, 'ended', 1, 1, 1, 1, 1, at, at, at + 1800000
  FROM story ORDER BY n;
-- One message each: lists show the last one.
INSERT INTO messages (id, conversation_id, seq, sender_id, client_id, body, created_at)
  SELECT pg_temp.id_of(at, 5, n), pg_temp.id_of(at, 4, n), 1, owner_id, n, 'Terima kasih, dokter.', at
  FROM story ORDER BY n;
