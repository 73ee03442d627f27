#!/usr/bin/env bash
# Installs what tests need, builds with warnings as errors, runs every test project against real servers.
#   ./test.sh [--filter X] [--no-install]     X: part of a test project's name, else part of a test's name
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/eng/lib.sh"

filter="" install=yes
while [ $# -gt 0 ]; do
  case "$1" in
    --filter) filter="${2:?--filter takes a word}"; shift ;;
    --no-install) install="" ;;
    -h | --help) sed -n '2,3p' "${BASH_SOURCE[0]}" | cut -c3-; exit 0 ;;
    *) die "unknown option: $1" ;;
  esac
  shift
done

# What breaks before the first test is a failure too.
broke() { say "error: $*"; echo "0 passed, 1 failed"; exit 1; }

started=$SECONDS
logs="$(mktemp -d)" lanes=() format=""
trap 'rm -rf "$logs"' EXIT
trap '[ ${#lanes[@]} = 0 ] || kill "${lanes[@]}" 2>/dev/null; [ -z "$format" ] || kill "$format" 2>/dev/null; exit 130' INT TERM

# Hundreds of hosts in one process: watching their settings files would use up the watches a user may have.
export DOTNET_hostBuilder__reloadConfigOnChange=false
# Hardly any code of a test run gets hot enough for counting its calls to pay.
export DOTNET_TieredPGO=0
[ -z "$install" ] || ensure_prerequisites test
if [ -n "${CI:-}" ]; then locked=(-p:RestoreLockedMode=true); else locked=(); fi
say "Building…"
# One compiler for all projects halves the time of the build; it is ended at once, so that nothing of it outlives the tests.
dotnet build "$root/HaLongServices.sln" -c Release -v q -nologo -p:UseSharedCompilation=true "${locked[@]}" || broke "the build failed"
dotnet build-server shutdown --vbcscompiler >/dev/null 2>&1 || true
say "built after $((SECONDS - started)) s"
if [ -n "${CI:-}" ]; then
  # Beside the first tests, which wait for servers most of their time.
  say "Checking the format…"
  dotnet format whitespace "$root/HaLongServices.sln" --no-restore --verify-no-changes >"$logs/format" 2>&1 & format=$!
fi
if [ -n "$install" ] && [ ! "$root/tests/node/node_modules/.package-lock.json" -nt "$root/tests/node/package-lock.json" ]; then
  (cd "$root/tests/node" && npm ci --no-audit --no-fund --silent) || broke "npm could not install the independent checkers"
fi

projects=() arguments=()
for project in "$root"/tests/*.Tests; do
  name="$(basename "$project")"
  if [ -z "$filter" ] || [[ "$name" == *"$filter"* ]]; then projects+=("$name"); fi
done
if [ ${#projects[@]} = 0 ]; then
  for project in "$root"/tests/*.Tests; do projects+=("$(basename "$project")"); done
  arguments=(--filter-method "*$filter*" --minimum-expected-tests 0 --ignore-exit-code 8)
fi

# Runs one project into a log of its own.
run() {
  local exe="$root/tests/$1/bin/Release/net10.0/$1" at=$SECONDS code=0
  [ -x "$exe" ] || return 0
  (cd "$root/tests/$1" && exec "$exe" --no-progress --no-ansi "${arguments[@]}") >"$logs/$1" 2>&1 || code=$?
  echo "$code $((SECONDS - at))" >"$logs/$1.end"
  say "… $1 ended after $((SECONDS - at)) s"
}

passed=0 failed=0 broken="" failures=""
report() {
  local name="$1" log="$logs/$1" code=1 took=0 ok bad
  [ -f "$log.end" ] || { broken="$broken $name"; return 0; }
  read -r code took <"$log.end"
  ok="$(grep -oE '^ *succeeded: [0-9]+' "$log" | grep -oE '[0-9]+' | tail -n 1 || true)"
  bad="$(grep -oE '^ *failed: [0-9]+' "$log" | grep -oE '[0-9]+' | tail -n 1 || true)"
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0}))
  printf '%-32s %4s passed %3s failed %4s s\n' "$name" "${ok:-0}" "${bad:-0}" "$took"
  [ "$code" != 0 ] || return 0
  # A run that broke off counts as failed even when it could not count its tests.
  if [ "${bad:-0}" = 0 ]; then
    failed=$((failed + 1)) broken="$broken $name"
    grep -vE '^\s*$' "$log" | tail -n 40 || true
    return 0
  fi
  local test
  while read -r test; do again+=("$name $test"); done < <(grep -oE '^failed [^ (]+' "$log" | cut -d' ' -f2 | sort -u)
  # Services talk a lot in between: only what went wrong.
  failures="$failures$(grep -E -A 14 '^failed ' "$log" | sed "s/^failed/failed: $name:/" || true)"$'\n'
}

# A few tests that failed beside hundreds of others are run once more, alone: a machine that was busy at the wrong moment is told from a
# defect, and both are named at the end. More than a few are never chance.
again=() chance=""
second_try() {
  [ ${#again[@]} -gt 0 ] && [ ${#again[@]} -le 3 ] && [ -z "$broken" ] || return 0
  local entry name test was
  for entry in "${again[@]}"; do
    name="${entry% *}" test="${entry#* }"
    was="$(grep -cE "^failed ${test//./\\.}( |\()" "$logs/$name" || true)"
    if (cd "$root/tests/$name" && exec "bin/Release/net10.0/$name" --no-progress --no-ansi --filter-method "$test") >"$logs/$name.again" 2>&1; then
      passed=$((passed + was)) failed=$((failed - was)) chance="$chance $test"
    fi
  done
}

# Most projects wait for servers half of their time, those of outages nearly all of it: two run at once, and outages beside them. What stands the
# whole platform up has the machine nearly for itself. The longest come first: else one of them ends alone.
beside=() alone=() long=() queue=() light=()
for name in "${projects[@]}"; do
  case "$name" in
    HaLong.Messaging.Tests) beside+=("$name") ;;
    HaLong.EndToEnd.Tests | HaLong.AppHost.Tests) alone+=("$name") ;;
    HaLong.Architecture.Tests | HaLong.Bench.Tests | HaLong.Cli.Tests) light+=("$name") ;;
    HaLong.Dossiers.Tests | HaLong.Identity.Tests | HaLong.Signatures.Tests) long+=("$name") ;;
    *) queue+=("$name") ;;
  esac
done
queue=("${long[@]}" "${queue[@]}")

# A lane runs what nobody has taken yet.
lane() {
  local name
  for name in "$@"; do
    if mkdir "$logs/$name.taken" 2>/dev/null; then run "$name"; fi
  done
}

# What is short goes beside those that stand the whole platform up and wait for it.
lane "${light[@]}" & lanes+=($!)
for name in "${alone[@]}"; do run "$name"; report "$name"; done
[ -z "$format" ] || wait "$format" || { tail -n 20 "$logs/format"; broke "run: dotnet format"; }
format=""
lane "${beside[@]}" & lanes+=($!)
lane "${queue[@]}" & lanes+=($!)
lane "${queue[@]}" & lanes+=($!)
wait "${lanes[@]}" || true
lanes=()
for name in "${queue[@]}" "${beside[@]}" "${light[@]}"; do report "$name"; done

second_try
# At the end: output that is cut keeps its last lines.
[ -z "$failures" ] || say "$failures"
[ -z "$chance" ] || say "passed only when run again alone:$chance"
[ -z "$broken" ] || say "did not finish:$broken"
say "took $((SECONDS - started)) s"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ] && [ -z "$broken" ]
