# Sourced by build.sh: every step of continuous integration, none of which stops those after it.
# The last line counts the tests: N passed, N failed, N skipped. The exit code is 0 where no step failed.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=''
step() {
  local name=$1
  shift
  echo "== $name"
  "$@" || failures="${failures}FAILED: $name
"
}

no_needless_skips() {
  [ -z "${DEEPGPU_DATA:-}" ] && return 0
  if grep -l 'needs DEEPGPU_DATA' "$work"/results/*.trx; then echo "A test that needs DEEPGPU_DATA was skipped although it is set."; return 1; fi
}

# A version of its own, a feed and a package folder of its own: no stale copy can be restored.
packages() {
  local suffix
  suffix="ci.$(date +%Y%m%d%H%M%S)"
  pack "$work/feed" --version-suffix "$suffix" -p:VersionPrefix=0.1.0 || return 1
  cp -r tests/DeepGpu.Package.Tests "$work/app" && rm -rf "$work/app/bin" "$work/app/obj"
  (cd "$work/app" && NUGET_PACKAGES="$work/packages" dotnet run -c Release -p:DeepGpuVersion="0.1.0-$suffix" -p:RestoreAdditionalProjectSources="$work/feed") || return 1
  NUGET_PACKAGES="$work/packages" dotnet tool install DeepGpu.Cli --tool-path "$work/tools" --version "0.1.0-$suffix" --add-source "$work/feed" || return 1
  "$work/tools/deepgpu" gpus list --json > /dev/null
}

step restore restore
step build build
# Whether the engine computes right on this processor, before anything is judged by its numbers.
step "engine's numbers" numbers
step format format --check
step lines lines
step "generated files" generate --check
step test tests --logger trx --results-directory "$work/results"
step "no needless skips" no_needless_skips
step "packed packages" packages
step samples samples

count() { cat "$work"/results/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ n += $1 } END { print n + 0 }'; }
skipped=$(cat "$work"/results/*.trx 2>/dev/null | grep -o 'outcome="NotExecuted"' | wc -l | tr -d ' ')
printf '%s' "$failures"
echo "$(count passed) passed, $(count failed) failed, $skipped skipped"
[ -z "$failures" ]
