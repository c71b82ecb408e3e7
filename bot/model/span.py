"""Places in a text, counted in Unicode code points."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """`text[start:end]` of some text that the context names."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage of an article that a key point rests on; `text` equals `article.text[start:end]`."""

    article: str
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.text) != self.end - self.start:
            raise ValueError(
                f"evidence does not fit its offsets: {self.start}..{self.end}, {len(self.text)} characters"
            )
