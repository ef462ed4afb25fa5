"""The gallery is a script for Streamlit: importing it, as the search for doctests would, runs it."""

collect_ignore = ["gallery.py", "gallery_app.py"]
