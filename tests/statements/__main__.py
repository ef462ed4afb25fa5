"""Write the golden files anew: `python -m tests.statements`."""

from tests.statements.golden import FOLDER, rewrite

for path in rewrite():
    print(path.relative_to(FOLDER))
