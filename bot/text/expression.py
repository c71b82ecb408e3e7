"""Words joined by AND, OR and NOT: what a person may ask of a text.

    tariffs "rare earths" -football              all of them, and not football
    (sanction* OR embargo) AND NOT "trade fair"  parentheses; * stands for any letters of a word

AND binds before OR; words side by side mean AND; the operators are written in capitals. A * needs three letters of its
word. Case and accents do not matter, and Chinese and Japanese are found within longer runs of characters.

No pattern of a user's ever reaches `re`. A query becomes two automata whose states are the bits of a number (Shift-And;
Baeza-Yates and Gonnet, "A new approach to text searching", 1992): one step for each letter of a distinct word, one for
each word of the text, whatever was asked for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.text.tokens import is_cjk
from bot.text.wanted import folded_words, wanted

MAX_QUERY = 400
"""Characters of a query: more is no query, and bounds the automata."""
MAX_DEPTH = 12
"""Parentheses within parentheses: deeper than anybody reads."""
MIN_LETTERS = 3
"""Letters beside a *: fewer match half of every text."""
MAX_STARS = 3

_STAR = "\ua66e"
"""Stands for * while words are told apart: a letter (of one manuscript, in one word) that no query needs."""
_QUOTES = '"“”„«»「」『』'


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together, folded; a * in one stands for any letters."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not stand in the text."""

    of: "Expression"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more; none of them is an And."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One or more of two or more; none of them is an Or."""

    parts: tuple["Expression", ...]


Expression = Phrase | Not | And | Or


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    """A query that cannot be read: where (a place in `query`) and why. As a string it is a sentence for its writer."""

    query: str
    at: int
    reason: str

    def __str__(self) -> str:
        before, after = self.query[: self.at], self.query[self.at :]
        head = before if len(before) <= 30 else "…" + before[-30:]
        tail = after if len(after) <= 20 else after[:20] + "…"
        return f"I cannot read the words at character {self.at + 1}, here: “{head}▶{tail}”. {self.reason}"


class _Unreadable(Exception):
    def __init__(self, at: int, reason: str) -> None:
        self.at, self.reason = at, reason


# --- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Token:
    """`kind` is one of ( ) AND OR NOT phrase end."""

    kind: str
    at: int
    phrase: Phrase | None = None


def parse(query: str) -> Expression | Malformed:
    """Read a query. Never raises; takes time linear in the query."""
    try:
        if len(query) > MAX_QUERY:
            raise _Unreadable(MAX_QUERY, f"A query has at most {MAX_QUERY} characters.")
        return _Reader(_tokens(query)).everything()
    except _Unreadable as problem:
        return Malformed(query=query, at=problem.at, reason=problem.reason)


class _Reader:
    """Recursive descent, as deep as MAX_DEPTH."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens, self._next = tokens, 0

    def everything(self) -> Expression:
        if self._peek.kind == "end":
            raise _Unreadable(self._peek.at, "There is no word in it.")
        found = self._either(0)
        if self._peek.kind == ")":
            raise _Unreadable(self._peek.at, "This parenthesis closes nothing.")
        return found

    @property
    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _either(self, depth: int) -> Expression:
        parts = [self._all(depth)]
        while self._peek.kind == "OR":
            self._take()
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else Or(_flat(Or, parts))

    def _all(self, depth: int) -> Expression:
        parts = [self._one(depth)]
        while self._peek.kind not in ("OR", ")", "end"):
            if self._peek.kind == "AND":
                self._take()
            parts.append(self._one(depth))
        return parts[0] if len(parts) == 1 else And(_flat(And, parts))

    def _one(self, depth: int) -> Expression:
        negated = False
        while self._peek.kind == "NOT":
            self._take()
            negated = not negated
        found = self._phrase_or_group(depth)
        if not negated:
            return found
        return found.of if isinstance(found, Not) else Not(found)

    def _phrase_or_group(self, depth: int) -> Expression:
        token = self._take()
        if token.phrase is not None:
            return token.phrase
        if token.kind != "(":
            raise _Unreadable(token.at, self._missing(token))
        if depth >= MAX_DEPTH:
            raise _Unreadable(token.at, f"Parentheses may stand {MAX_DEPTH} deep.")
        if self._peek.kind == ")":
            raise _Unreadable(self._peek.at, "These parentheses are empty.")
        found = self._either(depth + 1)
        if self._take().kind != ")":
            raise _Unreadable(token.at, "This parenthesis is never closed.")
        return found

    def _missing(self, token: _Token) -> str:
        before = self._tokens[self._next - 2].kind if self._next > 1 else ""
        if before in ("AND", "OR", "NOT"):
            return f"A word is missing after {before}."
        return f"A word is missing before {token.kind}." if token.kind in ("AND", "OR") else "A word is missing."


def _flat(kind: type[And] | type[Or], parts: Sequence[Expression]) -> tuple[Expression, ...]:
    return tuple(inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,)))


def _tokens(query: str) -> list[_Token]:
    """The parts of a query; marks without a letter or digit in them are passed over."""
    found: list[_Token] = []
    at = 0
    while at < len(query):
        start, letter = at, query[at]
        if letter.isspace():
            at += 1
        elif letter in "()":
            found.append(_Token(letter, at))
            at += 1
        elif letter in _QUOTES:
            at = _closing(query, at + 1)
            found += _phrase(query[start + 1 : at], start, quoted=True)
            at += 1
        elif letter == "-" and _begins(query[at + 1 : at + 2]):
            found.append(_Token("NOT", at))
            at += 1
        else:
            at = _word_end(query, at)
            word = query[start:at]
            found += [_Token(word, start)] if word in ("AND", "OR", "NOT") else _phrase(word, start, quoted=False)
    return [*found, _Token("end", len(query))]


def _begins(letter: str) -> bool:
    """Whether a minus before it means NOT: before a mark or a space it is a dash."""
    return letter.isalnum() or (letter != "" and letter in f"(*{_QUOTES}")


def _closing(query: str, at: int) -> int:
    """Where the quotation ends; one that is never closed ends with the query."""
    while at < len(query) and query[at] not in _QUOTES:
        at += 1
    return at


def _word_end(query: str, at: int) -> int:
    while at < len(query) and not query[at].isspace() and query[at] not in "()" and query[at] not in _QUOTES:
        at += 1
    return at


def _phrase(text: str, at: int, *, quoted: bool) -> list[_Token]:
    terms = _terms(text, at)
    if not terms and quoted:
        raise _Unreadable(at, "There is no word between these quotation marks.")
    return [_Token("phrase", at, Phrase(terms))] if terms else []


def _terms(text: str, at: int) -> tuple[str, ...]:
    """The folded words of a phrase. Folding may bring forth what folds again, so until nothing changes."""
    plain = text.replace(_STAR, " ")
    starred = "".join(letter for letter in plain if letter != "*") if any(map(is_cjk, plain)) else plain
    terms = folded_words(starred.replace("*", _STAR))
    for _ in range(3):
        terms = folded_words(" ".join(terms))
    return tuple(_term(term.replace(_STAR, "*"), at) for term in terms)


def _term(term: str, at: int) -> str:
    if len(term) == 1 and is_cjk(term):
        return f"*{term}*"  # texts are cut into pairs of characters there
    stars = term.count("*")
    if stars and len(term) - stars < MIN_LETTERS:
        raise _Unreadable(at, f"A * needs at least {MIN_LETTERS} letters beside it, as in sanction*.")
    if stars > MAX_STARS:
        raise _Unreadable(at, f"A word has at most {MAX_STARS} *.")
    return term


def plainly(query: str) -> Expression | None:
    """A query of an earlier version that `parse` refuses: its words and phrases, all of them; None without any."""
    what = wanted(query)
    parts: list[Expression] = [Phrase(tuple(phrase.split(" "))) for phrase in what.present]
    parts += [Not(Phrase(tuple(phrase.split(" ")))) for phrase in what.absent]
    return And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None


# --- writing ---------------------------------------------------------------------------------------------------------


def unparse(expression: Expression) -> str:
    """The query in its plainest form: `parse` reads it as the same expression."""
    match expression:
        case Phrase(terms):
            return terms[0] if len(terms) == 1 else f'"{" ".join(terms)}"'
        case Not(of):
            return f"NOT {_bracketed(of, (And, Or))}"
        case And(parts):
            return " AND ".join(_bracketed(part, (Or,)) for part in parts)
        case Or(parts):
            return " OR ".join(map(unparse, parts))


def _bracketed(expression: Expression, kinds: tuple[type, ...]) -> str:
    return f"({unparse(expression)})" if isinstance(expression, kinds) else unparse(expression)


# --- matching --------------------------------------------------------------------------------------------------------


class Matcher:
    """An expression made ready for many texts."""

    def __init__(self, expression: Expression) -> None:
        self._expression = expression
        self._ends: dict[Phrase, int] = {}
        self._starts = 0
        self._exact: dict[str, int] = {}
        globs: dict[str, int] = {}
        place = 0
        for phrase in dict.fromkeys(_phrases(expression)):
            self._starts |= 1 << place
            for term in phrase.terms:
                table = globs if "*" in term else self._exact
                table[term] = table.get(term, 0) | 1 << place
                place += 1
            self._ends[phrase] = 1 << (place - 1)
        self._globs = _Globs(globs)

    def matches(self, texts: Iterable[str]) -> bool:
        """Whether the texts together hold what is asked for; a phrase stands within one of them."""
        return self._holds(self._expression, self.scan(texts)[0])

    def scan(self, texts: Iterable[str]) -> tuple[int, int]:
        """The last bits of the phrases that were found, and how many steps that took: one for each word, and one for
        each letter of a distinct word where the query has a *.
        """
        seen: dict[str, int] = {}
        found = steps = 0
        for text in texts:
            state = 0
            for word in folded_words(text):
                mask = seen.get(word)
                if mask is None:
                    mask = seen[word] = self._exact.get(word, 0) | self._globs.accepted(word)
                    steps += len(word) if self._globs else 0
                state = (state << 1 | self._starts) & mask
                found |= state
                steps += 1
        return found, steps

    def _holds(self, expression: Expression, found: int) -> bool:
        match expression:
            case Phrase():
                return bool(found & self._ends[expression])
            case Not(of):
                return not self._holds(of, found)
            case And(parts):
                return all(self._holds(part, found) for part in parts)
            case Or(parts):
                return any(self._holds(part, found) for part in parts)


class _Globs:
    """All starred words side by side in one number: a bit for each letter that may have been read last."""

    def __init__(self, masks: dict[str, int]) -> None:
        self._letters: dict[str, int] = {}
        self._first = self._stay = 0
        self._accept: list[tuple[int, int]] = []
        place = 0
        for glob, mask in masks.items():
            self._first |= 1 << place
            for letter in glob:
                if letter == "*":
                    self._stay |= 1 << place
                else:
                    place += 1
                    self._letters[letter] = self._letters.get(letter, 0) | 1 << place
            self._accept.append((1 << place, mask))
            place += 1

    def __bool__(self) -> bool:
        return bool(self._accept)

    def accepted(self, word: str) -> int:
        """The masks of all that `word` fits."""
        if not self._accept:
            return 0
        state = self._first
        for letter in word:
            state = state & self._stay | state << 1 & self._letters.get(letter, 0)
        fits = 0
        for end, mask in self._accept:
            if state & end:
                fits |= mask
        return fits


def _phrases(expression: Expression) -> list[Phrase]:
    match expression:
        case Phrase():
            return [expression]
        case Not(of):
            return _phrases(of)
        case And(parts) | Or(parts):
            return [phrase for part in parts for phrase in _phrases(part)]
