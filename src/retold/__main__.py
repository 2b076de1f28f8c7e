"""`python -m retold` is `retold`."""

from retold.cli import main

if __name__ == "__main__":
    main()
