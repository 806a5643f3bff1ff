"""What is refused: by the desk itself, or by policyengine, whose diagnostics say in both languages what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    import policyengine as pe


Lang = Literal["zh", "en"]


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str

    def within(self, lang: Lang) -> str:
        """Return the text in *lang*."""
        return self.zh if lang == "zh" else self.en


class Refusal(Exception):  # noqa: N818 - nothing of ours has failed
    """A request that is not carried out, and what to tell whoever made it."""

    def __init__(self, status: HTTPStatus, texts: Sequence[Text], diagnostics: Sequence[pe.Diagnostic] = ()) -> None:
        """Keep what is told; *diagnostics* are there besides where policyengine found the fault."""
        super().__init__(status, texts)
        self.status = status
        self.texts = tuple(texts)
        self.diagnostics = tuple(diagnostics)
        self.headers: tuple[tuple[str, str], ...] = ()


def refused(zh: str, en: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> Refusal:
    """Return a refusal of the desk's own; by default the request was understood, and something in it cannot be."""
    return Refusal(status, [Text(zh, en)])


def of_case(error: pe.CaseError) -> Refusal:
    """Return the refusal for a case that does not fit the vocabulary of its policies: each fault with its way out."""
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, [_text(each) for each in error.diagnostics], error.diagnostics)


def _text(fault: pe.Diagnostic) -> Text:
    zh, en = fault.help("zh"), fault.help("en")
    return Text(
        f"{fault.message('zh')}（{fault.code}）" + (f"。建议：{zh}" if zh else ""),
        f"{fault.message('en')} ({fault.code})" + (f". Help: {en}" if en else ""),
    )
