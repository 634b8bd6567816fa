"""What the examples in deploy/ promise: the web server lets through what the house takes in, and no more."""

import configparser
import os
import re
import shutil
import subprocess

import pytest
import yaml
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text()
UNITS = sorted((DEPLOY / "systemd").iterdir())


@pytest.mark.parametrize(
    ("file", "line"), [("nginx.conf", r"client_max_body_size (\d+)m;"), ("Caddyfile", r"max_size (\d+)MB")]
)
def test_what_the_house_takes_in_passes_the_web_server(file, line):
    (allowed,) = re.findall(line, (DEPLOY / file).read_text())

    assert int(allowed) >= settings.UPLOAD_REQUEST_MEGABYTES


def test_files_that_nginx_hands_out_itself_are_as_harmless_as_from_the_house():
    """Of an answer with X-Accel-Redirect nginx keeps the type, the name and the time to keep it, and nothing else."""
    (protected,) = re.findall(r"location /protected/ \{(.*?)\n    \}", NGINX, re.DOTALL)

    assert "internal;" in protected
    assert "add_header X-Content-Type-Options nosniff always;" in protected
    assert "add_header Content-Security-Policy \"default-src 'none'; sandbox\" always;" in protected


def test_only_the_proxy_says_where_a_visitor_comes_from():
    assert NGINX.count("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;") == NGINX.count("proxy_pass ")
    assert "COMMUNITY_TRUSTED_PROXIES=1" in (DEPLOY / "paraplu.env.example").read_text()


# --- Each file by its own program, where that is installed -------------------------------------------


def run(*command, **options) -> str:
    """What the program says; an exit code other than 0 fails with it."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, **options)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def program(name: str) -> str:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") or pytest.skip(f"{name} is not installed here")


def test_nginx_takes_its_file(tmp_path):
    nginx = program("nginx")
    openssl = program("openssl")
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=paraplu.example")
    run(openssl, *new, "-keyout", str(key), "-out", str(certificate))
    site = NGINX.replace("/etc/letsencrypt/live/paraplu.example", str(tmp_path))
    site = site.replace("listen 80;", "listen 127.0.0.1:18080;").replace("listen 443 ssl", "listen 127.0.0.1:18443 ssl")
    main = f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {TEMPORARY % ((tmp_path,) * 5)} "
    (tmp_path / "nginx.conf").write_text(main + site + "}")

    said = run(nginx, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"))

    assert "syntax is ok" in said and "[warn]" not in said


TEMPORARY = "".join(f"{kind}_temp_path %s/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))


def test_caddy_takes_its_file():
    environment = {**os.environ, "SITE_ADDRESS": "paraplu.example"}

    said = run(
        program("caddy"), "validate", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile", env=environment
    )

    assert "Valid configuration" in said


def test_compose_takes_its_file(tmp_path):
    (tmp_path / "deploy").mkdir()
    shutil.copy(DEPLOY / "compose.yaml", tmp_path / "deploy")
    example = (DEPLOY / "paraplu.env.example").read_text().replace("POSTGRES_PASSWORD=\n", "POSTGRES_PASSWORD=x\n")
    (tmp_path / "deploy" / "paraplu.env").write_text(example)

    said = run(
        program("docker-compose"),
        *("--env-file", "deploy/paraplu.env", "-f", "deploy/compose.yaml", "config"),
        cwd=tmp_path,
    )

    assert "community.asgi:application" in said


def test_systemd_takes_its_units(tmp_path):
    """The programs of the installation are not here, so that `true` stands in their place."""
    analyze = program("systemd-analyze")
    for unit in UNITS:
        text = re.sub(r"/opt/paraplu/\.venv/bin/\w+", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text.replace("User=paraplu", "User=root"))

    said = run(
        analyze, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS),
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )  # fmt: skip

    assert [line for line in said.splitlines() if "paraplu" in line] == []


# --- And what holds without those programs ------------------------------------------------------------


def test_compose_starts_only_commands_of_ours_and_waits_for_the_tables():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]

    ours = {name: service for name, service in services.items() if service["image"] == "paraplu"}
    assert set(ours) == {"prepare", "web", "sockets", "worker", "beat"}
    waiting = {name for name, service in ours.items() if "prepare" in service["depends_on"]}
    assert waiting == set(ours) - {"prepare"}
    assert {name for name, service in services.items() if "ports" in service} == {"caddy"}
    assert all(service["image"].count(":") == 1 for service in services.values() if service["image"] != "paraplu")


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name)
def test_every_service_runs_with_as_little_as_it_needs(unit):
    parser = configparser.ConfigParser(strict=True, interpolation=None)
    parser.optionxform = str
    parser.read_string(unit.read_text())
    service = dict(parser["Service"])

    assert service["User"] == "paraplu" and service["EnvironmentFile"] == "/etc/paraplu/paraplu.env"
    assert service["ProtectSystem"] == "strict" and service["NoNewPrivileges"] == "true"
    assert service["StateDirectory"] == "paraplu"  # systemd makes /var/lib/paraplu before it closes the rest


def test_the_target_starts_every_part():
    (wanted,) = re.findall(r"^Wants=(.*)$", (DEPLOY / "systemd" / "paraplu.target").read_text(), re.MULTILINE)

    parts = {unit.name for unit in UNITS} - {"paraplu.target", "paraplu-backup.service"}
    assert set(wanted.split()) == parts
