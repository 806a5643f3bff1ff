"""What our pages of HTML share: a template, and a policy that admits the page's own script and style alone."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from policyengine.errors import MissingExtraError

if TYPE_CHECKING:
    from jinja2 import Environment


def environment() -> Environment:
    """Return what templates are filled in with: everything escaped, and a name that is missing a fault.

    Raises:
        MissingExtraError: jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ImportError as error:
        raise MissingExtraError("the HTML page needs jinja2: install `regulatory-duties[html]`") from error
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def rendered(package: str, values: dict[str, object], within: Environment, *, style: str, markup: str = "") -> str:
    """Return the document that the files `html.jinja` and `html.js` of *package* and *values* make.

    Args:
        package: where the files are.
        values: what the template asks for, by name.
        within: the environment of the template.
        style: the style sheet, a text of ours.
        markup: a drawing of ours, whose own text is escaped.
    """
    from markupsafe import Markup

    script = page_file(package, "html.js")
    text = within.from_string(page_file(package, "html.jinja")).render(
        **values,
        # Ours, every character of them.
        drawing=Markup(markup),  # noqa: S704 - our own picture, whose text is escaped
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'",
    )
    return f"{text.strip()}\n"


def page_file(package: str, name: str) -> str:
    """Return the text of the file *name* of *package*."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
