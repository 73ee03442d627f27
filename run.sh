#!/usr/bin/env bash
# Starts the whole platform on this machine and shows where it is. ./run.sh --help
# shellcheck source=eng/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/eng/lib.sh"

usage() {
  cat <<'EOF'
./run.sh [options]
  (none)             start, print URLs and demo accounts, stream logs; Ctrl-C stops everything
  --detach           start in the background and return when healthy
  --stop             stop the platform that was started here
  --status           print what runs
  --reset            drop all data (the platform must be stopped; alone: only drops)
  --journey          one dossier from filing to its signed result; starts a platform when none runs
    --out DIR        keep the evidence of the journey
    --assisted       a helper files at the citizen's side, with the citizen's consent
    --signatures     the citizen signs the application, the approver several results in one batch
    --variant NAME   another way to the end: supplement, fee, extension, refusal, late, over, refund (also: plain, assisted)
    --all            every variant, one after the other; evidence under DIR/NAME
  --port N           port of the gateway (default 5080)
  --replicas N       replicas of each service (default 1)
  --native | --aspire  how to host: child processes, or containers by Aspire (default for a start in the foreground: Aspire where a
                     container engine answers and its packages restore; otherwise native). The other options are of the native host;
                     Aspire has its own dashboard
  --no-demo          without the demonstration city: 300 dossiers in all states, filed in the background of the first start
  --check            only report what is missing on this machine
  --verbose          more output
EOF
}

action=start demo=yes out="" variant="" port="" replicas=1 mode="" reset="" detach="" journey="" verbose="" alone=yes
[ $# -le 1 ] || alone=""
case "${HALONG_APPHOST:-}" in [Aa]spire) mode=Aspire ;; [Nn]ative) mode=Native ;; esac

set_variant() {
  case "${variant:-$1}" in "$1") variant="$1" ;; *) die "one variant at a time: $variant or $1" ;; esac
  case "$1" in plain | assisted | supplement | fee | extension | refusal | late | over | refund | signatures | all) ;; *) die "unknown variant: $1" ;; esac
}

while [ $# -gt 0 ]; do
  case "$1" in
    --detach) detach=yes ;;
    --no-demo) demo="" ;;
    --stop) action=stop ;;
    --status) action=status ;;
    --reset) reset=yes ;;
    --journey) journey=yes ;;
    --assisted) set_variant assisted ;;
    --signatures) set_variant signatures ;;
    --variant) set_variant "${2:?--variant takes a name}"; shift ;;
    --all) set_variant all ;;
    --out) out="${2:?--out takes a folder}"; shift ;;
    --port) port="${2:?--port takes a number}"; shift ;;
    --replicas) replicas="${2:?--replicas takes a number}"; shift ;;
    --native) mode=Native ;;
    --aspire) mode=Aspire ;;
    --check) action=check ;;
    --verbose) verbose=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; die "unknown option: $1" ;;
  esac
  shift
done
for number in "${port:-1}" "$replicas"; do
  case "$number" in '' | *[!0-9]*) die "not a number: $number" ;; esac
done

[ -z "$variant" ] || [ -n "$journey" ] || die "--assisted, --signatures, --variant and --all are for --journey"

run="$root/.run"
pid_file="$run/host.pid"

# The pid file may outlive its process, and its number may have been given to another one.
running() {
  [ -f "$pid_file" ] && kill -0 "$(cat "$pid_file")" 2>/dev/null && tr '\0' ' ' <"/proc/$(cat "$pid_file")/cmdline" 2>/dev/null | grep -q 'AppHost'
}

# What files the demonstration city beside the platform; ends with it.
demo_pid="$run/demo.pid"
start_demo() {
  [ -n "$demo" ] || return 0
  setsid nohup dotnet "$root/eng/HaLong.Cli/bin/Release/net10.0/HaLong.Cli.dll" demo --run "$run" >"$run/logs/demo.log" 2>&1 </dev/null &
  echo $! >"$demo_pid"
}

stop_demo() {
  local pid
  [ -f "$demo_pid" ] || return 0
  pid="$(cat "$demo_pid")"
  rm -f "$demo_pid"
  if tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null | grep -q 'HaLong.Cli.dll demo'; then kill -TERM "$pid" 2>/dev/null || true; fi
}

stop_platform() {
  stop_demo
  running || [ -n "${host_pid:-}" ] || return 0
  local pid="${host_pid:-}" end
  if running; then pid="$(cat "$pid_file")"; fi
  kill -TERM "$pid" 2>/dev/null || return 0
  end=$((SECONDS + 9))
  while [ "$SECONDS" -lt "$end" ]; do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  say "The host did not stop in time; ending it. Its children end with it."
  kill -KILL "$pid" 2>/dev/null || true
}

choose_mode() {
  if [ -n "$detach$journey$reset" ]; then
    [ "$mode" != Aspire ] || die "--aspire starts in the foreground only; see the Aspire dashboard for the rest"
    mode=Native
  fi
  [ -z "$mode" ] || return 0
  mode=Native
  # The registry is asked for Aspire only where a container engine answers.
  if { command -v docker >/dev/null && timeout 5 docker info >/dev/null 2>&1; } || { command -v podman >/dev/null && timeout 5 podman info >/dev/null 2>&1; }; then
    if AppHostMode=Aspire dotnet restore "$root/AppHost/AppHost.csproj" -p:AppHostMode=Aspire >/dev/null 2>&1; then mode=Aspire; fi
  fi
}

start_host() { # prints nothing; leaves $host_pid
  mkdir -p "$run/logs"
  rm -f "$run/resources.json" "$run/platform.json"
  local host=(dotnet "$root/AppHost/bin/Release/net10.0/AppHost.dll" --RunDirectory "$run" --GatewayPort "${port:-5080}" --Replicas "$replicas")
  # Inherited by every service.
  [ -z "$verbose" ] || export Logging__LogLevel__Default=Debug
  export DOTNET_ENVIRONMENT=Development ASPNETCORE_ENVIRONMENT=Development
  if [ -n "$1" ]; then
    NO_COLOR=1 setsid nohup "${host[@]}" >"$run/logs/host.log" 2>&1 </dev/null &
  else
    "${host[@]}" &
  fi
  host_pid=$!
}

prepare() {
  running && die "already running (./run.sh --status, ./run.sh --stop)"
  choose_mode
  if [ "$mode" = Aspire ]; then start_aspire; fi
  ensure_prerequisites run
  APPHOST_MODE=Native build_platform
}

# Aspire's own host and dashboard; secrets are generated once and kept, as in native mode.
start_aspire() {
  say "Hosting by Aspire (containers)."
  mkdir -p "$run"
  [ -f "$run/aspire.env" ] || (umask 077 && for name in $(grep -oE 'AddParameter\("[a-z-]+", secret: true\)' "$root/AppHost/AppHost.cs" | cut -d'"' -f2) \
    $(grep -oE 'Secret\("[a-z-]+"\)' "$root/AppHost/AppHost.cs" | cut -d'"' -f2); do
    printf 'Parameters__%s=%s\n' "$name" "$(head -c 18 /dev/urandom | base64 | tr '+/' 'ab')"
  done | sort -u >"$run/aspire.env")
  # shellcheck disable=SC2046
  exec env $(cat "$run/aspire.env") AppHostMode=Aspire HALONG_APPHOST=Aspire dotnet run --project "$root/AppHost" -c Release -p:AppHostMode=Aspire -- \
    --GatewayPort "${port:-5080}" --Replicas "$replicas"
}

drop_data() {
  running && die "stop the platform first: ./run.sh --stop"
  if [ -d "$run" ]; then
    # Data folders may be links into a place that the database's own user can reach.
    local link
    for link in "$run"/* "$run"/data/*; do
      if [ -L "$link" ]; then
        case "$(readlink -f "$link")" in /var/tmp/halong-*) rm -rf "$(readlink -f "$link")" ;; esac
      fi
    done
    rm -rf "$run"
  fi
  say "All data of this platform is dropped."
}

if [ -n "$reset" ]; then
  if [ "$action" = stop ]; then stop_platform; fi
  drop_data
  [ -z "$alone" ] && [ "$action" = start ] || exit 0
fi

case "$action" in
  check) ensure_prerequisites run check; exit $? ;;
  stop) if running; then stop_platform; say "stopped"; else say "not running"; fi; exit 0 ;;
  status)
    [ -f "$root/eng/HaLong.Cli/bin/Release/net10.0/HaLong.Cli.dll" ] || die "nothing was started here yet"
    halong status --run "$run"; exit $? ;;
esac

if [ -n "$journey" ]; then
  started=""
  if ! running; then
    prepare
    start_host detached
    started=yes
    trap 'stop_platform' EXIT
  fi
  halong ready --run "$run" || { tail -n 40 "$run/logs/host.log" >&2; exit 1; }
  status=0 arguments=(journey --run "$run")
  [ -z "$out" ] || { mkdir -p "$out"; arguments+=(--out "$(cd "$out" && pwd)"); }
  [ -z "$variant" ] || arguments+=(--variant "$variant")
  halong "${arguments[@]}" || status=$?
  exit "$status"
fi

prepare
if [ -n "$detach" ]; then
  start_host detached
  halong ready --run "$run" || { tail -n 40 "$run/logs/host.log" >&2; stop_platform; exit 1; }
  start_demo
  exit 0
fi

# A shell starts background processes deaf to Ctrl-C, so the host is told by TERM.

trap 'stop_platform' INT TERM HUP EXIT
start_host ""
halong ready --run "$run" || { stop_platform; exit 1; }
start_demo
while kill -0 "$host_pid" 2>/dev/null; do wait "$host_pid" || true; done
