#!/usr/bin/env bash
# Rewrites every PublicAPI.Unshipped.txt from what the code declares now. Run it after a change of the public API,
# then read the diff: it is the change a user of the packages will see.
# Interrupted, or where the code does not compile, it leaves the lists as they were.
set -euo pipefail
cd "$(dirname "$0")/.."
kept=$(mktemp -d)
open=''
leave() {
  if [ -n "$open" ]; then cp "$kept"/PublicAPI.*.txt "$open"; fi
  rm -rf "$kept"
}
trap leave EXIT
trap 'exit 130' HUP INT TERM

[ $# -gt 0 ] || set -- src/*/
for project in "$@"; do
  project=${project%/}
  unshipped="$project/PublicAPI.Unshipped.txt"
  cp "$project"/PublicAPI.*.txt "$kept"
  open=$project
  echo '#nullable enable' > "$project/PublicAPI.Shipped.txt"
  echo '#nullable enable' > "$unshipped"
  dotnet build "$project" -c Release --no-dependencies -p:TreatWarningsAsErrors=false -v quiet > "$kept/log" 2>&1 || {
    grep error "$kept/log" | sort -u | head -20
    exit 1
  }
  sed -n "s/.*RS0016: Symbol '\(.*\)' is not part of the declared.*/\1/p" "$kept/log" | LC_ALL=C sort -u >> "$unshipped"
  open=''
  echo "$unshipped: $(($(wc -l < "$unshipped") - 1)) symbols"
done
