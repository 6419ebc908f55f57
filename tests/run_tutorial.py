#!/usr/bin/env python3
"""Does what the tutorials say, and compares what is printed with what they show.

    run_tutorial.py [--renew] TUTORIAL…

Blocks of a tutorial are taken in order, in a new folder in which `wenmai/` is this checkout:

- `sh`: the commands are run, in the folder in which the block before ended (`cargo install` is left out);
- `python`: the program is written into the file that the text above named last, and run;
- `csv`: its lines are put behind those of the file that the text above named last, where they aren't there yet;
- `text`: behind a block that was run, what it printed must be this. With --renew it is written into the tutorial.

Others are for reading. WENMAI names the binary (default: target/release/wenmai). Exit code 0: all is as told; 1: something is not.

Needs: what the tutorial asks for (pip install pandas altair vl-convert-python)
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+\.(py|csv))`")


class Reader:
    """Somebody who does what a tutorial says."""

    def __init__(self, folder):
        self.folder = self.home = Path(folder)
        binary = Path(os.environ.get("WENMAI", ROOT / "target/release/wenmai")).resolve()
        if not binary.is_file():
            sys.exit(f"run_tutorial.py: {binary} is not there; build it, or set WENMAI")
        (self.home / "bin").mkdir()
        (self.home / "bin/wenmai").symlink_to(binary)
        (self.home / "bin/python").symlink_to(sys.executable)
        (self.home / "wenmai").symlink_to(ROOT)
        self.environment = {**os.environ, "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def run(self, command):
        """What a command prints, its messages too."""
        done = subprocess.run(command, cwd=self.folder, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        text = done.stdout.decode("utf-8", "replace")
        if done.returncode != 0:
            raise RuntimeError(f"{command[-1].strip()}\n{text}")
        return "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n"))

    def take(self, kind, body, named):
        """What a block prints; `None` where it prints nothing to compare."""
        if kind == "sh":
            commands = "\n".join(line for line in body.splitlines() if not line.startswith("cargo install"))
            place = self.home / "place"
            printed = self.run(["bash", "-ec", f"{commands}\npwd > '{place}'"])
            self.folder = Path(place.read_text().rstrip("\n"))
            return printed or None
        path = self.folder / named.get({"python": "py"}.get(kind, kind), "")
        if kind == "python":
            path.write_text(body, encoding="utf-8")
            # the program that runs this one: `bin/python` would forget the packages beside it
            return self.run([sys.executable, "-W", "ignore", str(path)])
        if kind == "csv":
            lines = path.read_text(encoding="utf-8").splitlines()
            lines += [line for line in body.splitlines() if line not in lines]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return None


def follow(path, renew):
    """What a tutorial says that isn't so; with `renew`, it is put right."""
    text = path.read_text(encoding="utf-8")
    faults, written, end, named, printed = [], [], 0, {}, None
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(folder)
        for block in BLOCK.finditer(text):
            between = text[end:block.start()]
            written.append(between)
            end = block.end()
            if between.strip():
                named.update({ending: name for name, ending in NAMED.findall(between)})
            kind, body = block.groups()
            if kind == "text":
                # a block that stands right behind one that was run shows what it printed
                if printed is not None and not between.strip():
                    if printed != body.rstrip("\n"):
                        faults.append(f"shown:\n{body}printed:\n{printed}")
                    body = printed + "\n"
                printed = None
            else:
                printed = reader.take(kind, body, named)
            written.append(f"```{kind}\n{body}```")
    if renew:
        path.write_text("".join(written) + text[end:], encoding="utf-8")
        return []
    return faults


def main(arguments):
    renew = "--renew" in arguments
    paths = [Path(argument) for argument in arguments if argument != "--renew"]
    if not paths:
        print("usage: run_tutorial.py [--renew] TUTORIAL…", file=sys.stderr)
        return 1
    bad = False
    for path in paths:
        try:
            faults = follow(path, renew)
        except (RuntimeError, OSError) as error:
            faults = [str(error)]
        print(f"{path.name}: {'FAULTY' if faults else 'ok'}")
        for fault in faults:
            print("    " + fault.rstrip("\n").replace("\n", "\n    "))
        bad = bad or bool(faults)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
