"""What the examples in deploy/ promise: the web server lets through what the house takes in, and no more."""

import re

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text()


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
