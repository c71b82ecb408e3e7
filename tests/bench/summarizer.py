"""How fast the summarizer is, beside sumy's LexRank and TextRank in the same run: python tests/bench/summarizer.py DIR.

Articles come from `summaries_dev.jsonl` in DIR. CPU seconds of one process, after one article to load what is lazy;
start-up is a fresh interpreter up to its first summary. Prints figures and judges nothing: machines differ, so look at
the ratios. Python's collector runs as seldom as in a worker process. sumy is optional.
"""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.evaluation.summaries import as_reading, read_rows
from bot.grouping.similarity import signature
from bot.ports import Budget
from bot.service.worker import collect_seldom
from bot.summarizing.extractive import summarize_article
from bot.understanding.article import understand

ARTICLES = 200
SLOW_ARTICLES = 20
"""sumy takes about a second for each few articles."""


def ours(text: str) -> object:
    one = as_reading(text, "bench")
    return summarize_article(one.article, one.understanding, Budget())


def all_after_extraction(text: str) -> object:
    """Understanding, what grouping computes of an article, and its points."""
    found = understand(as_reading(text, "bench").article)
    signature(found.article, found.understanding)
    return summarize_article(found.article, found.understanding, Budget())


START = """
from bot.evaluation.summaries import as_reading
from bot.summarizing.extractive import summarize_article
one = as_reading("Finland and Estonia agreed on Monday to build a terminal. It opens in 2029.", "bench")
summarize_article(one.article, one.understanding)
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
"""


def start_up() -> tuple[float, int]:
    """CPU seconds and megabytes of a fresh interpreter that writes one summary."""
    said = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]), int(said[1])


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
    seconds, megabytes = start_up()
    collect_seldom()
    own = rate(ours, texts[:ARTICLES])
    print(f"attache, key points: {own:.0f} articles per CPU second")
    print(f"attache, all after extraction: {rate(all_after_extraction, texts[:ARTICLES]):.0f} articles per CPU second")
    print(f"start-up to the first summary: {seconds:.2f} CPU seconds, {megabytes} MB")
    print(f"memory at the end: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")
    for name, method in sumy_methods().items():
        theirs = rate(method, texts[:SLOW_ARTICLES])
        print(f"{name}: {theirs:.1f} articles per CPU second; attache is {own / theirs:.0f} times as fast")


if __name__ == "__main__":
    main()
