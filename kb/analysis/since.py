"""What a person calls an earlier state: a folder, a day, a commit."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from kb.analysis.history import History
from kb.analysis.states import State, folder_state
from kb.models.base import PARTIAL_DATE
from kb.partial_dates import last_day
from kb.problems import EvregError, Message, shorten


def state_named(name: str, root: Path, option: str = "--since") -> State:
    """The state that ``name`` means.

    Args:
        name: A folder (a checkout, or one with ``entries``); a day, month or year (the last commit before its end in
            UTC); or a commit (hash, its beginning, branch, tag, ``HEAD~2``). Tried in this order.
        root: The present knowledge base, whose repository is asked.
        option: How the person gave it, for messages.

    Raises:
        EvregError: when there is no such folder, day or commit, no repository, or no entries at that time.
    """
    if name and Path(name).is_dir():
        return folder_state(Path(name))
    history = History.around(root)
    if history is None or history.head() is None:
        raise _no_history(name, root, option)
    dated = _commit_of_day(name, history, option) if PARTIAL_DATE.match(name) else None
    commit = dated or history.find(name)
    if commit is None:
        raise _unknown(name, history, option)
    state = history.state(commit)
    if not state.entries:
        raise _before_entries(name, state, option)
    return state


def _commit_of_day(name: str, history: History, option: str) -> str | None:
    try:
        end = datetime.combine(last_day(name) + timedelta(days=1), time(), UTC)
    except ValueError:
        raise EvregError(
            option,
            Message(f"«{name}» is no day of the calendar.", f"「{name}」は暦にない日付である。"),
            Message("YYYY, YYYY-MM or YYYY-MM-DD.", "YYYY、YYYY-MM又はYYYY-MM-DDの形とする。"),
            Message("Correct the date.", "日付を訂正する。"),
        ) from None
    commit = history.last_before(end)
    # Four digits may also begin a hash.
    if commit is None and history.find(name) is None:
        raise _before_history(name, history, option)
    return commit


def _no_history(name: str, root: Path, option: str) -> EvregError:
    return EvregError(
        option,
        Message(
            f"«{shorten(name)}» is no folder, and {root} has no git history to look it up in.",
            f"「{shorten(name)}」というフォルダーはなく、{root}にはそれを調べるためのgit履歴もない。",
        ),
        Message(
            "A knowledge base in a git repository, or a folder to compare with.",
            "gitリポジトリ内のナレッジベース、又は比較対象のフォルダーが必要である。",
        ),
        Message(
            "Run the command in a clone of the repository, or give a folder with an earlier copy.",
            "リポジトリのクローン内で実行するか、以前の写しのあるフォルダーを指定する。",
        ),
    )


def _unknown(name: str, history: History, option: str) -> EvregError:
    cut = (
        Message(" This clone is shallow and lacks older commits.", "このクローンは浅く、古いコミットを含まない。")
        if history.shallow
        else Message("", "")
    )
    return EvregError(
        option,
        Message(
            f"«{shorten(name)}» is no folder, no date and no commit here.{cut.en}",
            f"「{shorten(name)}」は、フォルダー、日付、コミットのいずれでもない。{cut.ja}",
        ),
        Message(
            "A folder, a date (2026-11-01) or a commit (hash, branch, tag, HEAD~2).",
            "フォルダー、日付(2026-11-01)又はコミット(ハッシュ、ブランチ、タグ、HEAD~2)を指定する。",
        ),
        Message(
            "See «git log», or fetch the whole history with «git fetch --unshallow».",
            "「git log」で確かめるか、「git fetch --unshallow」で履歴全体を取得する。",
        ),
    )


def _before_history(name: str, history: History, option: str) -> EvregError:
    why = (
        Message(
            "This clone is shallow and lacks commits that old.", "このクローンは浅く、そこまで古いコミットを含まない。"
        )
        if history.shallow
        else Message("The history begins later.", "履歴はそれより後に始まる。")
    )
    return EvregError(
        option,
        Message(
            f"There is no commit before the end of {name}. {why.en}", f"{name}の終わりまでのコミットがない。{why.ja}"
        ),
        Message("A day on which the repository existed.", "リポジトリが存在した日を指定する。"),
        Message(
            "Give a later day, or fetch the whole history with «git fetch --unshallow».",
            "より後の日を指定するか、「git fetch --unshallow」で履歴全体を取得する。",
        ),
    )


def _before_entries(name: str, state: State, option: str) -> EvregError:
    return EvregError(
        option,
        Message(
            f"«{shorten(name)}» is commit {state.name} of {state.day}, which holds no entries yet.",
            f"「{shorten(name)}」は{state.day}のコミット{state.name}であり、まだエントリーがない。",
        ),
        Message("A state with entries.", "エントリーのある時点を指定する。"),
        Message("Give a later commit or day.", "より後のコミット又は日を指定する。"),
    )
