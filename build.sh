#!/usr/bin/env bash
# The one entry to everything the repository does: ./build.sh VERB [ARGUMENTS]. Needs the .NET 10 SDK and bash 3.2 or newer.
set -uo pipefail
cd "$(dirname "$0")"

usage() {
  cat << 'TEXT'
./build.sh VERB [ARGUMENTS]

  restore     fetch the packages
  build       build everything, warnings as errors
  test        run every test on what was built; arguments go to dotnet test (--filter FullyQualifiedName~LossTests)
  format      correct white space, usings and style; --check only looks
  lines       list the lines of C# that are over 140 columns
  generate    write the checked-in generated files again; --check only looks
  api         record the public API again; arguments are projects (src/DeepGpu), without one all
  numbers     compare every kind of layer on this processor with double precision
  pack        make the packages; the argument is the folder, artifacts/packages without one
  samples     run the samples
  readme      put what the README's example prints into the README
  bench       run the speed benchmarks; arguments go to them, without one "compare"
  measure     measure the code: widths, sizes, names, duplicates, circles of folders; --check fails beyond a limit
  ci          all of restore, build, numbers, format, lines, generate, test, pack, use of the packed packages, samples
TEXT
}

restore() { dotnet restore DeepGpu.sln; }
build() { dotnet build DeepGpu.sln -c Release --no-restore "$@"; }
tests() { dotnet test DeepGpu.sln -c Release --no-build "$@"; }
generate() { dotnet run -c Release --project eng/Generate -- "$@"; }
measure() { dotnet run -c Release --project eng/Measures -- "$@"; }
numbers() { dotnet src/DeepGpu.Cli/bin/Release/net10.0/DeepGpu.Cli.dll doctor --numerics; }

format() {
  if [ "${1:-}" = --check ]; then dotnet format DeepGpu.sln --no-restore --verify-no-changes; else dotnet format DeepGpu.sln --no-restore; fi
}

# Characters are counted, not bytes: the bytes 128 to 191 only continue a character. A line that is a URL and nothing else is let pass.
lines() {
  local wide
  wide=$(find src tests benchmarks samples eng \( -name bin -o -name obj \) -prune -o -name '*.cs' -print0 | LC_ALL=C xargs -0 awk '
    length($0) > 140 {
      text = $0; gsub(/[\200-\277]/, "", text)
      if (length(text) > 140 && text !~ /^[ \t]*(\/\/+)?[ \t]*https?:[^ \t]+$/) print FILENAME ":" FNR ": " length(text) " columns"
    }')
  [ -z "$wide" ] && return 0
  echo "$wide"
  return 1
}

pack() {
  local feed=${1:-artifacts/packages} project
  [ $# -gt 0 ] && shift
  for project in src/*/; do dotnet pack "$project" -c Release -o "$feed" -v quiet "$@" || return 1; done
}

samples() {
  local data=digits output status
  [ -n "${DEEPGPU_DATA:-}" ] && data=fashion-mnist
  output=$(mktemp -d)
  dotnet run -c Release --project samples/Quickstart -- --data "$data" --epochs 1 --output "$output/quickstart.deepgpu" &&
    dotnet run -c Release --project samples/Listings -- gru &&
    dotnet run -c Release --project samples/CustomLayer &&
    dotnet run -c Release --project samples/DataParallel &&
    dotnet run -c Release --project samples/ServeWithOnnx -- --once --model "$output/digits.onnx" &&
    { [ -z "${DEEPGPU_DATA:-}" ] || dotnet run -c Release --project samples/FineTuneEncoder -- --texts 300 --epochs 1; }
  status=$?
  rm -rf "$output"
  return $status
}

readme() {
  local printed
  printed=$(mktemp)
  dotnet run -c Release --project samples/Listings -- describe > "$printed" &&
    awk 'NR == FNR { text = text $0 "\n"; next }
      /^```text$/ { print; printf "%s", text; inside = 1; next }
      /^(Accuracy|```)/ { inside = 0 }
      !inside' "$printed" README.md > "$printed.md" &&
    cp "$printed.md" README.md
  local status=$?
  rm -f "$printed" "$printed.md"
  return $status
}

bench() {
  [ $# -eq 0 ] && set -- compare
  dotnet run -c Release --project benchmarks/DeepGpu.Benchmarks -- "$@"
}

verb=${1:-}
[ $# -gt 0 ] && shift
case "$verb" in
  restore | build | format | lines | generate | measure | numbers | pack | samples | readme | bench) "$verb" "$@" ;;
  test) tests "$@" ;;
  api) eng/public-api.sh "$@" ;;
  ci) . eng/ci.sh ;;
  *) usage; [ -z "$verb" ] || [ "$verb" = help ] ;;
esac
