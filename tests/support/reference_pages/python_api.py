"""The page of the Python API: what `policyengine.__all__` names, with signature and docstring."""

from __future__ import annotations

import enum
import inspect
import re
from collections.abc import Iterator
from typing import ForwardRef

import policyengine
from policyengine import errors
from tests.support.reference_pages.markup import code, fenced, heading, listed, page

_HEAD = """\
`import policyengine as pe`。此处的名称是公开接口，其余可能变动。除读文件的 `load` 和 `Case.from_yaml` 外，都不读写
文件、不看时钟，可在多线程和异步代码中使用。

`import policyengine as pe`. The names on this page are public, the rest may move. But for `load` and `Case.from_yaml`,
which read files, nothing touches a disk or a clock; all of it is safe across threads and in async code.
"""
_KINDS = (
    ("函数 functions", inspect.isfunction),
    ("类 classes", lambda each: inspect.isclass(each) and not issubclass(each, enum.Enum | BaseException)),
    ("枚举 enumerations", lambda each: inspect.isclass(each) and issubclass(each, enum.Enum)),
    ("异常 exceptions", lambda each: inspect.isclass(each) and issubclass(each, BaseException)),
)


def python_page() -> str:
    """Return the page."""
    every = {name: getattr(policyengine, name) for name in policyengine.__all__}
    told = [name for _, holds in _KINDS for name, each in every.items() if holds(each)]
    assert sorted(told) == sorted(every), set(every) ^ set(told)
    return page(
        f"{heading(1, 'Python API Python 接口')}\n{_HEAD}", *(each for kind in _sections(every) for each in kind)
    )


def _sections(every: dict[str, object]) -> Iterator[Iterator[str]]:
    for title, holds in _KINDS:
        names = [name for name, each in every.items() if holds(each)]
        yield _section(title, {name: every[name] for name in names})


def _section(title: str, found: dict[str, object]) -> Iterator[str]:
    yield heading(2, title)
    if title.startswith("异常"):
        yield fenced(_tree())
    for name, each in found.items():
        yield heading(3, name)
        yield from _told(name, each)


def _told(name: str, each: object) -> Iterator[str]:
    if inspect.isclass(each) and issubclass(each, enum.Enum):
        yield _docstring(each)
        yield listed(str(member.value) for member in each)
        return
    if not (inspect.isclass(each) and issubclass(each, BaseException)):
        yield fenced(f"{name}{_signature(each)}", "py")
    yield _docstring(each)
    if inspect.isclass(each) and not issubclass(each, BaseException):
        for member, value in _members(each):
            yield f"{code(f'.{member}')} {_summary(value)}"


def _signature(each: object) -> str:
    """Return the signature as the source has it, one parameter a line where it is long."""
    is_function = not isinstance(each, type)
    assert callable(each)
    signature = inspect.signature(each)
    parameters = list(_parameters(signature))
    back = f" -> {_written(signature.return_annotation)}" if is_function else ""
    short = f"({', '.join(parameters)}){back}"
    if len(short) < _WIDTH:
        return short
    return "(\n" + "".join(f"    {each},\n" for each in parameters) + f"){back}"


def _parameters(signature: inspect.Signature) -> Iterator[str]:
    every = list(signature.parameters.values())
    first = next((each for each in every if each.kind is inspect.Parameter.KEYWORD_ONLY), None)
    for each in every:
        if first is not None and each is first:
            yield "*"
        told = "" if each.annotation is inspect.Parameter.empty else f": {_written(each.annotation)}"
        default = "" if each.default is inspect.Parameter.empty else f" = {each.default!r}"
        yield f"{each.name}{told}{default}"


def _written(annotation: object) -> str:
    """Return an annotation without the modules that its names come from."""
    if isinstance(annotation, ForwardRef):  # so a named tuple has them
        annotation = annotation.__forward_arg__
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:_?[a-z]+\.)+(?=[A-Z])", "", text)


def _members(each: type) -> Iterator[tuple[str, object]]:
    """Yield the public methods and properties of a class that say something about themselves."""
    for name, value in inspect.getmembers(each):
        if name.startswith("_") or not (value.__doc__ or "") or not _own(each, name):
            continue
        if inspect.isroutine(value) or isinstance(value, property):
            shown = f"{name}()" if inspect.isroutine(value) else name
            yield shown, value


def _own(each: type, name: str) -> bool:
    """Tell whether *name* is defined by us, and not by a base that a library gives."""
    return any(name in vars(base) and base.__module__.startswith("policyengine") for base in each.__mro__)


def _summary(value: object) -> str:
    return _plain((inspect.getdoc(value) or "").split("\n\n")[0].replace("\n", " "))


def _docstring(each: object) -> str:
    """Return a docstring as Markdown: sections in bold, examples as code."""
    blocks = [_block(block) for block in re.split(r"\n\n+", _plain(inspect.getdoc(each) or ""))]
    return "\n\n".join(blocks)


def _plain(text: str) -> str:
    """Return *text* with what it quotes as code, as Markdown has it."""
    text = re.sub(r":(?:func|class|mod|data|meth):`\.?([^`]+)`", r"`\1`", text).replace("``", "`")
    return re.sub(r"(?<![\w*])\*(\w+)\*(?![\w*])", r"`\1`", text)


def _block(block: str) -> str:
    first, _, rest = block.partition("\n")
    if block.startswith(">>>"):
        return fenced(block, "pycon").rstrip("\n")
    if first in {"Args:", "Raises:", "Returns:"}:
        items = re.sub(r"\n        +", " ", f"\n{rest}").strip("\n")
        lines = [re.sub(r"^\s*(\w+): ", r"- `\1`: ", line) for line in items.splitlines()]
        return f"**{first[:-1]}**\n\n" + "\n".join(lines)
    return block


def _tree() -> str:
    """Return the tree of exceptions as their module draws it."""
    found = inspect.getdoc(errors) or ""
    return inspect.cleandoc(found.split("::")[1])


_WIDTH = 100
