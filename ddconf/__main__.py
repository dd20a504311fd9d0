"""`python -m ddconf`."""

from ddconf.cli.main import program

if __name__ == "__main__":
    program()
