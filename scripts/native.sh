# shellcheck shell=bash
# Sourced by ./up and ./test: finds or installs what they need. Nothing here starts or changes a server of the system.

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly root
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

step() { printf '==> %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

require_dotnet() {
    local wanted
    wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
    (cd "$root" && dotnet --version >/dev/null 2>&1) ||
        fail "the .NET SDK $wanted or a newer 10.x is missing: install it from https://dot.net/download, then run this again."
}

# Sets polyfill=true|false: the environment decides, else .aiapp/mode.props, else a look at the feed and the container engine.
decide_mode() {
    local file=$root/.aiapp/mode.props
    if [ -n "${Polyfill:-}" ]; then
        polyfill=$Polyfill
        return
    fi
    if [ ! -f "$file" ] || [ "${1:-}" = again ]; then
        if ! has_container_engine; then
            polyfill=true
            step "No container engine answers: PostgreSQL and Redis run natively."
        elif ! feed_has_packages; then
            polyfill=true
            step "The package feed lacks some packages: their stand-ins are used, PostgreSQL and Redis run natively."
        else
            polyfill=false
            step "Container engine and packages found: Aspire runs the stack."
        fi
        mkdir -p "$root/.aiapp"
        printf '%s\n' '<Project>' "  <!-- Decided by ./up; its option redetect decides again. -->" '  <PropertyGroup>' \
            "    <Polyfill Condition=\"'\$(Polyfill)' == ''\">$polyfill</Polyfill>" '  </PropertyGroup>' '</Project>' >"$file"
    fi
    polyfill=$(sed -n 's:.*<Polyfill[^>]*>\([a-z]*\)</Polyfill>.*:\1:p' "$file")
}

has_container_engine() {
    timeout 10 docker info >/dev/null 2>&1 || timeout 10 podman info >/dev/null 2>&1
}

# Restores what only the default mode needs, at the pinned versions, outside the clone.
feed_has_packages() {
    local folder aspire ai
    aspire=$(sed -n 's:.*<AspireVersion>\(.*\)</AspireVersion>.*:\1:p' "$root/Directory.Build.props")
    ai=$(sed -n 's:.*"Microsoft.Extensions.AI.OpenAI" Version="\([^"]*\)".*:\1:p' "$root/Directory.Packages.props")
    folder=$(mktemp -d)
    printf '%s\n' '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>' \
        "<PackageReference Include=\"Aspire.Hosting.AppHost\" Version=\"$aspire\" />" \
        "<PackageReference Include=\"Aspire.Hosting.PostgreSQL\" Version=\"$aspire\" />" \
        "<PackageReference Include=\"Microsoft.Extensions.AI.OpenAI\" Version=\"$ai\" />" '</ItemGroup></Project>' >"$folder/probe.csproj"
    local found=0
    timeout 60 dotnet restore "$folder/probe.csproj" >/dev/null 2>&1 || found=1
    rm -rf "$folder"
    return "$found"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# newest installed major version of the PostgreSQL server, empty without one
postgres_major() {
    local folder
    for folder in /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && basename "$(dirname "$folder")"
    done | sort -n | tail -1
}

# the newest that has pgvector
vector_major() {
    local file
    for file in /usr/share/postgresql/*/extension/vector.control; do
        [ -f "$file" ] && basename "$(dirname "$(dirname "$file")")"
    done | sort -n | tail -1
}

# install_native KIND...: postgres redis pdftotext chromium git npm
install_native() {
    local kind packages=()
    for kind in "$@"; do
        case $kind in
            postgres) [ -n "$(vector_major)" ] || [ -n "$(postgres_major)" ] || packages+=(postgresql) ;;
            redis) command -v redis-server valkey-server >/dev/null || packages+=(redis-server) ;;
            pdftotext) command -v pdftotext >/dev/null || packages+=(poppler-utils) ;;
            chromium) [ -n "$(find_chromium)" ] || packages+=(chromium) ;;
            git) command -v git >/dev/null || packages+=(git) ;;
            npm) command -v npm >/dev/null || packages+=(nodejs npm) ;; # installs Azurite for the tests of sources
        esac
    done
    if [ ${#packages[@]} -gt 0 ]; then
        require_apt "${packages[*]}"
        apt_install "${packages[@]}"
    fi
    case " $* " in
        *' postgres '*) [ -n "$(vector_major)" ] || install_pgvector "$(postgres_major)" ;;
    esac
}

require_apt() {
    command -v apt-get >/dev/null ||
        fail "$1 and pgvector are missing and this is not Debian or Ubuntu: install them, or set ConnectionStrings__aiapp and ConnectionStrings__redis to servers you have, or start a container engine and run ./up --redetect."
    [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null ||
        fail "$1 must be installed: run this once as root, or install sudo."
}

# Installs without starting or enabling any service that was not there before. A subshell: its trap undoes whatever happens.
apt_install() (
    policy=/usr/sbin/policy-rc.d cluster=/etc/postgresql-common/createcluster.d/aiapp.conf undo=()
    trap '[ ${#undo[@]} -eq 0 ] || as_root rm -f "${undo[@]}"' EXIT
    step "Installing $* with apt"
    if [ ! -e "$policy" ]; then
        undo+=("$policy")
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    if ! dpkg -s postgresql-common >/dev/null 2>&1; then
        undo+=("$cluster")
        as_root mkdir -p "$(dirname "$cluster")"
        echo 'create_main_cluster = false' | as_root tee "$cluster" >/dev/null
    fi
    log=$root/.aiapp/logs/apt.log ok=0
    mkdir -p "$(dirname "$log")"
    {
        as_root apt-get update -qq || true # an unrelated source that is down must not stop the install
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
    } >"$log" 2>&1 || ok=$?
    [ "$ok" -eq 0 ] || { tail -5 "$log" >&2; fail "apt could not install $*; see $log"; }
    case " $* " in
        *' redis-server '*) as_root systemctl disable -q redis-server >/dev/null 2>&1 || true ;;
    esac
)

install_pgvector() {
    local major=$1
    require_apt "pgvector for PostgreSQL $major"
    as_root apt-get update -qq >/dev/null 2>&1 || true
    if apt-cache show "postgresql-$major-pgvector" >/dev/null 2>&1; then
        apt_install "postgresql-$major-pgvector"
    else
        apt_install "postgresql-server-dev-$major" gcc make libc6-dev
        build_pgvector "$major"
    fi
    [ -n "$(vector_major)" ] || fail "pgvector for PostgreSQL $major could not be installed."
}

# build_pgvector MAJOR [DESTDIR]: from the distribution's own source package of a newer release, which apt checks against
# the signed index of this machine's own mirror.
build_pgvector() {
    local major=$1 destination=${2:-} folder suite origin mirror
    origin=$(. /etc/os-release && echo "$ID")
    case $origin in
        debian) suite='trixie main' ;;
        ubuntu) suite='noble universe' ;;
        *) fail "pgvector is not packaged for PostgreSQL $major here: install it, or set ConnectionStrings__aiapp." ;;
    esac
    # shellcheck disable=SC2016 # apt's own format language
    mirror=$(apt-get indextargets --format '$(LABEL) $(REPO_URI)' 'Created-By: Packages' |
        awk -v label="$origin" 'tolower($1) == label && $2 !~ /security/ { print $2; exit }')
    [ -n "$mirror" ] || fail "apt knows no mirror of $origin to take pgvector's source from."
    step "Building pgvector for PostgreSQL $major from the source package of $origin ${suite%% *}"
    folder=$(mktemp -d)
    mkdir -p "$folder/parts" "$folder/lists/partial"
    local keyring=/usr/share/keyrings/$origin-archive-keyring.gpg
    echo "deb-src [signed-by=$keyring] $mirror $suite" >"$folder/parts/pgvector.list"
    : >"$folder/none"
    local apt=(apt-get -qq -o "Dir::Etc::sourcelist=$folder/none" -o "Dir::Etc::sourceparts=$folder/parts"
        -o "Dir::State::lists=$folder/lists" -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=0)
    (
        cd "$folder"
        "${apt[@]}" update
        "${apt[@]}" source --download-only pgvector
        mkdir source
        tar -xf pgvector_*.orig.tar.* --strip-components=1 -C source
        # OPTFLAGS empty: the library may be carried to another processor of this architecture.
        make -s -C source -j"$(nproc)" OPTFLAGS="" with_llvm=no PG_CONFIG="/usr/lib/postgresql/$major/bin/pg_config"
        as_root make -s -C source install with_llvm=no PG_CONFIG="/usr/lib/postgresql/$major/bin/pg_config" ${destination:+DESTDIR="$destination"}
    ) >"$root/.aiapp/logs/pgvector.log" 2>&1 || { tail -5 "$root/.aiapp/logs/pgvector.log" >&2; rm -rf "$folder"; fail "pgvector could not be built; see .aiapp/logs/pgvector.log"; }
    rm -rf "$folder"
}

find_chromium() {
    local name
    for name in "${AIAPP_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" && return
    done
    return 0
}

# stack_runs: another AppHost of this clone holds the lock (the kernel drops it with the process)
stack_runs() {
    [ -f "$root/.aiapp/apphost.lock" ] && ! flock -n "$root/.aiapp/apphost.lock" true
}
