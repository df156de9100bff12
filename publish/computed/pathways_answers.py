"""Every question that the finder can be asked, with its answers, as compact JSON that a script only has to look up."""

from __future__ import annotations

import json
from typing import Any

from kb import KnowledgeBase
from kb.analysis.pathway_matching import DIMENSIONS, space_of
from kb.analysis.pathways import Answer, readers


def answer_table(kb: KnowledgeBase) -> str:
    """The table of answers.

    Computed here rather than matched in the browser, so that there is one specification of matching. 3,360 questions to 24
    profiles take 46 KB (4.5 KB compressed), because they have only 233 answers in 336 combinations.

    Returns:
        JSON with ``dimensions`` ([name, [code, …]] each, the empty code being the open one), ``places`` (ids of the
        profiles), ``answers`` ([outcome, [[rule, only-if], …], [displaced rule, …], gaps, [class, …]] each, where bit *i* of
        only-if says that the rule covers only a part of what is asked in dimension *i*), ``patterns`` (one answer for each
        place) and ``questions`` (a pattern for each question, in the order in which the last dimension changes fastest).
    """
    space, found = space_of(kb.vocabularies), readers(kb)
    answers: dict[str, int] = {}
    patterns: dict[tuple[int, ...], int] = {}
    questions = []
    numbers: dict[Answer, int] = {}
    for question in space.questions():
        row = []
        for reader in found:
            answer = reader.answer(question)
            if answer not in numbers:
                numbers[answer] = answers.setdefault(_compact(_record(answer)), len(answers))
            row.append(numbers[answer])
        questions.append(patterns.setdefault(tuple(row), len(patterns)))
    return _compact(
        {
            "dimensions": [
                [dimension.name, ["", *asked]] for dimension, asked in zip(DIMENSIONS, space.asked, strict=True)
            ],
            "places": [reader.profile.id for reader in found],
            "answers": [json.loads(text) for text in answers],
            "patterns": list(patterns),
            "questions": questions,
        }
    )


def _record(answer: Answer) -> list[Any]:
    return [
        answer.outcome.value,
        [[case.rule.number, sum(part << place for place, part in enumerate(case.only_if))] for case in answer.cases],
        [rule.number for rule in answer.displaced],
        int(answer.gaps),
        list(answer.classes),
    ]


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))
