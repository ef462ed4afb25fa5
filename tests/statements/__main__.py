"""Write the golden files anew: `python -m tests.statements`."""

from tests.statements.golden import FOLDER, rewrite

if __name__ == "__main__":
    for path in rewrite():
        print(path.relative_to(FOLDER))
