"""Command-line tools for the makers of the house; the app imports nothing from here."""
