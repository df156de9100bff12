"""``python -m evreg``."""

from evreg.cli import main

if __name__ == "__main__":
    main()
