"""Signing an entry: who, for what, and the file as it would be. Nothing is written here but by :func:`write`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from kb.amending import file_of
from kb.checks.partial_dates import latest, months_later
from kb.files import EntryFile
from kb.models import model_of
from kb.models.base import Localized
from kb.models.core import Entry, SignOff
from kb.orcid import known_orcid
from kb.problems import EvregError, Message, Problem, shorten
from kb.record_files import plain
from kb.review.content_hash import content_hash
from kb.review.policy import STAGES, ReviewPolicy, Stage, policy_of
from kb.review.register import Register, register_of
from kb.review.standing import ReviewStanding, highest, standing_of
from kb.rewriting import rewritten
from kb.saving import problems_after, save
from kb.vocabulary import vocabularies_of
from kb.yaml12 import parse


class Signer(NamedTuple):
    """Who signs; what is None is taken from the register."""

    orcid: str
    conflict_of_interest: Localized
    name: str | None = None
    affiliation: Localized | None = None
    organisation: str | None = None
    group: str | None = None


class Signing(NamedTuple):
    """An entry about to be signed."""

    file: EntryFile
    before: bytes
    text: str
    #: The entry with the new sign-off.
    entry: Entry
    standing: ReviewStanding
    #: What validation says of the signed file, errors too.
    problems: tuple[Problem, ...]


def prepared(root: Path, name: str, signer: Signer, stage: Stage, day: date, today: date) -> Signing:
    """The file of an entry as it would be once signed; nothing is written.

    An earlier sign-off of the same person is replaced, those of others stay. The status is what all sign-offs that cover
    the content bear out.

    Args:
        root: The knowledge base.
        name: ``collection/id``.
        signer: Who signs.
        stage: What is signed.
        day: Day of the sign-off: from it the term of the collection counts.
        today: The day that counts as present.

    Raises:
        EvregError: when the entry cannot be read or is withdrawn, when the person's data are incomplete or the iD is
            mistyped, or when the same person has signed the same content already.
        YamlProblem: when the file cannot be read.
    """
    policy, register = policy_of(root), register_of(root)
    file = file_of(root, name)
    before = file.path.read_bytes()
    data, _ = parse(before)
    entry = _entry(root, file, data)
    if entry.withdrawn is not None:
        raise _is_withdrawn(file)
    item = _sign_off(register, signer, stage, day, content_hash(entry, policy))
    _refuse_repetition(file, entry, item)
    kept = [other for other in entry.review.by if other.orcid != item.orcid]
    data["review"] = _review(entry, [*kept, item], policy, register, day)
    signed = _entry(root, file, data)
    text = rewritten(before, file, data)
    problems = tuple(problems_after(root, {file: text}, today))
    return Signing(file, before, text, signed, standing_of(signed, policy, register), problems)


def write(root: Path, signing: Signing, today: date, wait: float = 0.0) -> list[Path]:
    """Write a signed entry, unless it has errors or somebody has changed it meanwhile.

    Raises:
        EvregError: see :func:`kb.saving.save`.
    """
    return save(root, {signing.file: signing.text}, {signing.file: signing.before}, today, wait)


def _entry(root: Path, file: EntryFile, data: Any) -> Entry:
    try:
        return model_of(file.collection).model_validate(data, context={"vocabularies": vocabularies_of(root)})
    except ValidationError as errors:
        raise EvregError(
            file.name,
            Message(
                f"{errors.error_count()} values do not fit the model.",
                f"モデルに合わない値が{errors.error_count()}件ある。",
            ),
            Message("A valid entry; errors are not signed.", "正しいエントリーに限り署名できる。"),
            Message(f"Run «evreg validate {file.name}».", f"「evreg validate {file.name}」を実行する。"),
        ) from None


def _review(
    entry: Entry, sign_offs: list[SignOff], policy: ReviewPolicy, register: Register, day: date
) -> dict[str, Any]:
    review = entry.review.model_copy(update={"by": tuple(sign_offs)})
    found = standing_of(entry.model_copy(update={"review": review}), policy, register)
    due = months_later(day, policy.months(entry.COLLECTION))
    verified = entry.review.verified if latest(entry.review.verified) > day else day.isoformat()
    status = highest(found.counting, policy, register)
    return plain(review) | {"status": status, "verified": verified, "due": due.isoformat()}


def _sign_off(register: Register, signer: Signer, stage: Stage, day: date, covered: str) -> SignOff:
    person = register.people.get(known_orcid(signer.orcid, "--orcid"))
    name, affiliation, organisation, group = signer.name, signer.affiliation, signer.organisation, signer.group
    if person is not None:
        name, affiliation = name or person.name, affiliation or person.affiliation
        organisation = organisation or person.organisation
        group = group or (person.groups[0] if len(person.groups) == 1 else None)
    if not name or affiliation is None or not organisation:
        raise _incomplete(signer, name, affiliation, organisation)
    return SignOff(
        name=name,
        orcid=signer.orcid,
        affiliation=affiliation,
        organisation=organisation,
        group=group,
        conflict_of_interest=signer.conflict_of_interest,
        on=day.isoformat(),
        status=stage,
        hash=covered,
    )


def _refuse_repetition(file: EntryFile, entry: Entry, item: SignOff) -> None:
    """The same content is signed once by each person; to approve what one has reviewed is another matter."""
    for other in entry.review.by:
        if other.orcid != item.orcid or other.hash != item.hash or other.status not in STAGES:
            continue
        if STAGES.index(other.status) >= STAGES.index(item.status) and item.on <= other.on:
            raise EvregError(
                f"{file.name} (review.by)",
                Message(
                    f"{shorten(other.name)} signed this content as «{other.status}» on {other.on}.",
                    f"「{shorten(other.name)}」は{other.on}に同じ内容へ署名している(段階は「{other.status}」)。",
                ),
                Message(
                    "One sign-off of each person for the same content.", "同じ内容への署名は一人につき一つとする。"
                ),
                Message(
                    "Another person may sign. After checking the entry again on a later day, sign with that day.",
                    "別の査読者が署名する。後日改めて確認した場合は、その日付で署名する。",
                ),
            )


def _is_withdrawn(file: EntryFile) -> EvregError:
    return EvregError(
        file.name,
        Message("The entry is withdrawn.", "取り下げられたエントリーである。"),
        Message("An entry that counts.", "取り下げられていないエントリーに限り署名できる。"),
        Message("Sign another entry.", "別のエントリーを選ぶ。"),
    )


def _incomplete(
    signer: Signer, name: str | None, affiliation: Localized | None, organisation: str | None
) -> EvregError:
    given = {
        "--name": name,
        "--affiliation-en, --affiliation-ja": affiliation,
        "--organisation": organisation,
    }
    missing = [option for option, value in given.items() if not value]
    return EvregError(
        "evreg review sign",
        Message(
            f"{signer.orcid} is not registered, and these are missing: {'; '.join(missing)}.",
            f"{signer.orcid}は登録されておらず、次の項目が指定されていない: {'、'.join(missing)}。",
        ),
        Message("Name, affiliation and organisation of the person.", "氏名、所属、組織が必要である。"),
        Message(
            "Give them, or register the person in reviewers.yaml.", "指定するか、reviewers.yamlに査読者を登録する。"
        ),
    )
