"""Evaluates parity cases under torch, on one thread.

Reads and writes what oracle.py does; each spec is {"torch": lines that set `result`, "with": names}. Lists of numbers
become float32 tensors, {"$indices": list} int64 ones; everything else stays as it is.
"""

import json
import math
import platform
import sys
import warnings

import torch
import torch.nn.functional as F
from torch import nn


def number(item):
    """The numbers that JSON lacks."""
    return float(item["$number"]) if "$number" in item else item


def decode(value):
    if isinstance(value, list):
        return torch.tensor(value, dtype=torch.float32)
    if isinstance(value, dict) and "$indices" in value:
        return torch.tensor(value["$indices"], dtype=torch.int64)
    return value


def encode_number(value):
    if isinstance(value, int):
        return value
    if math.isfinite(value):
        # Nine digits tell all single-precision numbers apart.
        return float(f"{value:.9g}")
    return {"$number": "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"}


def encode(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float)):
        return encode_number(value)
    if isinstance(value, torch.Tensor):
        return encode(value.detach().tolist())
    if isinstance(value, dict):
        return {str(key): encode(item) for key, item in value.items()}
    return [encode(item) for item in value]


def weights_like(y):
    """The weights of weigh() in torch-case.ts."""
    return (((torch.arange(y.numel()) * 7) % 11 - 4) / 5).reshape(y.shape).to(torch.float32)


def differentiate(y, *leaves):
    """Results, and the gradients of their weighted sum in the leaves."""
    outputs = y if isinstance(y, (list, tuple)) else [y]
    sum((output * weights_like(output)).sum() for output in outputs).backward()
    return [*outputs, *[leaf.grad for leaf in leaves]]


def run(spec):
    names = {name: decode(value) for name, value in spec.get("with", {}).items()}
    names.update(torch=torch, F=F, nn=nn, math=math, differentiate=differentiate)
    try:
        exec(spec["torch"], names)
        return encode(names["result"])
    except Exception as error:
        return {"$error": f"{type(error).__name__}: {error}"}


def main():
    source = open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    results = [run(spec) for spec in json.load(source, object_hook=number)["specs"]]
    versions = {"torch": torch.__version__, "python": platform.python_version()}
    json.dump({"versions": versions, "results": results}, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
