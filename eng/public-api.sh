#!/usr/bin/env bash
# Rewrites every PublicAPI.Unshipped.txt from what the code declares now. Run it after a change of the public API,
# then read the diff: it is the change a user of the packages will see.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in ${*:-src/*/}; do
  unshipped="${project%/}/PublicAPI.Unshipped.txt"
  previous=$(cat "$unshipped" 2>/dev/null || true)
  echo '#nullable enable' > "${project%/}/PublicAPI.Shipped.txt"
  echo '#nullable enable' > "$unshipped"
  log=$(dotnet build "$project" -c Release --no-dependencies -p:TreatWarningsAsErrors=false -v quiet 2>&1) || { echo "$log" | grep -E 'error' | sort -u | head -20; echo "$previous" > "$unshipped"; exit 1; }
  echo "$log" | grep -oP "RS0016: Symbol '\K.*(?=' is not part of the declared)" | LC_ALL=C sort -u >> "$unshipped" || true
  echo "$unshipped: $(($(wc -l < "$unshipped") - 1)) symbols"
done
