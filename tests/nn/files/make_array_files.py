"""Writes array-files.json: python3 make_array_files.py (numpy 2.4.6). Files as base64, with what they hold."""

import base64
import gzip
import io
import json
import struct
from pathlib import Path

import numpy as np


def text(data):
    return base64.b64encode(data).decode()


def npy(array, version=None):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return text(file.getvalue())


def held(array):
    return {"shape": list(array.shape), "values": array.astype(np.float64).ravel().tolist()}


numbers = np.array([[0, 1, 2], [3, 100, 5]])
types = ["f8", "f4", "f2", "i8", "u8", "i4", "u4", "i2", "u2", "i1", "u1"]
files = {}
for code in types:
    for order in "<>":
        array = (numbers - (1 if code[0] != "u" else 0)).astype(order + code)
        files[f"{order}{code}"] = {"npy": npy(array), **held(array)}
files["bool"] = {"npy": npy(numbers % 2 == 1), **held(numbers % 2 == 1)}
halves = np.array([1.5, -0.0, 6.1e-5, 5.96e-8, 65504, np.inf], dtype="f2")
files["halves"] = {"npy": npy(halves), "shape": [6], "values": [*halves[:-1].astype(float).tolist(), "Infinity"]}
cube = np.arange(24, dtype="<i2").reshape(2, 3, 4)
files["fortran"] = {"npy": npy(np.asfortranarray(cube)), **held(cube)}
files["version 2"] = {"npy": npy(cube, (2, 0)), **held(cube)}
files["version 3"] = {"npy": npy(cube, (3, 0)), **held(cube)}
files["scalar"] = {"npy": npy(np.array(7.0)), **held(np.array(7.0))}
files["empty"] = {"npy": npy(np.zeros((0, 3))), **held(np.zeros((0, 3)))}

refused = {
    "complex": npy(np.array([1j])),
    "text": npy(np.array(["a"])),
    "fields": npy(np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])),
    "large": npy(np.array([2**53 + 1])),
}
pickled = io.BytesIO()
np.save(pickled, np.array([{"a": 1}], dtype=object), allow_pickle=True)
refused["objects"] = text(pickled.getvalue())


def npz(save):
    file = io.BytesIO()
    save(file, cube=cube, line=np.linspace(0, 1, 5))
    return text(file.getvalue())


def idx(code, array):
    head = bytes([0, 0, code, array.ndim]) + struct.pack(f">{array.ndim}I", *array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


images = (np.arange(2 * 4 * 3).reshape(2, 4, 3) * 11 % 256).astype("u1")
idx_types = [(8, "u1"), (9, "i1"), (11, "i2"), (12, "i4"), (13, "f4"), (14, "f8")]
output = {
    "numpy": np.__version__,
    "npy": files,
    "refused": refused,
    "npz": {"stored": npz(np.savez), "packed": npz(np.savez_compressed)},
    "idx": {code: {"idx": text(idx(number, numbers.astype(code))), **held(numbers)} for number, code in idx_types},
    "images": {"idx": text(gzip.compress(idx(8, images), mtime=0)), **held(images)},
}
lines = json.dumps(output, indent=1, separators=(",", ":"))
(Path(__file__).parent / "array-files.json").write_text(lines + "\n")
