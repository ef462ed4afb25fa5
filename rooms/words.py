"""The sentences of a room's pages, looked up when they are sent. Whole, with named places; the browser fills in numbers."""

from __future__ import annotations

from i18n.catalog import catalog
from rooms.items import Item
from statements.fields import shorten, why_not
from statements.reader import made, reading
from statements.text import N_

PHONE = {
    "title": N_("Workshop room"),
    "room": N_("Room %(code)s"),
    "you": N_("In this room you are"),
    "seat": N_("Seat code"),
    "seatWhy": N_("Another phone, or another browser? Enter this code there, and your seat and answers come along."),
    "back": N_("I already have a seat"),
    "take": N_("Take my seat"),
    "four": N_("Four digits"),
    "waiting": N_("You are in. The first question comes in a moment."),
    "next": N_("The next question comes in a moment."),
    "closed": N_("Voting is closed. Look at the screen."),
    "over": N_("The session is over. Thank you for taking part!"),
    "gone": N_("This room has been deleted, with all its answers."),
    "one": N_("One answer"),
    "many": N_("Several answers are possible"),
    "yourNumber": N_("Your number"),
    "estimate": N_("Your estimate"),
    "order": N_("Put these in order, from the first to the last"),
    "up": N_("Move up"),
    "down": N_("Move down"),
    "rates": N_("What would you guess? Of 100 people at each stage, how many get to the next one?"),
    "yourText": N_("Your answer, in a line"),
    "send": N_("Send"),
    "again": N_("Send again"),
    "sending": N_("Sending …"),
    "arrived": N_("Your answer has arrived. You can change it until voting is closed."),
    "kept": N_("Not sent yet: no connection. Your answer is kept here and sent again by itself."),
    "late": N_("Voting was closed already; this change does not count."),
    "round": N_("Round %(n)s: think it over once more."),
    "yours": N_("Your answer"),
    "none": N_("You did not answer this one."),
    "right": N_("Right!"),
    "wrong": N_("Not quite."),
    "truth": N_("Right is"),
    "online": N_("Connected"),
    "offline": N_("No connection. Trying again …"),
    "stored": N_(
        "Nobody asks for your name. Your answers stay on the trainer’s server for 24 hours at most and are then deleted."
    ),
    "noscript": N_("This page needs JavaScript, or no answer can be sent."),
}

DOOR = {
    "title": N_("Join a room"),
    "ask": N_("The code on the screen"),
    "six": N_("Six digits"),
    "join": N_("Join"),
}

SCREEN = {
    "title": N_("Workshop room"),
    "join": N_("Join with your phone"),
    "address": N_("Address"),
    "code": N_("Code"),
    "here": N_("Connected"),
    "answered": N_("Answered"),
    "item": N_("Question %(at)s of %(of)s"),
    "roundN": N_("Round %(n)s"),
    "closed": N_("Voting is closed"),
    "rightN": N_("Right"),
    "median": N_("Median"),
    "half": N_("Middle half"),
    "truth": N_("The truth"),
    "room": N_("What the room believes"),
    "few": N_("With fewer than five answers, single answers are not shown."),
    "nothing": N_("No answers yet"),
    "rates": N_("What would you guess? Of 100 people at each stage, how many get to the next one?"),
    "place": N_("Mean place"),
    "ofTop": N_("Of %(top)s at the top, %(end)s get to the end."),
    "truthTop": N_("In truth it is %(end)s."),
    "over": N_("Thank you! The session is over."),
    "empty": N_("There is no question yet. Write one on the trainer’s page."),
    "open": N_("Start voting"),
    "close": N_("Close voting"),
    "reveal": N_("Show the results"),
    "hide": N_("Hide the results"),
    "reopen": N_("Open voting again"),
    "again": N_("Discuss, then vote again"),
    "next": N_("Next question"),
    "end": N_("End"),
    "resume": N_("Go on after all"),
    "showTruth": N_("Show the truth"),
    "qr": N_("QR code"),
    "full": N_("Full screen"),
    "desk": N_("Trainer’s page"),
    "wait": N_("Texts that wait for the trainer"),
    "keys": N_(
        "Keys: space or an arrow for the next step, A to vote again, T for the truth, Q for the QR code, F for full screen"
    ),
    "offline": N_("No connection. Trying again …"),
    "stale": N_("Somebody else was quicker; this is the present state."),
    "notTrainer": N_("Only the trainer of this room sees this page. Open it with the trainer’s link."),
    "gone": N_("This room has been deleted, with all its answers."),
    "local": N_(
        "This address works on this computer only. Phones need one of the addresses below; "
        "they must be in the same network as this computer."
    ),
    "unreached": N_(
        "Phones cannot reach this computer: the server listens on this computer only, or there is no network. "
        "Join a Wi-Fi network or open a hotspot, start the server without server.address, and reload this page."
    ),
    "noPhones": N_(
        "No phone gets through? All must be in one Wi-Fi network; the computer’s firewall must let this port in; "
        "guest networks often keep devices apart: then open a hotspot on a phone or on this computer."
    ),
}

DESK = {
    "now": N_("Now"),
    "questions": N_("Questions"),
    "start": N_("Start"),
    "texts": N_("Texts of the room"),
    "show": N_("Let through"),
    "holdBack": N_("Hold back"),
    "noTexts": N_("No texts yet"),
    "own": N_("Ask something of your own"),
    "kind": N_("Kind"),
    "kind-choice": N_("Choice"),
    "kind-number": N_("Number"),
    "kind-estimate": N_("Estimate on a scale"),
    "kind-order": N_("Order"),
    "kind-rates": N_("Rates of a funnel"),
    "kind-text": N_("Open text"),
    "ask": N_("Question"),
    "option": N_("Answer %(n)s"),
    "isRight": N_("right"),
    "inOrder": N_("In the right order; the phones show them mixed."),
    "percent": N_("in percent"),
    "low": N_("From"),
    "high": N_("To"),
    "answer": N_("Right number"),
    "answerMaybe": N_("Right number, if there is one"),
    "stage": N_("Stage %(n)s"),
    "rate": N_("True rate from the stage before, if known"),
    "top": N_("People at the top"),
    "more": N_("One more"),
    "add": N_("Add to the questions"),
    "added": N_("Added."),
    "files": N_("Results"),
    "xlsx": N_("Excel workbook"),
    "csv": N_("Table (CSV)"),
    "pdf": N_("PDF with charts"),
    "funnel": N_("The room’s funnel in the laboratory"),
    "screen": N_("Projector page"),
    "phone": N_("Steer from your own phone"),
    "phoneWhy": N_("Whoever has this link steers the room. Do not show it on the projector."),
    "showLink": N_("Show the link"),
    "stored": N_(
        "The server keeps the questions, the answers and a mark for each seat, no names and no addresses. "
        "All of it is deleted 24 hours after the room was opened, or at once:"
    ),
    "delete": N_("Delete this room"),
    "sure": N_("Delete the room and all answers? This cannot be undone."),
    "yes": N_("Delete"),
    "no": N_("Keep"),
}

START = {
    "title": N_("Open a workshop room"),
    "lead": N_(
        "Put this page on the projector. Your class joins with its phones by a code, without accounts or names, and votes, "
        "estimates and moves one funnel together."
    ),
    "which": N_("Which questions does it begin with?"),
    "own": N_("None: I write my own"),
    "count": N_("Questions: %(n)s"),
    "open": N_("Open the room"),
    "back": N_("Back to the course"),
    "failed": N_("The room could not be opened. Please try again."),
    "stored": N_("A room lives for 24 hours on this server and is then deleted with all its answers."),
}

_WHY = {
    "no-room": N_("There is no room with this code. Look at the screen again: six digits."),
    "no-seat": N_("Your seat is not known here. Reload the page."),
    "no-such-seat": N_("There is no seat with these four digits in this room."),
    "full": N_("This room is full."),
    "over": N_("The session is over."),
    "late": N_("Voting was closed already; this change does not count."),
    "away": N_("The server cannot answer just now. What you did is kept and tried again."),
    "slow": N_("That was too often. Please wait a little and try again."),
    "not-trainer": N_("Only the trainer of this room may do that."),
    "stale": N_("Somebody else was quicker; this is the present state."),
    "not-now": N_("That does not fit the present state of the room."),
    "outside": N_("This number is outside the scale."),
    "empty": N_("There is nothing to send yet."),
    "too-long": N_("That is too long."),
    "no-funnel": N_("Nobody has estimated the rates of a funnel yet."),
    "foreign": N_("This request came from another site and was refused."),
    "draft-ask": N_("Write what you want to ask."),
    "draft-options": N_("Write two different answers at least; for an order, three."),
    "draft-number": N_("A number is missing or cannot be read, such as 12.5."),
    "draft-scale": N_("The scale must begin below its end."),
    "draft-stages": N_("Name two stages at least; true rates lie between 0% and 100%."),
}
_UNREADABLE = N_("This could not be read. Reload the page and try again.")


def words(table: dict[str, str], code: str, digits: str | None = None) -> dict[str, str]:
    """Return a table's sentences in a language."""
    reader = made(code, digits)
    return {key: reader.numbers.text(reader.catalog.gettext(text)) for key, text in table.items()}


def why(code_of_why: str, code: str, digits: str | None = None, given: str = "", item: Item | None = None) -> str:
    """Return why something was refused, as a sentence in a language; ``given`` is what was typed."""
    if code_of_why.startswith("number-"):
        with reading(code, digits):
            return why_not(code_of_why.removeprefix("number-"), shorten(given))
    if code_of_why == "outside" and item is not None and item.kind == "estimate" and given:
        with reading(code, digits):
            numbers = made(code, digits).numbers
            form = numbers.percent_field if item.form == "percent" else numbers.count_field
            return why_not("out-of-range", shorten(given), form(item.low), form(item.high))
    text = catalog(code).gettext(_WHY.get(code_of_why, _UNREADABLE))
    return made(code, digits).numbers.text(text)
