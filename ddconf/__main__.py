"""`python -m ddconf`."""

from ddconf.cli.main import main

if __name__ == "__main__":
    main()
