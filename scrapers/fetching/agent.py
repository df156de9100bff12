"""What EVReg calls itself towards servers."""

from __future__ import annotations

import os
import re
from importlib.metadata import PackageNotFoundError, version

#: The token that robots.txt files can name (RFC 9309, 2.2.1).
PRODUCT = "EVReg"
#: The environment variable with the page or mail address of whoever runs the scrapers.
CONTACT_VARIABLE = "EVREG_CONTACT"


try:
    _NUMBER = version("evreg")
except PackageNotFoundError:
    _NUMBER = "0"


def user_agent() -> str:
    """Product, version and contact, as in ``EVReg/0.1.0 (+https://example.org/bot)``.

    The contact is a page or mail address in the environment variable ``EVREG_CONTACT``.
    """
    page = re.sub(r"[^\x21-\x7e]|[()]", "", os.environ.get(CONTACT_VARIABLE, ""))
    return f"{PRODUCT}/{_NUMBER} (+{page})" if page else f"{PRODUCT}/{_NUMBER}"
