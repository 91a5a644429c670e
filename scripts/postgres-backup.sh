#!/usr/bin/env bash
# Backs up a server whose DATABASE_URL is PostgreSQL, while it serves: the database as it is at one moment (pg_dump's custom
# format), the pictures that it names, what they are, and their checksums. docs/backup.md tells how to use it.
#
#   postgres-backup.sh FOLDER [--allow-missing]
#
# It reads DATABASE_URL and ATTACHMENTS_DIR or ATTACHMENTS_URL from the environment, as the server does, and wants `hellopet`
# in PATH or HELLOPET_BIN. It needs nothing else of this repository, so that it can stand beside the one file that is deployed.
set -euo pipefail
umask 077
export LC_ALL=C

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

usage="usage: postgres-backup.sh FOLDER [--allow-missing]"
allow_missing=
case ${2:-} in
  '') ;;
  --allow-missing) allow_missing=yes ;;
  *) die "$usage" ;;
esac
[ $# -ge 1 ] && [ $# -le 2 ] && [ -n "$1" ] || die "$usage"
folder=${1%/}
partial=$folder.partial
hellopet=${HELLOPET_BIN:-hellopet}
attachments=${ATTACHMENTS_DIR:-data/attachments}
url=${DATABASE_URL:-}

case $url in
  postgres://* | postgresql://*) ;;
  *) die "DATABASE_URL is not PostgreSQL: for SQLite there is 'hellopet backup'" ;;
esac
for program in "$hellopet" psql pg_dump pg_restore sha256sum flock; do
  command -v "$program" >/dev/null || die "'$program' is not installed (hellopet: HELLOPET_BIN says where it is)"
done
[ ! -e "$folder" ] || die "$folder is there already: name a folder that is to be made"

# A password on the command line could be read by everybody on this machine.
if [[ $url =~ ^([a-z]+://[^:/@]+):([^/@]*)@(.*)$ ]]; then
  url=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
  password=${BASH_REMATCH[2]//\\/\\\\}
  printf -v PGPASSWORD '%b' "${password//%/\\x}"
  export PGPASSWORD
fi

mkdir -p -- "$(dirname -- "$partial")"
mkdir -- "$partial" ||
  die "cannot create $partial; where it is there, another backup is under way or one was cut off: delete it then"
work=$(mktemp -d)
# After the last step there is no such folder.
trap 'rm -rf -- "$work" "$partial"' EXIT
trap 'exit 130' INT TERM
partial=$(cd -- "$partial" && pwd)
export DUMP=$partial/hellopet.dump DUMP_URL=$url
taken_at=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)
taken_at_millis=$(date -u -d "$taken_at" +%s%3N)

# Every object that must be beside the database: of a picture that a row names, and the pieces of uploads under way.
names="SELECT key FROM objects WHERE is_kept
  UNION SELECT 'uploads/' || uploads.id || '/' || upload_chunks.\"offset\" || '-' || upload_chunks.id
  FROM upload_chunks JOIN uploads ON uploads.id = upload_id
  WHERE attachment_id IS NULL AND refusal IS NULL AND expires_at > $taken_at_millis"

# Dumps the database, and writes down what is in it at the same moment.
dump() {
  (cd "$work" && psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 -- "$url") <<SQL
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT pg_export_snapshot() AS snapshot \gset
\setenv SNAPSHOT :snapshot
\o names
$names;
\o schema
SELECT version FROM seaql_migrations ORDER BY version DESC LIMIT 1;
\o counts
SELECT json_build_object(
  'accounts', (SELECT count(*) FROM accounts), 'pets', (SELECT count(*) FROM pets),
  'orders', (SELECT count(*) FROM orders), 'payments', (SELECT count(*) FROM payments),
  'journal_entries', (SELECT count(*) FROM journal_entries),
  'conversations', (SELECT count(*) FROM conversations), 'messages', (SELECT count(*) FROM messages));
\o
\! pg_dump --format=custom --snapshot="\$SNAPSHOT" --file="\$DUMP" --dbname="\$DUMP_URL" && touch dumped
COMMIT;
SQL
  [ -f "$work/dumped" ] || die "the database could not be dumped"
}

# Copies the pictures that it names; `missing` are those that are not there.
copy_pictures() {
  mkdir "$partial/pictures"
  # One that is not there is no reason to stop here: who is missing is looked at below.
  (cd -- "$attachments" && xargs -r -d '\n' cp --parents -t "$partial/pictures" --) \
    <"$work/names" 2>"$work/complaints" || true
  # A full disk, say, leaves half a file behind.
  ! grep -v ': No such file or directory$' "$work/complaints" >&2 || die "the pictures cannot be copied"
  find "$partial/pictures" -type f -printf '%P\n' | sort >"$work/copied"
  sort "$work/names" | comm -23 - "$work/copied" >"$work/missing"
}

in_json() { sed 's/.*/"&"/' "$1" | paste -sd , -; }

if [ -n "${ATTACHMENTS_URL:-}" ]; then
  pictures=bucket
  dump
  : >"$work/missing"
else
  pictures=inside
  [ -d "$attachments" ] || die "there is no folder $attachments (ATTACHMENTS_DIR; paths begin in the current folder)"
  # While this is locked the servers delete none of what the dump may name (platform/src/hold.rs).
  exec 9<"$attachments"
  flock 9
  dump
  copy_pictures
  exec 9<&-
fi
if [ -s "$work/missing" ] && [ -z "$allow_missing" ]; then
  die "$(wc -l <"$work/missing") pictures that the database names are not in the storage, such as" \
    "$(head -n 1 "$work/missing"). Is ATTACHMENTS_DIR the server's? If they are lost, --allow-missing makes a backup without them"
fi

# What pg_restore cannot list was not written to its end.
pg_restore --list "$DUMP" >"$work/list" || die "the dump cannot be read"
files=$(find "$partial" -type f | wc -l)
cat >"$partial/manifest.json" <<JSON
{
  "format": 1,
  "release": "$("$hellopet" --version | cut -d ' ' -f 2)",
  "takenAt": "$taken_at",
  "database": "postgres",
  "schema": "$(cat "$work/schema")",
  "counts": $(cat "$work/counts"),
  "pictures": "$pictures",
  "missing": [$(in_json "$work/missing")],
  "files": $files
}
JSON
(cd "$partial" && find . -type f -printf '%P\0' | sort -z | xargs -0 sha256sum) >"$work/sums"
cp "$work/sums" "$partial/SHA256SUMS"
sync -f "$partial"
summary=$("$hellopet" check-backup "$partial")
mv -T -- "$partial" "$folder"
sync "$(dirname -- "$folder")"
printf '%s\n' "${summary/"$partial"/"$folder"}"
