"""`attache config`: what it shows holds no secret."""

from pathlib import Path

import pytest

from tests.fakes.command import attache


@pytest.mark.parametrize("secret", ["user:pass", "user:p@ss", "token", "a@b:c@d"])
async def test_no_name_or_password_of_an_address_is_shown(secret: str, tmp_path: Path) -> None:
    """In a child: a command sets up logging, and that holds a process's standard error for good."""
    file = tmp_path / "config.toml"
    file.write_text(f'[discord]\napi_url = "https://{secret}@proxy.example/api"\n', encoding="utf-8")
    ended = await attache("config", "--config", file, cwd=tmp_path)
    assert ended.status == 0, ended.err
    assert ended.json["discord"]["api_url"] == "https://…@proxy.example/api"
