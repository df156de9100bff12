"""Many words at once in one pass: the automaton of Aho and Corasick (Communications of the ACM 18(6), 1975, 333-340)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence


class Automaton:
    """Finds every occurrence of every word; time grows with the text and the finds, whatever the text holds."""

    def __init__(self, words: Sequence[str]) -> None:
        """Build it.

        Args:
            words: Words, none empty, none twice; they are reported by their place in this sequence.
        """
        self._lengths = [len(word) for word in words]
        self._next: list[dict[str, int]] = [{}]
        self._ends: list[int] = [-1]
        for number, word in enumerate(words):
            self._ends[self._insert(word)] = number
        self._fail = [0] * len(self._next)
        #: The nearest state behind that ends a word, so that no step is walked in vain.
        self._output = [0] * len(self._next)
        self._connect()

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield (word, start, end) by rising end; of one end, longer words first."""
        state = 0
        for place, character in enumerate(text):
            while state and character not in self._next[state]:
                state = self._fail[state]
            state = self._next[state].get(character, 0)
            hit = state if self._ends[state] >= 0 else self._output[state]
            while hit:
                number = self._ends[hit]
                yield number, place + 1 - self._lengths[number], place + 1
                hit = self._output[hit]

    def _insert(self, word: str) -> int:
        state = 0
        for character in word:
            following = self._next[state].get(character)
            if following is None:
                following = len(self._next)
                self._next[state][character] = following
                self._next.append({})
                self._ends.append(-1)
            state = following
        return state

    def _connect(self) -> None:
        waiting = deque(self._next[0].values())
        while waiting:
            state = waiting.popleft()
            for character, following in self._next[state].items():
                waiting.append(following)
                behind = self._fail[state]
                while behind and character not in self._next[behind]:
                    behind = self._fail[behind]
                found = self._next[behind].get(character, 0)
                self._fail[following] = found
                self._output[following] = found if self._ends[found] >= 0 else self._output[found]
