#!/usr/bin/env python3
"""Holds the formats of the tables against their CSV, with programs that read them.

    validate_formats.py OUT

OUT is what `wenmai --format csv,parquet,xlsx,sql` wrote. Every table is compared value for value with its CSV, by the
types of datapackage.json:

- Parquet as pyarrow reads it, and once more loaded in pandas;
- wenmai.sql in SQLite (with its foreign keys checked) and in DuckDB;
- wenmai.xlsx as LibreOffice reads it, each sheet turned back into CSV. Without LibreOffice this part is skipped, and
  the last line says so.

Exit code 0: all agree; 1: something differs; 2: it could not be checked. Needs: pip install pandas pyarrow duckdb
"""

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, getcontext
from pathlib import Path

ERRORS_SHOWN = 5
# one CSV a sheet: commas, quotes, UTF-8, from line 1, numbers and days as they are stored
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
# readers of text that keep fifteen digits are off by half of the last
NEARLY = 5e-15
getcontext().prec = 60


class Table:
    """A table as its CSV and its schema say it is: rows of texts, None where missing."""

    def __init__(self, folder, resource):
        self.name = resource["name"]
        self.title = resource["title"]
        self.fields = resource["schema"]["fields"]
        self.key = resource["schema"]["primaryKey"]
        with open(folder / f"{self.name}.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [field["name"] for field in self.fields], f"{self.name}: another header"
        self.rows = [[cell or None for cell in row] for row in rows[1:]]

    def by_key(self, rows):
        """Rows in the order of the texts of their keys."""
        at = [next(n for n, field in enumerate(self.fields) if field["name"] == key) for key in self.key]
        return sorted(rows, key=lambda row: [str(row[n]) for n in at])


def differences(table, kind, found, same):
    """What `found` has that the table has not; `same(field, wanted, got)` compares two cells."""
    if len(found) != len(table.rows):
        return [f"{kind} has {len(found)} rows, CSV {len(table.rows)}"]
    faults = []
    for number, (wanted, got) in enumerate(zip(table.rows, found, strict=True), 1):
        if len(wanted) != len(got):
            faults.append(f"{kind}, row {number}: {len(got)} cells")
            continue
        for field, one, other in zip(table.fields, wanted, got, strict=True):
            if (one is None) != (other is None) or (one is not None and not same(field, one, other)):
                faults.append(f"{kind}, row {number}, {field['name']}: {other!r}, CSV {one!r}")
    return faults


def is_decimal(text, value):
    """A decimal is exact; where its type has fewer decimals than the text, it is rounded to these."""
    scale = -value.as_tuple().exponent
    return value == Decimal(text).quantize(Decimal(1).scaleb(-scale), ROUND_HALF_EVEN)


def nearly(one, other):
    """Numbers that agree in fifteen digits."""
    return abs(float(one) - float(other)) <= abs(float(other)) * NEARLY


def same_typed(field, text, value):
    """A value of a program with types says what the text says."""
    kind = field["type"]
    if kind == "string":
        return value == text
    if kind == "integer":
        return type(value) is int and value == int(text)
    if kind == "number":
        return is_decimal(text, value) if isinstance(value, Decimal) else value == float(text)
    if kind == "boolean":
        return value is (text == "true")
    return isinstance(value, date) and value == date.fromisoformat(text)


def same_in_sqlite(field, text, value):
    """SQLite has no days and no truth values, and fifteen digits of decimals."""
    kind = field["type"]
    if kind == "number":
        return isinstance(value, (int, float)) and nearly(value, text)
    if kind == "boolean":
        return value == (1 if text == "true" else 0)
    return value == text if kind == "date" else same_typed(field, text, value)


def same_in_sheet(field, text, cell):
    """A cell of a sheet that LibreOffice wrote as text again."""
    kind = field["type"]
    if kind == "boolean":
        return cell == text.upper()
    if kind == "date":
        return cell == text
    if kind in ("integer", "number") and cell != text:
        return nearly(cell, text)
    return cell == text


def check_parquet(folder, tables):
    import pandas
    import pyarrow.parquet

    faults = {}
    for table in tables:
        path = folder / f"{table.name}.parquet"
        file = pyarrow.parquet.read_table(path)
        columns = [column.to_pylist() for column in file.columns]
        faults[table.name] = differences(table, "Parquet", list(zip(*columns)), same_typed)
        if file.column_names != [field["name"] for field in table.fields]:
            faults[table.name].append(f"Parquet has the columns {file.column_names}")
        if len(pandas.read_parquet(path)) != len(table.rows):
            faults[table.name].append("pandas reads another number of rows from Parquet")
    return faults


def check_sql(folder, tables):
    import duckdb

    script = (folder / "wenmai.sql").read_bytes().decode("utf-8")
    lite = sqlite3.connect(":memory:")
    lite.executescript(script)
    duck = duckdb.connect()
    duck.execute(script)
    faults = {None: [f"SQLite: foreign key of {row}" for row in lite.execute("PRAGMA foreign_key_check")]}
    for table in tables:
        wanted = table.rows
        table.rows = table.by_key(wanted)
        rows = table.by_key(lite.execute(f'SELECT * FROM "{table.name}"').fetchall())
        faults[table.name] = differences(table, "SQLite", rows, same_in_sqlite)
        rows = table.by_key(duck.execute(f'SELECT * FROM "{table.name}"').fetchall())
        faults[table.name] += differences(table, "DuckDB", rows, same_typed)
        table.rows = wanted
    return faults


def check_workbook(folder, tables, office):
    with tempfile.TemporaryDirectory() as scratch:
        command = [office, "--headless", f"-env:UserInstallation=file://{scratch}/profile", "--convert-to", SHEETS]
        done = subprocess.run(
            [*command, "--outdir", scratch, str(folder / "wenmai.xlsx")], capture_output=True, text=True, timeout=600
        )
        faults = {}
        for table in tables:
            path = Path(scratch) / f"wenmai-{table.title}.csv"
            if not path.is_file():
                faults[table.name] = [f"LibreOffice made no {path.name}: {(done.stdout + done.stderr).strip()}"]
                continue
            with open(path, encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            faults[table.name] = []
            if rows[0] != [field["title"] for field in table.fields]:
                faults[table.name].append(f"workbook: another header, {rows[0]}")
            rows = [[cell or None for cell in row] for row in rows[1:]]
            faults[table.name] += differences(table, "workbook", rows, same_in_sheet)
        return faults


def main(arguments):
    if len(arguments) != 1:
        print("usage: validate_formats.py OUT", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    try:
        import duckdb  # noqa: F401
        import pandas  # noqa: F401
        import pyarrow  # noqa: F401

        resources = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
        tables = [Table(folder, resource) for resource in resources]
    except (ImportError, OSError, ValueError, KeyError) as error:
        print(f"can't check {folder} ({error!r}); run wenmai with --format csv,parquet,xlsx,sql, and", file=sys.stderr)
        print("pip install pandas pyarrow duckdb", file=sys.stderr)
        return 2
    found = [check_parquet(folder, tables), check_sql(folder, tables)]
    office = shutil.which("soffice")
    if office:
        found.append(check_workbook(folder, tables, office))
    bad = False
    for name in [None, *(table.name for table in tables)]:
        faults = [message for part in found for message in part.get(name, [])]
        bad = bad or bool(faults)
        if name or faults:
            rows = next((len(table.rows) for table in tables if table.name == name), 0)
            print(f"{name or 'all tables'}: {'DIFFERS' if faults else 'ok'}, {rows} rows")
        for message in faults[:ERRORS_SHOWN]:
            print(f"    {message}")
        if len(faults) > ERRORS_SHOWN:
            print(f"    and {len(faults) - ERRORS_SHOWN} more")
    print("Parquet, SQLite, DuckDB" + (", LibreOffice" if office else "; skipped: LibreOffice is not installed"))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
