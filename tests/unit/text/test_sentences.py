"""Sentence spans: known traps, and what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import first_sentences, paragraphs, sentences
from bot.text.sentences import MAX_SENTENCE


def cut(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["U.S. officials met Mr. Smith in Sept. at the G-7.", "Growth was 5.3 percent."]),
        ("en", ['"We will go," he said.', "“We won’t stay.”", "He left the E.U. summit on Oct. 7."]),
        ("en", ["He met Gen. Lee and Lt. Col. Kim.", "They spoke at 5 p.m. Monday in Washington, D.C."]),
        ("en", ["The yen fell in July-Sept.", "It rose again.", 'He said: "Stop!"', "Then he left."]),
        ("fr", ["Le président M. Macron a dit « Nous irons. »", "Mme. Dupont est restée à Genève."]),
        ("de", ["Am 3. Mai traf Dr. Müller die Minister.", "Das 19. Jahrhundert ist vorbei."]),
        ("es", ["El Sr. López dijo que EE. UU. no irá.", "¿Por qué?", "El 5,3 por ciento subió."]),
        ("ru", ["В 2025 г. выросли цены.", "Это 5 млн руб. за год."]),
        ("ar", ["قال الوزير إن الاتفاق جيد.", "هل هذا صحيح؟", "نعم."]),
        ("de", ["Dipl.-Ing. Weber sagte 3 Mrd. Euro zu, inkl. Zinsen.", "„Warum?“ fragte er."]),
        ("fr", ["« Vraiment ? » demande-t-il.", "MM. Dupont et Roux ont vu le gén. Moreau."]),
        ("es", ["El ministro, Ing. Gonzalo Ferrería, y la Dra. Ruiz viajaron.", "Firmó el Gral. Soto."]),
        ("pt", ["O Exmo. Sr. Ministro viajou.", "A Dra. Costa assinou."]),
        ("ru", ["«Почему?» - спросил он.", "«Да!» — ответил ген. Петров."]),
        ("ar", ["قال د. سامي الجبوري إن الاتفاق مهم.", "ورحب أ. د. محمد علي بذلك."]),
        ("hi", ["भारत ने कहा।", "वह गया।"]),
        ("ko", ["외교부는 6일 밝혔다.", "다음 회담은 서울에서 열린다."]),
    ],
)
def test_spaced_scripts(language: str, expected: list[str]) -> None:
    assert cut(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["首相は「行く。必ず行く」と述べた。", "次の会談は7日。"],
        ["（共同）記者団に「３．５件だ！」と語った。", "本当か？！", "はい。"],
        ["他说：“我们会继续努力。合作。”", "随后他离开了北京。"],
        ["外相は「話す。」と言った。", "閉じない「かぎの文。", "次の文。"],
    ],
)
def test_chinese_and_japanese(expected: list[str]) -> None:
    assert cut("".join(expected), "ja") == expected


def test_a_blank_line_ends_a_sentence_and_a_line_end_does_not() -> None:
    assert cut("no stop here\n \t\nnext\nline goes on") == ["no stop here", "next\nline goes on"]


def test_paragraphs_are_trimmed() -> None:
    text = "\n\n one \n\n\n two\nlines \n\n"
    assert [text[p.start : p.end] for p in paragraphs(text)] == ["one", "two\nlines"]


@pytest.mark.parametrize("text", ["", " \n\n\t ", "\n"])
def test_nothing_has_no_sentence(text: str) -> None:
    assert sentences(text, "und") == ()


@pytest.mark.parametrize("unit", ["word ", "a", "あ", "「", "U.S. ", "؟", "。", "あ. ", "(“", "\n"])
def test_long_input_without_ends_is_cut_into_bounded_pieces(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    spans = sentences(text, "und")
    assert all(0 < span.end - span.start <= MAX_SENTENCE for span in spans)
    assert sum(len(text[s.start : s.end].replace(" ", "")) for s in spans) == len("".join(text.split()))


_TEXT = st.text(st.sampled_from("aB1 .。！？?!\"'“”「」（）\n\u3000\tあ漢م؟。Mr.") | st.characters(), max_size=300)


@given(_TEXT, st.sampled_from(["en", "ja", "de", "und"]))
def test_spans_are_ordered_trimmed_and_hold_every_visible_character(text: str, language: str) -> None:
    spans = sentences(text, language)
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        assert text[end : span.start].strip() == ""
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        assert "\n\n" not in piece
        end = span.end
    assert text[end:].strip() == ""


_PIECES = ["Envoys met. ", "“No,” he said. ", "U.S. aid ", "\n\n", "\n", "会談した。", "x" * 30 + " "]


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_the_first_sentences_are_the_first_of_all_as_far_as_they_reach(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = first_sentences(text, "en", most=5, reach=120)
    every = sentences(text, "en")
    assert len(found) <= 5
    for one, whole in zip(found, every, strict=False):
        assert one.start == whole.start
        assert one.end == whole.end or one.end <= 120 < whole.end
    assert len(found) == min(5, sum(span.start < 120 for span in every))


def test_a_paragraph_without_end_is_cut_no_further_than_asked() -> None:
    assert [span.end for span in first_sentences("Envoys talked. " * 5_000, "en", most=3, reach=25)] == [14, 25]
