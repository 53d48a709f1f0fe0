"""The process that runs workloads in scikit-learn; protocol.ts says what it is asked and answers.

It may not be called sklearn.py: Python would then import it in place of the library.
"""

import gc
import json
import os
import platform
import resource
import sys
import time
import warnings

import numpy as np
import sklearn

BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024


def descendants(pid):
    """The processes that joblib started, where the system tells."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            children = file.read().split()
    except OSError:
        return []
    return [found for child in children for found in (child, *descendants(child))]


def peak_of(pid):
    """The peak resident size of another process, in bytes."""
    try:
        with open(f"/proc/{pid}/status") as file:
            return next((int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def peak_bytes():
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_UNIT
    return own + sum(peak_of(pid) for pid in descendants(os.getpid()))


class Contestant:
    def prepare(self, question):
        self.names = {"np": np, **question["size"]}
        exec(question["code"], self.names)
        return {"preparedBytes": peak_bytes()}

    def time(self, question):
        run, repeats = self.names["run"], question["repeats"]
        self.result = None
        gc.collect()
        start = time.perf_counter()
        for _ in range(repeats):
            self.result = run()
        return {"seconds": (time.perf_counter() - start) / repeats}

    def finish(self, _):
        peak = peak_bytes()
        versions = {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "python": platform.python_version()}
        return {"quality": float(self.names["quality"](self.result)), "peakBytes": peak, "versions": versions}


def main():
    warnings.simplefilter("ignore")
    contestant = Contestant()
    for line in sys.stdin:
        question = json.loads(line)
        try:
            answer = getattr(contestant, question["ask"])(question)
        except Exception as error:
            answer = {"error": repr(error)}
        print(json.dumps(answer), flush=True)


main()
