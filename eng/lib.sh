# Shared by run.sh, test.sh and bench.sh. Sourced, never run.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; return; fi
  command -v sudo >/dev/null || die "this needs root, and there is no sudo: $*"
  sudo "$@"
}

# Newest PostgreSQL of version 15 or later: prints its bin folder.
postgres_bin() {
  local dir best=""
  for dir in /usr/lib/postgresql/*/bin; do
    [ -x "$dir/postgres" ] && [ "$(basename "$(dirname "$dir")")" -ge 15 ] 2>/dev/null && best="$dir"
  done
  if [ -z "$best" ] && command -v postgres >/dev/null && [ "$(postgres --version | grep -oE '[0-9]+' | head -n 1)" -ge 15 ]; then
    best="$(dirname "$(readlink -f "$(command -v postgres)")")"
  fi
  [ -n "$best" ] && printf '%s\n' "$best"
}

have_rabbitmq() {
  local version
  version="$(find /usr/lib/rabbitmq/lib -maxdepth 1 -name 'rabbitmq_server-*' 2>/dev/null | sed 's/.*-//' | sort -V | tail -n 1)"
  [ -n "$version" ] && [ "$(printf '%s\n3.10\n' "$version" | sort -V | head -n 1)" = 3.10 ]
}
have_redis() { command -v redis-server >/dev/null && [ "$(redis-server --version | grep -oE 'v=[0-9]+' | cut -c3-)" -ge 7 ]; }
have_sdk() { command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.'; }

# Names of the OS packages that are missing for: run, test.
missing_packages() {
  postgres_bin >/dev/null || echo postgresql
  have_rabbitmq || echo rabbitmq-server
  have_redis || echo redis-server
  command -v setpriv >/dev/null || echo util-linux
  [ -e /usr/share/zoneinfo/Asia/Ho_Chi_Minh ] || echo tzdata
  if [ "${1:-run}" = test ]; then
    command -v openssl >/dev/null || echo openssl
    { command -v pdfsig && command -v pdftotext; } >/dev/null || echo poppler-utils
    command -v qpdf >/dev/null || echo qpdf
    command -v certutil >/dev/null || echo libnss3-tools
    command -v softhsm2-util >/dev/null || echo softhsm2
    command -v chromium >/dev/null || echo chromium
    command -v chromium-headless-shell >/dev/null || echo chromium-headless-shell
    { command -v clamd || [ -x /usr/sbin/clamd ]; } >/dev/null || echo clamav-daemon
    command -v node >/dev/null || echo nodejs
    command -v npm >/dev/null || echo npm
  fi
}

# Installs packages without letting them start daemons. A policy that refuses starts is put in place only where none exists, and only
# our own is removed again.
install_packages() {
  command -v apt-get >/dev/null || die "these are missing: $*. They can be installed automatically on Debian and Ubuntu only; install them by your system's means and start again."
  say "Installing with apt-get: $*"
  local policy=/usr/sbin/policy-rc.d own="" unit owner
  if [ ! -e "$policy" ]; then
    own=yes
    trap 'as_root rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi
  local failed=""
  { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } || failed=yes
  if [ -n "$own" ]; then as_root rm -f "$policy"; trap - EXIT; fi
  # The packages' own services are not ours to run: neither now nor at the next boot.
  if [ -d /run/systemd/system ]; then
    for unit in postgresql.service rabbitmq-server.service redis-server.service epmd.service clamav-daemon.service clamav-daemon.socket clamav-freshclam.service; do
      case "$unit" in epmd.*) owner=rabbitmq-server ;; clamav-*) owner=clamav-daemon ;; *) owner="${unit%.service}" ;; esac
      case " $* " in *" $owner "*) as_root systemctl disable --now --quiet "$unit" 2>/dev/null || true ;; esac
    done
  fi
  [ -z "$failed" ] || die "apt-get could not install: $*"
}

# ensure_prerequisites run|test [check]: installs what is missing, or with "check" only reports.
ensure_prerequisites() {
  have_sdk || die "the .NET 10 SDK is missing; see https://learn.microsoft.com/dotnet/core/install/linux"
  local missing
  missing="$(missing_packages "$1" | sort -u | tr '\n' ' ')"
  if [ "${2:-}" = check ]; then
    if [ -n "$missing" ]; then say "missing: $missing"; return 1; fi
    say "everything needed is here"
    return 0
  fi
  # shellcheck disable=SC2086
  [ -z "$missing" ] || install_packages $missing
  [ -z "$(missing_packages "$1")" ] || die "still missing or too old after the installation (Debian 12, Ubuntu 24.04 or newer have what is needed): $(missing_packages "$1" | tr '\n' ' ')"
}

# Builds Release only when a source file changed since the last build: a no-op build of all projects costs seconds.
build_platform() {
  local stamp="$root/.run/build.stamp" list
  mkdir -p "$root/.run"
  list="$(cd "$root" && find AppHost ServiceDefaults services gateway portal simulators eng docs/errors.md Directory.Build.props Directory.Packages.props global.json \
    -type d \( -name bin -o -name obj \) -prune -o -type f -printf '%p %T@\n' 2>/dev/null | sort | sha256sum || true)"
  if [ "${APPHOST_MODE:-Native}$list" != "$(cat "$stamp" 2>/dev/null)" ] || [ ! -f "$root/AppHost/bin/Release/net10.0/AppHost.dll" ]; then
    say "Building (Release)…"
    local log="$root/.run/build.log"
    dotnet build "$root/AppHost/AppHost.csproj" -c Release -v q -nologo "-p:AppHostMode=${APPHOST_MODE:-Native}" >"$log" 2>&1 \
      && dotnet build "$root/eng/HaLong.Cli/HaLong.Cli.csproj" -c Release -v q -nologo >>"$log" 2>&1 \
      || { tail -n 30 "$log" >&2; die "the build failed (whole log: $log)"; }
    printf '%s' "${APPHOST_MODE:-Native}$list" >"$stamp"
  fi
}

halong() { dotnet "$root/eng/HaLong.Cli/bin/Release/net10.0/HaLong.Cli.dll" "$@"; }
