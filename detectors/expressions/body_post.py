"""Posts that a body does not have (“市政协主任”, “县人大常委会主席”).

Only a post directly behind a body is judged. The posts of each body are the rows of one list; what is
a post of another body, and none of this one, does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from detectors.kernel.boundaries import is_whole_words
from detectors.kernel.finding import Category, Finding, Rule, Source
from detectors.kernel.name_index import NameIndex
from detectors.kernel.names import read_name_lists, words_in
from detectors.kernel.terms import FromLexicons, Hit
from detectors.kernel.text import Text

BODIES, POSTS = range(2)
STANDING = "常务"
"""Stands before the deputy that is the first of them."""
DEPUTY = "副"
FEW = 2
"""A head and a 秘书长."""
LONGER = (*"团台处员令", "委员", "科员", "会议", "医师", "护师", "助理", "办公")
"""What makes something else of a post: 主席团, 书记处, 书记员, 主任委员, 主任会议, 院长办公会."""


class BodyPosts:
    """Compares the post behind a body with those it has."""

    categories = frozenset({Category.EXPRESSION})

    def __init__(self, rule: Rule, rows: Sequence[tuple[str, ...]]) -> None:
        """Take rows of bodies and of their posts, the head first."""
        self.rules = (rule,)
        self._posts = {body: tuple(words_in(row, POSTS)) for row in rows for body in words_in(row, BODIES)}
        every = {post for posts in self._posts.values() for post in posts}
        self._written = NameIndex(every | {STANDING + post for post in every if post[0] == DEPUTY})

    @property
    def forms(self) -> set[str]:
        """The bodies."""
        return set(self._posts)

    def judge(self, text: Text, hits: Sequence[Hit]) -> Iterator[Finding]:
        """Look at the post behind each."""
        longest: dict[int, Hit] = {}
        for hit in hits:
            # 全国人大常委会 holds 人大常委会; of equal ends the longest comes first.
            longest.setdefault(hit.end, hit)
        for start, end, body in longest.values():
            written = self._written.at(text.folded, end)
            if written is None or text.folded.startswith(LONGER, end + len(written)):
                continue
            post = written.removeprefix(STANDING)
            last = end + len(written)
            # 市委书记 is one word, whether or not 民盟 stands before it.
            if post in self._posts[body] or not any(
                is_whole_words(text.folded, first, last) for first in (end, start)
            ):
                continue
            standing = written[: len(written) - len(post)]
            right = tuple(body + standing + own for own in self._of_the_same_rank(body, post))
            yield Finding(self.rules[0], text.span(start, last), right, inferred=True)

    def _of_the_same_rank(self, body: str, post: str) -> Sequence[str]:
        """Give the head of a body, or its deputy; nothing where a body has several, a government of any place."""
        rank = [own for own in self._posts[body] if own.startswith(DEPUTY) == post.startswith(DEPUTY)]
        return rank[:1] if len(rank) <= FEW else ()


def _load(lexicons: Path, sources: Mapping[str, Source]) -> BodyPosts:
    posts = read_name_lists(lexicons / "names", sources, "FX").only("posts")
    return BodyPosts(posts.rule, posts.rows)


DETECTOR = FromLexicons(_load)
