#!/usr/bin/env bash
# Restores what scripts/postgres-backup.sh has made, into the empty database and the empty folder of pictures that the
# environment names (DATABASE_URL, ATTACHMENTS_DIR or ATTACHMENTS_URL). docs/backup.md tells how to use it.
#
#   postgres-restore.sh FOLDER
#
# It wants `hellopet` in PATH or HELLOPET_BIN, with the environment of the server, and nothing else of this repository.
set -euo pipefail
umask 077
export LC_ALL=C

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

[ $# = 1 ] || die "usage: postgres-restore.sh FOLDER"
folder=$1
hellopet=${HELLOPET_BIN:-hellopet}
attachments=${ATTACHMENTS_DIR:-data/attachments}
url=${DATABASE_URL:-}

case $url in
  postgres://* | postgresql://*) ;;
  *) die "DATABASE_URL is not PostgreSQL: for SQLite there is 'hellopet restore'" ;;
esac
for program in "$hellopet" psql pg_restore; do
  command -v "$program" >/dev/null || die "'$program' is not installed (hellopet: HELLOPET_BIN says where it is)"
done

"$hellopet" check-backup "$folder"
says() { grep -Eq "\"$1\": *\"$2\"" "$folder/manifest.json"; }
says database postgres || die "$folder is of an SQLite database: use 'hellopet restore'"

if [ -n "${ATTACHMENTS_URL:-}" ]; then
  says pictures bucket || die "the backup has its pictures inside, but ATTACHMENTS_URL names a bucket: unset it"
else
  says pictures inside || die "the backup's pictures are in a bucket: set ATTACHMENTS_URL to it, or to a copy of it"
  [ ! -d "$attachments" ] || [ -z "$(find "$attachments" -type f -print -quit)" ] ||
    die "there are files in $attachments already, and nothing is written over: move them away first"
fi

# A password on the command line could be read by everybody on this machine.
bare=$url
if [[ $url =~ ^([a-z]+://[^:/@]+):([^/@]*)@(.*)$ ]]; then
  bare=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
  password=${BASH_REMATCH[2]//\\/\\\\}
  printf -v PGPASSWORD '%b' "${password//%/\\x}"
  export PGPASSWORD
fi

tables="SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
found=$(psql --no-psqlrc --no-align --tuples-only --command "$tables" -- "$bare")
[ "$found" = 0 ] || die "the database has $found tables already, and nothing is written over: name an empty one"

# The pictures first, the database last and in one transaction: a restore that is cut off leaves nothing that serves.
undo() {
  (cd "$folder/pictures" && find . -type f -print0) | (cd -- "$attachments" && xargs -r -0 rm -f --)
}
if says pictures inside; then
  mkdir -p -- "$attachments"
  trap undo EXIT
  trap 'exit 130' INT TERM
  # A folder that was never needed is none.
  [ ! -d "$folder/pictures" ] || cp -R --no-preserve=mode -- "$folder/pictures/." "$attachments"
  sync -f "$attachments"
fi
pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --no-comments --dbname="$bare" \
  "$folder/hellopet.dump" || die "the database could not be restored; it is as empty as before"
trap - EXIT

"$hellopet" migrate
"$hellopet" ledger verify || die "everything is restored as it was, but the books do not add up"
