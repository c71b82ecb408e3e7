"""The configuration: every mistake named at once, the example file true, secrets apart."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Settings, SourceSettings, discord_token, load, parse, parse_duration
from bot.errors import ConfigError

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.toml"


def problems(document: dict[str, object], environ: dict[str, str] | None = None) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        parse(document, environ)
    return caught.value.problems


def test_three_mistakes_are_all_named_with_their_keys() -> None:
    found = problems({"polling": {"intervall": 60}, "web": {"port": "high"}, "sources": [{"url": "ftp://x.org/a"}]})
    assert len(found) == 3
    assert any("polling.intervall is not a key; did you mean polling.interval?" in line for line in found)
    assert any(line.startswith("web.port") for line in found)
    assert any(line.startswith("sources[1].url") for line in found)


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ({"store": {"url": "mysql://x"}}, "store.url"),
        ({"store": 5}, "store"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"network": {"allow_private": ["10.0.0.0/99"]}}, "network.allow_private[1]"),
        ({"sources": [{"name": "No address"}]}, "sources[1].url"),
        ({"sources": [{"url": "http://a.org/x"}, {"url": "HTTP://A.org:80/x"}]}, "sources[2].url"),
        ({"sources": [{"url": "http://a.org/x", "country": "Japan"}]}, "sources[1].country"),
        ({"sources": [{"url": "http://a.org/x", "language": "english"}]}, "sources[1].language"),
        ({"zone": "Europe/Pariss"}, "did you mean Europe/Paris?"),
        ({"summarizer": {"backend": "openai"}}, "summarizer.base_url"),
        ({"summarizer": {"backend": "magic"}}, "summarizer.backend"),
        ({"worker": {"processes": 0}}, "worker.processes"),
        ({"retention": {"articles": "forever"}}, "retention.articles"),
        ({"polling": {"interval": True}}, "polling.interval"),
    ],
)
def test_each_mistake_names_its_key(document: dict[str, object], key: str) -> None:
    assert any(key in line for line in problems(document))


def test_the_environment_overrides_the_file() -> None:
    environ = {
        "ATTACHE_POLLING_INTERVAL": "PT1M",
        "ATTACHE_ZONE": "Asia/Tokyo",
        "ATTACHE_NETWORK_ALLOW_PRIVATE": "127.0.0.0/8, 10.0.0.0/8",
    }
    settings = parse({"polling": {"interval": 900}}, environ)
    assert settings.polling.interval == timedelta(minutes=1)
    assert settings.zone == "Asia/Tokyo"
    assert settings.network.allow_private == ("127.0.0.0/8", "10.0.0.0/8")


def test_the_example_file_is_the_defaults_and_names_every_key() -> None:
    assert load(EXAMPLE, {}) == Settings()
    text = EXAMPLE.read_text(encoding="utf-8")
    for section in fields(Settings):
        default = getattr(Settings(), section.name)
        keys = [key.name for key in fields(default)] if is_dataclass(default) else []
        if section.name == "sources":
            keys = [key.name for key in fields(SourceSettings)]
        assert section.name in text
        for key in keys:
            assert re.search(rf"^(# )?{key} = ", text, re.MULTILINE), f"{section.name}.{key} is not explained"


def test_what_the_example_comments_out_parses_too() -> None:
    text = re.sub(r"^# (\[\[sources\]\]|\w+ = )", r"\1", EXAMPLE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = text.replace("allow_private = []\n", "")
    assert parse(tomllib.loads(text)).sources[0].country == "FRA"


def test_a_missing_or_broken_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.example\.toml"):
        load(tmp_path / "none.toml", {})
    (tmp_path / "bad.toml").write_text("a = [")
    with pytest.raises(ConfigError, match="is not TOML"):
        load(tmp_path / "bad.toml", {})


def test_the_token_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("from-file\n")
    assert discord_token({"ATTACHE_DISCORD_TOKEN": "from-env"}) == "from-env"
    assert discord_token({"ATTACHE_DISCORD_TOKEN_FILE": str(secret)}) == "from-file"
    for environ in ({}, {"ATTACHE_DISCORD_TOKEN_FILE": str(tmp_path / "none")}):
        with pytest.raises(ConfigError, match="ATTACHE_DISCORD_TOKEN"):
            discord_token(environ)


@given(st.integers(1, 10**8))
def test_durations_are_seconds_or_iso_8601(seconds: int) -> None:
    assert parse_duration(seconds) == parse_duration(f"PT{seconds}S") == timedelta(seconds=seconds)


@given(st.text(max_size=30))
def test_any_text_is_a_duration_or_a_sentence(text: str) -> None:
    try:
        assert parse_duration(text) > timedelta(0)
    except ValueError as error:
        assert "must" in str(error)
