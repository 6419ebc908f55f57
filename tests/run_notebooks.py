#!/usr/bin/env python3
"""Runs the notebooks from top to bottom, as a reader would.

    run_notebooks.py TARGET

Executes every notebook of notebooks/ in that folder, against the tables that WENMAI_OUT names (default ../out), and writes
the executed copies into TARGET. A cell that fails, and a warning of matplotlib that a glyph is missing, fail the run.
Exit code 0: all is well; 1: something is not; 2: it could not be checked.

Needs: pip install nbclient ipykernel, and what the notebooks themselves ask for
"""

import sys
import tempfile
import time
from pathlib import Path

# what matplotlib says of characters that the font doesn't have, and of fonts that aren't there
BAD = ("missing from font", "missing from current font", "findfont:")


def texts(notebook):
    """Everything that its cells printed."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield from (str(output.get("text", "")), *map(str, output.get("data", {}).values()))


def run(path, target):
    """What is wrong with a notebook."""
    import nbformat
    from jupyter_client import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = nbformat.read(path, as_version=4)
    stored = [cell.id for cell in notebook.cells if cell.get("outputs")]
    faults = [f"outputs are stored in {', '.join(stored)}: clear them before you commit"] if stored else []
    try:
        # sockets in the file system: a kernel that listens on a port would be open to every user of the machine
        with tempfile.TemporaryDirectory() as sockets:
            kernel = AsyncKernelManager(transport="ipc", ip=f"{sockets}/kernel")
            resources = {"metadata": {"path": str(path.parent)}}
            NotebookClient(notebook, km=kernel, timeout=120, resources=resources).execute(cleanup_kc=True)
    except CellExecutionError as error:
        faults.append(f"{error.ename}: {error.evalue}")
    nbformat.write(notebook, target / path.name)
    found = {line for text in texts(notebook) for line in text.splitlines() if any(bad in line for bad in BAD)}
    return faults + sorted(found)


def main(arguments):
    if len(arguments) != 1:
        print("usage: run_notebooks.py TARGET", file=sys.stderr)
        return 2
    try:
        import ipykernel  # noqa: F401
        import nbclient  # noqa: F401
    except ImportError as error:
        print(f"run_notebooks.py: {error}; run: pip install nbclient ipykernel", file=sys.stderr)
        return 2
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    notebooks = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
    bad = not notebooks
    for path in notebooks:
        start = time.monotonic()
        faults = run(path.resolve(), target)
        print(f"{path.name}: {'FAULTY' if faults else 'ok'}, {time.monotonic() - start:.0f}s")
        for fault in faults:
            print(f"    {fault}")
        bad = bad or bool(faults)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
