#!/usr/bin/env bash
# LibreOffice takes a Persian (Jalali) date such as 1404-07-15 for a day of the year 1404, and no reader gives the date back.
#
# Imported from CSV and saved as .xlsx, the cell holds the day number -180954: days before 15 October 1582 are counted by the Julian
# calendar. Excel has no days below zero; openpyxl counts by the Gregorian calendar and gives 1404-07-24, nine days late, without a
# warning; calamine gives a time of day, 00:00:00. Dates that LibreOffice does not take for dates (1404-06-31, a day that
# only the Persian calendar has) stay text in the same column and are right. Who reads Persian dates from workbooks has to look at
# docProps/app.xml for LibreOffice and count day numbers below -115860 by the Julian calendar.
# Needs soffice on the path. Exits non-zero when the behaviour changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install -q --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.8.0
cd "$work"
printf 'date,what\n1404-07-15,visit\n1404-06-31,visit\n2024-03-05,visit\n' > days.csv
soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx days.csv > /dev/null 2>&1
soffice "-env:UserInstallation=file://$work/profile" --version
cat > look.py <<'PY'
import re, sys, zipfile
import openpyxl, python_calamine

with zipfile.ZipFile("days.xlsx") as book:
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    writer = re.search("<Application>(.*?)</Application>", book.read("docProps/app.xml").decode())[1]
stored = re.search(r'r="A2"[^>]*><v>([^<]*)<', sheet)[1]
by_openpyxl = [row[0].value for row in openpyxl.load_workbook("days.xlsx").active.iter_rows(min_row=2)]
by_calamine = [row[0] for row in python_calamine.load_workbook("days.xlsx").get_sheet_by_index(0).to_python()[1:]]
print("written by", writer)
print("stored", stored)
print("openpyxl", openpyxl.__version__, [str(day) for day in by_openpyxl])
print("calamine", [str(day) for day in by_calamine])
same = (
    stored == "-180954"
    and str(by_openpyxl[0]).startswith("1404-07-24")
    and by_openpyxl[1] == "1404-06-31"
    and "1404" not in str(by_calamine[0])
)
sys.exit(0 if same else 1)
PY
"$work/venv/bin/python" look.py
