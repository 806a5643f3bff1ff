"""The page of an audit: self-contained, safe, in both languages, and cut where there is too much."""

from __future__ import annotations

import re
import sys
from base64 import b64encode
from hashlib import sha256

import pytest

from policyengine.errors import MissingExtraError
from policyengine.report.audit import html as module
from policyengine.report.audit.html import audit_html
from policyengine.wording import LANGUAGES, Lang
from tests.support.audited import audited, nothing


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_admits_its_own_script_and_style_alone(lang: Lang) -> None:
    text = audit_html(audited(), lang)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[0]
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        assert f"{tag}-src &#39;sha256-{b64encode(sha256(inside.encode()).digest()).decode()}&#39;" in policy or (
            f"{tag}-src 'sha256-{b64encode(sha256(inside.encode()).digest()).decode()}'" in policy
        )
    assert not re.search(r"(?:src|href)=[\"'](?!#)", text)


def test_what_is_hostile_is_shown() -> None:
    text = audit_html(audited(), "en")
    assert text.count("<script>") == 1
    assert "&lt;script&gt;]]&gt;{{ 7*7 }}" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_is_a_row_that_can_be_chosen(lang: Lang) -> None:
    text = audit_html(audited(), lang)
    assert text.count("<tr data-kind=") == len(audited().findings)
    assert re.search(r'data-kind="violation" data-state="waived" data-policy="xincheng-petition-bureau"', text)
    for each in set(re.findall(r'href="#(clause-[^"]+)"', text)):
        assert f'id="{each}"' in text


def test_nothing_found_is_said() -> None:
    assert "没有发现问题。" in audit_html(nothing(), "zh")


def test_a_page_holds_the_gravest_and_says_how_many_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    text = audit_html(audited(), "en")
    assert re.findall(r'<tr data-kind="(\w+)"', text) == ["fault", "violation"]
    assert f"The 2 gravest are here; {len(audited().findings) - 2} more" in text


def test_without_jinja_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"regulatory-duties\[html\]"):
        audit_html(nothing(), "en")
