"""The founders' evaluation data lies beside the checkout; a user's clone has none."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent / "shared"


def shared(name: str) -> Path:
    """The path of `name` in the shared folder; skips the test where it is absent."""
    path = ROOT / name
    if not path.exists():
        pytest.skip(f"the founders' shared data is not beside this clone ({name})")
    return path
