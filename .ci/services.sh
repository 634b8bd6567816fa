# PostgreSQL and Redis of our own, on free ports, for .ci/run. Sourced; expects SCRATCH.

install_packages() {
  [ "$(id -u)" = 0 ] || refuse "please install $* first (only root can)"
  [ -n "${APT_UPDATED:-}" ] || apt-get update -qq
  APT_UPDATED=yes
  echo "Installing $* …"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$SCRATCH/apt.log" 2>&1 ||
    { tail -n 20 "$SCRATCH/apt.log"; refuse "could not install $*"; }
}

# need_program PROGRAM PACKAGE
need_program() { command -v "$1" >/dev/null || install_packages "$2"; }

# The folder with initdb and pg_ctl; Debian keeps it outside PATH.
postgres_programs() { ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname | grep .; }

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

free_port() { "$PYTHON" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

start_services() {
  local programs port redis_port
  programs=$(postgres_programs) && port=$(free_port) && redis_port=$(free_port)
  mkdir "$SCRATCH/services" "$SCRATCH/postgres"
  [ "$(id -u)" != 0 ] || chown postgres "$SCRATCH/postgres"
  (
    cd "$SCRATCH/postgres"
    as_postgres "$programs/initdb" -D "$SCRATCH/postgres/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
    as_postgres "$programs/pg_ctl" -D "$SCRATCH/postgres/data" -w -s -l "$SCRATCH/postgres/log" -o "-p $port -k $SCRATCH/postgres \
      -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" start
  ) >"$SCRATCH/initdb.log" 2>&1 || { cat "$SCRATCH/initdb.log" "$SCRATCH/postgres/log"; refuse "PostgreSQL did not start"; }
  POSTGRES_URL=postgres://postgres@127.0.0.1:$port
  redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --daemonize yes \
    --dir "$SCRATCH" --pidfile "$SCRATCH/redis.pid" >/dev/null
  for _ in $(seq 50); do redis-cli -p "$redis_port" ping >/dev/null 2>&1 && break; sleep 0.1; done
  redis-cli -p "$redis_port" ping >/dev/null || refuse "Redis did not start"
  REDIS_URL=redis://127.0.0.1:$redis_port/0
  echo "PostgreSQL listens on port $port, Redis on port $redis_port."
}

stop_services() {
  if [ -f "$SCRATCH/postgres/data/postmaster.pid" ]; then
    as_postgres "$(postgres_programs)/pg_ctl" -D "$SCRATCH/postgres/data" -m immediate -s stop || true
  fi
  if [ -f "$SCRATCH/redis.pid" ]; then kill "$(cat "$SCRATCH/redis.pid")" || true; fi
}
