"""Streamlit's own English, as a learner sees it or a screen reader says it.

The catalogues of the app hold the translations under the context "streamlit"; boot.js puts them in place, in texts and
in aria-label, aria-roledescription, title, placeholder and alt. %(x)s, %(y)s, %(z)s stand for changing parts. Left out:
what `client.toolbarMode = "minimal"` hides (main menu, deploying, screencasts), camera, microphone, chat and maps.
Each Streamlit release needs one look at this list: tests/rtl/test_words.py says which texts its frontend has lost.
"""

from __future__ import annotations


def pgettext_noop(context: str, message: str) -> str:
    """Mark a message for the extraction tool and return it unchanged."""
    return message


WORDS: tuple[str, ...] = (
    # The frame of the page
    pgettext_noop("streamlit", "Skip to main content"),
    pgettext_noop("streamlit", "Sidebar"),
    pgettext_noop("streamlit", "App pages"),
    pgettext_noop("streamlit", "Collapse sidebar"),
    pgettext_noop("streamlit", "Expand sidebar"),
    pgettext_noop("streamlit", "View less"),
    pgettext_noop("streamlit", "View %(x)s more"),
    pgettext_noop("streamlit", "Main menu"),
    pgettext_noop("streamlit", "Navigate to home page"),
    pgettext_noop("streamlit", "Link to heading"),
    pgettext_noop("streamlit", "Notifications"),
    pgettext_noop("streamlit", "Scroll tabs left"),
    pgettext_noop("streamlit", "Scroll tabs right"),
    # Help, closing, opening
    pgettext_noop("streamlit", "Help"),
    pgettext_noop("streamlit", "Help for %(x)s"),
    pgettext_noop("streamlit", "Open"),
    pgettext_noop("streamlit", "Close"),
    pgettext_noop("streamlit", "Dismiss"),
    pgettext_noop("streamlit", "Cancel"),
    pgettext_noop("streamlit", "Copy"),
    pgettext_noop("streamlit", "Copy to clipboard"),
    pgettext_noop("streamlit", "Copied"),
    # Typing
    pgettext_noop("streamlit", "Press Enter to apply"),
    pgettext_noop("streamlit", "Press Enter to submit form"),
    pgettext_noop("streamlit", "Press Ctrl+Enter to apply"),
    pgettext_noop("streamlit", "Press ⌘+Enter to apply"),
    pgettext_noop("streamlit", "Press Ctrl+Enter to submit form"),
    pgettext_noop("streamlit", "Press ⌘+Enter to submit form"),
    pgettext_noop("streamlit", "This field is required."),
    pgettext_noop("streamlit", "Clear entry"),
    pgettext_noop("streamlit", "Clear value"),
    pgettext_noop("streamlit", "Show password"),
    pgettext_noop("streamlit", "Hide password"),
    pgettext_noop("streamlit", "Increment"),
    pgettext_noop("streamlit", "Decrement"),
    pgettext_noop("streamlit", "Number is above the allowed range."),
    pgettext_noop("streamlit", "Number is below the allowed range."),
    pgettext_noop(
        "streamlit", "Number is above the allowed range. Please enter a value less than or equal to %(x)s."
    ),
    pgettext_noop(
        "streamlit", "Number is below the allowed range. Please enter a value greater than or equal to %(x)s."
    ),
    pgettext_noop(
        "streamlit", "Number is outside the allowed range. Please enter a value between %(x)s and %(y)s."
    ),
    # Sliders and choosing
    pgettext_noop("streamlit", "%(x)s — start"),
    pgettext_noop("streamlit", "%(x)s — end"),
    pgettext_noop("streamlit", "Choose an option"),
    pgettext_noop("streamlit", "Choose options"),
    pgettext_noop("streamlit", "No options to select"),
    pgettext_noop("streamlit", "No options to select."),
    pgettext_noop("streamlit", "No results"),
    pgettext_noop("streamlit", "Select all"),
    pgettext_noop("streamlit", "Select %(x)s matches"),
    pgettext_noop("streamlit", "Selected values"),
    pgettext_noop("streamlit", "Clear all"),
    pgettext_noop("streamlit", "Remove %(x)s"),
    pgettext_noop("streamlit", "1 option available."),
    pgettext_noop("streamlit", "%(x)s options available."),
    # Dates
    pgettext_noop("streamlit", "Choose date"),
    pgettext_noop("streamlit", "Choose date, %(x)s"),
    pgettext_noop("streamlit", "Clear date"),
    pgettext_noop("streamlit", "Previous month"),
    pgettext_noop("streamlit", "Next month"),
    pgettext_noop("streamlit", "Use arrow keys to navigate dates. Enter to select. Escape to close."),
    # Files
    pgettext_noop("streamlit", "Upload"),
    pgettext_noop("streamlit", "file upload"),
    pgettext_noop("streamlit", "Add files"),
    pgettext_noop("streamlit", "%(x)s per file"),
    pgettext_noop("streamlit", "Drag and drop a file here"),
    pgettext_noop("streamlit", "Drag and drop files here"),
    pgettext_noop("streamlit", "%(x)s files are not allowed."),
    pgettext_noop("streamlit", "File must be %(x)s or smaller."),
    pgettext_noop("streamlit", "Only one file is allowed."),
    pgettext_noop("streamlit", "Too many files"),
    pgettext_noop("streamlit", "Upload failed"),
    pgettext_noop("streamlit", "Click to retry upload"),
    pgettext_noop("streamlit", "Cancel upload of %(x)s"),
    pgettext_noop("streamlit", "Download failed"),
    pgettext_noop("streamlit", "Failed to generate file for download"),
    # Toolbars of charts and tables
    pgettext_noop("streamlit", "Fullscreen"),
    pgettext_noop("streamlit", "Close fullscreen"),
    pgettext_noop("streamlit", "Show data"),
    pgettext_noop("streamlit", "Show chart"),
    pgettext_noop("streamlit", "Download as PNG"),
    pgettext_noop("streamlit", "Download as CSV"),
    pgettext_noop("streamlit", "Copy Vega-Lite spec"),
    pgettext_noop("streamlit", "Search"),
    pgettext_noop("streamlit", "Type to search"),
    pgettext_noop("streamlit", "Show/hide columns"),
    pgettext_noop("streamlit", "Sort ascending"),
    pgettext_noop("streamlit", "Sort descending"),
    pgettext_noop("streamlit", "Format"),
    pgettext_noop("streamlit", "Autosize"),
    pgettext_noop("streamlit", "Pin column"),
    pgettext_noop("streamlit", "Unpin column"),
    pgettext_noop("streamlit", "Hide column"),
    pgettext_noop("streamlit", "Copy column name"),
    # Charts, for a screen reader
    pgettext_noop("streamlit", "progress"),
    pgettext_noop("streamlit", "Vega visualization"),
    pgettext_noop("streamlit", "visualization"),
    pgettext_noop("streamlit", "group mark container"),
    pgettext_noop("streamlit", "rect mark container"),
    pgettext_noop("streamlit", "rule mark container"),
    pgettext_noop("streamlit", "text mark container"),
    pgettext_noop("streamlit", "line mark container"),
    pgettext_noop("streamlit", "area mark container"),
    pgettext_noop("streamlit", "symbol mark container"),
    pgettext_noop("streamlit", "line mark"),
    pgettext_noop("streamlit", "area mark"),
    pgettext_noop("streamlit", "text mark"),
    pgettext_noop("streamlit", "rule mark"),
    pgettext_noop("streamlit", "bar"),
    pgettext_noop("streamlit", "point"),
    pgettext_noop("streamlit", "circle"),
    pgettext_noop("streamlit", "axis"),
    pgettext_noop("streamlit", "legend"),
    pgettext_noop("streamlit", "title"),
    pgettext_noop("streamlit", "X-axis titled '%(x)s' for a linear scale with values from %(y)s to %(z)s"),
    pgettext_noop("streamlit", "Y-axis titled '%(x)s' for a linear scale with values from %(y)s to %(z)s"),
    pgettext_noop("streamlit", "X-axis titled '%(x)s' for a discrete scale with %(y)s values: %(z)s"),
    pgettext_noop("streamlit", "Y-axis titled '%(x)s' for a discrete scale with %(y)s values: %(z)s"),
    # Running and failing
    pgettext_noop("streamlit", "Running..."),
    pgettext_noop("streamlit", "Stop"),
    pgettext_noop("streamlit", "Stopping..."),
    pgettext_noop("streamlit", "Please wait..."),
    pgettext_noop("streamlit", "Connecting"),
    pgettext_noop("streamlit", "Connecting to Streamlit server"),
    pgettext_noop("streamlit", "Connection error"),
    pgettext_noop("streamlit", "Connection timed out."),
    pgettext_noop("streamlit", "Reconnected to server."),
    pgettext_noop("streamlit", "Streamlit server is not responding. Are you connected to the internet?"),
    pgettext_noop("streamlit", "Connection lost. Please wait for the app to reconnect, then try again."),
    pgettext_noop(
        "streamlit",
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
    ),
    pgettext_noop("streamlit", "Page not found"),
    pgettext_noop(
        "streamlit", "The page that you have requested does not seem to exist. Running the app's main page."
    ),
    pgettext_noop("streamlit", "Error:"),
    pgettext_noop(
        "streamlit",
        "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error "
        "details have been recorded in the logs (if you're on Streamlit Cloud, click on 'Manage app' in the lower "
        "right of your app).",
    ),
)
