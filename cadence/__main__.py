"""`python -m cadence` is the same as the `cadence` command."""

from cadence.cli import main

if __name__ == "__main__":
    main()
