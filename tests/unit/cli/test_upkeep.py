"""`attache config`: what it shows holds no secret."""

import json
from pathlib import Path

import pytest

from bot.cli.upkeep import config_


@pytest.mark.parametrize("secret", ["user:pass", "user:p@ss", "token", "a@b:c@d"])
def test_no_name_or_password_of_an_address_is_shown(
    secret: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[discord]\napi_url = "https://{secret}@proxy.example/api"\n')
    assert config_(config=file) == 0
    assert json.loads(capsys.readouterr().out)["discord"]["api_url"] == "https://…@proxy.example/api"
