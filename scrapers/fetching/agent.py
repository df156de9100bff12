"""What EVReg calls itself towards servers."""

from __future__ import annotations

import os
import re
from importlib.metadata import PackageNotFoundError, version

#: The token that robots.txt files can name (RFC 9309, 2.2.1).
PRODUCT = "EVReg"
#: The environment variable with the page or mail address of whoever runs the scrapers.
CONTACT_VARIABLE = "EVREG_CONTACT"


def user_agent(contact: str | None = None) -> str:
    """Product, version and contact, as in ``EVReg/0.1.0 (+https://example.org/bot)``.

    Args:
        contact: A page or mail address; without one the environment variable ``EVREG_CONTACT`` counts.
    """
    try:
        number = version("evreg")
    except PackageNotFoundError:
        number = "0"
    page = re.sub(r"[^\x21-\x7e]|[()]", "", contact or os.environ.get(CONTACT_VARIABLE, ""))
    return f"{PRODUCT}/{number} (+{page})" if page else f"{PRODUCT}/{number}"
