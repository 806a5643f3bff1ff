"""What a Chinese character is."""

from __future__ import annotations

import re

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""A Chinese character, the rare ones of the supplementary planes apart."""
