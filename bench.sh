#!/usr/bin/env bash
# Builds Release, runs a load scenario against the platform (a running one, else one started for it), prints a table and writes
# bench/results/<scenario>.json.
#   ./bench.sh [scenario] [--seconds N] [--start RATE] [--max RATE] [--only queries|http|changes]     scenario: submit (default), identity, codes, catalogue, queues, statistics (of a seeded city), payment, evidence, notify, codes-first,
#                     deadline, sign (need no platform)
#   ./bench.sh seed [--dossiers N] [--seed N] [--today yyyy-MM-dd] [--append]     fills the running platform's database with a city of a million dossiers
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/eng/lib.sh"

case "${1:-}" in
  -h | --help) sed -n '2,6p' "${BASH_SOURCE[0]}" | cut -c3-; exit 0 ;;
  '' | --*) scenario=submit ;;
  *) scenario="$1"; shift ;;
esac

run="$root/.run"
running() { [ -f "$run/platform.json" ] && [ -f "$run/host.pid" ] && kill -0 "$(cat "$run/host.pid")" 2>/dev/null; }

say "Building (Release)…"
dotnet build "$root/bench/HaLong.Bench" -c Release -v q -nologo >&2 || die "the build failed"

if [ "$scenario" = seed ] && ! running; then die "start the platform first (./run.sh --detach --no-demo): the city is seeded into it"; fi
if [ "$scenario" != deadline ] && [ "$scenario" != sign ] && ! running; then
  say "No platform runs here; starting one for this run."
  "$root/run.sh" --detach --no-demo
  trap '"$root/run.sh" --stop' EXIT
fi

dotnet "$root/bench/HaLong.Bench/bin/Release/net10.0/HaLong.Bench.dll" "$scenario" --run "$run" --out "$root/bench/results" "$@"
