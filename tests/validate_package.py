#!/usr/bin/env python3
"""Checks an output folder as those who use it would read it.

    validate_package.py OUT

Validates OUT/datapackage.json and every table that it names with frictionless (types, constraints, sizes, hashes, primary
and foreign keys), then loads every table in pandas and in polars with the types that its schema states and compares rows
and missing values. Prints a line for each table. Exit code 0: all is well; 1: something is not; 2: it could not be checked.

Needs: pip install frictionless pandas polars
"""

import importlib
import json
import sys
from pathlib import Path

ERRORS_SHOWN = 5


def require(name):
    """Imports a module, or says how to get it."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        print(f"validate_package.py needs {name} ({error}); run: pip install frictionless pandas polars", file=sys.stderr)
        sys.exit(2)


def check_standard(path):
    """Errors by resource name as frictionless finds them; the name None holds those of the package itself."""
    frictionless = require("frictionless")
    try:
        report = frictionless.Package(str(path)).validate()
    except frictionless.FrictionlessException as exception:
        return {None: [error.message for error in exception.reasons or [exception.error]]}, {}
    faults = {None: [error.message for error in report.errors]}
    for task in report.tasks:
        faults[task.name] = [error.message for error in task.errors]
    return faults, {task.name: task.stats.get("rows") for task in report.tasks}


def load_pandas(path, fields):
    """Rows and missing values by column."""
    pandas = require("pandas")
    types = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "date": "string"}
    frame = pandas.read_csv(
        path, dtype={f["name"]: types[f["type"]] for f in fields}, keep_default_na=False, na_values=[""], encoding="utf-8"
    )
    for field in fields:
        if field["type"] == "date":
            # Days: out of the range of nanoseconds is not out of the range of reports.
            frame[field["name"]] = pandas.to_datetime(frame[field["name"]], format="%Y-%m-%d").astype("datetime64[s]")
    return len(frame), {name: int(frame[name].isna().sum()) for name in frame.columns}


def load_polars(path, fields):
    """Rows and missing values by column."""
    polars = require("polars")
    types = {
        "string": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
    }
    frame = polars.read_csv(path, schema_overrides={f["name"]: types[f["type"]] for f in fields}, infer_schema=False)
    return frame.height, {name: frame[name].null_count() for name in frame.columns}


def check_readers(path, resource):
    """What is wrong with a table as pandas and polars read it."""
    fields = resource["schema"]["fields"]
    expected = resource["rows"]
    found, faults = {}, []
    for name, load in (("pandas", load_pandas), ("polars", load_polars)):
        try:
            rows, missing = load(path, fields)
        except Exception as error:  # whatever a reader raises is a fault of the table
            reason = (str(error).splitlines() or [""])[0]
            faults.append(f"{name} can't read it with the types of its schema: {type(error).__name__}: {reason}")
            continue
        if rows != expected:
            faults.append(f"{name} reads {rows} rows, the package says {expected}")
        if list(missing) != [field["name"] for field in fields]:
            faults.append(f"{name} reads the columns {list(missing)}")
        found[name] = missing
    if len(found) == 2:
        for column, missing in found["pandas"].items():
            if found["polars"].get(column) != missing:
                other = found["polars"].get(column)
                faults.append(f"{column}: pandas finds {missing} missing values, polars {other}")
    return faults


def main(arguments):
    if len(arguments) != 1:
        print("usage: validate_package.py OUT", file=sys.stderr)
        return 2
    folder = Path(arguments[0])
    package = folder / "datapackage.json"
    if not package.is_file():
        print(f"{package}: no such file; give the folder that a run wrote", file=sys.stderr)
        return 2
    for name in ("frictionless", "pandas", "polars"):
        require(name)
    try:
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    except (ValueError, KeyError, TypeError) as error:
        print(f"{package}: no data package ({error!r})")
        return 1
    faults, rows = check_standard(package)
    bad = bool(faults[None])
    for message in faults[None]:
        print(f"datapackage.json: {message}")
    for resource in resources:
        name = resource["name"]
        if not faults[None] and name not in rows:
            faults[name] = ["frictionless did not check it"]
        found = faults.get(name, []) + check_readers(folder / resource["path"], resource)
        print(f"{name}: {'FAULTY' if found else 'ok'}, {resource['rows']} rows, {len(resource['schema']['fields'])} columns")
        for message in found[:ERRORS_SHOWN]:
            print(f"    {message}")
        if len(found) > ERRORS_SHOWN:
            print(f"    and {len(found) - ERRORS_SHOWN} more")
        bad = bad or bool(found)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
