"""How fast the summarizer is, beside sumy's LexRank and TextRank in the same run: python tests/bench/summarizer.py DIR.

Articles come from `summaries_dev.jsonl` in DIR. CPU seconds of one process, after one article to load what is lazy.
Prints figures and judges nothing: machines differ. sumy is optional.
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.evaluation.summaries import as_reading, read_rows
from bot.ports import Budget
from bot.summarizing.extractive import summarize_article

ARTICLES = 200
SLOW_ARTICLES = 20
"""sumy takes about a second for each few articles."""


def ours(text: str) -> object:
    one = as_reading(text, "bench")
    return summarize_article(one.article, one.understanding, Budget())


def sumy_methods() -> dict[str, Callable[[str], object]]:
    try:
        from sumy.nlp.stemmers import Stemmer
        from sumy.parsers.plaintext import PlaintextParser
        from sumy.summarizers.lex_rank import LexRankSummarizer
        from sumy.summarizers.text_rank import TextRankSummarizer
    except ImportError:
        return {}
    from bot.text.sentences import sentences

    class Tokens:
        """sumy's own tokenizer downloads a model; ours does not."""

        def to_sentences(self, text: str) -> list[str]:
            return [text[span.start : span.end] for span in sentences(text, "en")]

        def to_words(self, text: str) -> list[str]:
            return text.split()

    def method(summarizer: Callable[..., object]) -> Callable[[str], object]:
        return lambda text: summarizer(PlaintextParser.from_string(text, Tokens()).document, 4)

    return {
        "sumy LexRank": method(LexRankSummarizer(Stemmer("english"))),
        "sumy TextRank": method(TextRankSummarizer(Stemmer("english"))),
    }


def rate(method: Callable[[str], object], texts: list[str]) -> float:
    """Articles for each CPU second."""
    method(texts[0])
    start = time.process_time()
    for text in texts:
        method(text)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    texts = [row.texts[0] for row in read_rows(Path(sys.argv[1]) / "summaries_dev.jsonl")]
    print(f"attache: {rate(ours, texts[:ARTICLES]):.0f} articles/s")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")
    for name, method in sumy_methods().items():
        print(f"{name}: {rate(method, texts[:SLOW_ARTICLES]):.0f} articles/s")


if __name__ == "__main__":
    main()
