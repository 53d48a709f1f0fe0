"""Evaluates parity cases under scikit-learn.

Reads one JSON document {"specs": [...]} from stdin (or from the file named as the only argument) and writes
{"versions": {...}, "results": [...]} to stdout, both in the tagged JSON of encode.ts. A case that raises gives
{"$error": "ValueError: ..."} in its place.
"""

import importlib
import json
import platform
import sys
import warnings

import numpy as np
import scipy
import scipy.sparse
import sklearn


def resolve(path):
    """The object at a dotted path below sklearn, or below numpy or scipy where the path says so."""
    parts = path.split(".")
    if parts[0] not in ("numpy", "scipy", "pandas", "builtins", "operator", "sklearn"):
        parts.insert(0, "sklearn")
    for split in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:split]))
        except ImportError:
            continue
        for name in parts[split:]:
            found = getattr(found, name)
        return found
    raise ImportError(path)


def is_numeric(value):
    """Whether a decoded value is a number, or a nested list of nothing but numbers."""
    if isinstance(value, list):
        return len(value) > 0 and all(is_numeric(item) for item in value)
    return isinstance(value, (bool, int, float, np.ndarray))


def as_array(value):
    """A numpy array of a nested list of numbers where it is rectangular; otherwise the list as it is."""
    if not isinstance(value, list) or not is_numeric(value):
        return value
    try:
        return np.array(value)
    except ValueError:
        return value


def as_data(value):
    """What stands for X or y: always an array; a table of whole numbers becomes float64."""
    if not isinstance(value, (list, np.ndarray)):
        return value
    array = as_array(value)
    if isinstance(array, list):
        mixed = any(isinstance(row, list) for row in array) or not all(isinstance(item, str) for item in array)
        array = np.array(array, dtype=object if mixed else None)
    return array.astype(np.float64) if array.ndim == 2 and array.dtype.kind in "iu" else array


def decode_array(value, dtype):
    return np.array(decode(value, raw=True), dtype=dtype)


def decode_frame(columns):
    import pandas

    return pandas.DataFrame({name: decode(column, raw=True) for name, column in columns.items()})


TAGS = {
    "$number": lambda v, _: float(v),
    "$float": lambda v, _: float(decode(v)),
    "$tuple": lambda v, _: tuple(decode(item) for item in v),
    "$list": lambda v, _: [decode(item) for item in v],
    "$map": lambda v, _: {decode(key): decode(item) for key, item in v},
    "$slice": lambda v, _: slice(*v),
    "$array": lambda v, o: decode_array(v, o.get("dtype")),
    "$csr": lambda v, _: scipy.sparse.csr_array(decode_array(v, np.float64)),
    "$frame": lambda v, _: decode_frame(v),
    "$ref": lambda v, _: resolve(v),
    "$estimator": lambda v, o: resolve(v)(**decode_params(o.get("params"))),
    "$call": lambda v, o: resolve(v)(*[decode(a) for a in o.get("args", [])], **decode_params(o.get("kwargs"))),
}


def decode(value, raw=False):
    """Tagged JSON to Python; `raw` leaves nested number lists as lists."""
    if isinstance(value, list):
        items = [decode(item, raw=True) for item in value]
        return items if raw else as_array(items)
    if isinstance(value, dict):
        tag = next((key for key in value if key in TAGS), None)
        if tag is not None:
            return TAGS[tag](value[tag], value)
        return {key: decode(item) for key, item in value.items()}
    return value


def decode_params(params):
    return {name: decode(value) for name, value in (params or {}).items()}


def encode_number(value):
    value = float(value)
    if np.isfinite(value):
        return value
    return {"$number": "NaN" if np.isnan(value) else "Infinity" if value > 0 else "-Infinity"}


def encode(value):
    """Python to tagged JSON; estimators and other objects without a plain form become their repr."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (np.bool_,)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return encode_number(value)
    if scipy.sparse.issparse(value):
        return encode(value.toarray())
    if isinstance(value, np.ma.MaskedArray):
        return [encode(item) for item in value.tolist()]
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "iub":
            return value.tolist()
        if value.dtype.kind == "f" and np.isfinite(value).all():
            return value.astype(np.float64).tolist()
        if value.ndim == 0:
            return encode(value.item())
        return [encode(item) for item in value]
    if isinstance(value, dict):
        return {str(key): encode(item) for key, item in value.items()}
    if hasattr(value, "to_dict") and hasattr(value, "columns"):
        return {str(name): encode(value[name].to_numpy()) for name in value.columns}
    if isinstance(value, slice):
        return [value.start, value.stop]
    if hasattr(value, "__iter__"):
        return [encode(item) for item in value]
    return {"$repr": repr(value)}


def follow(root, path):
    """`tree_.threshold`, `estimators_.0.coef_`, `named_steps.pca`: attributes, positions and keys."""
    for name in path.split("."):
        if name.lstrip("-").isdigit():
            root = root[int(name)]
        elif isinstance(root, dict):
            root = root[name]
        else:
            root = getattr(root, name)
    return root() if callable(root) and not hasattr(root, "fit") else root


def run_call(spec):
    arguments = [decode(argument) for argument in spec.get("args", [])]
    return resolve(spec["call"])(*arguments, **decode_params(spec.get("kwargs")))


def run_method(estimator, name, *arguments):
    if name == "$get":
        return follow(estimator, arguments[0])
    named = {}
    if arguments and isinstance(arguments[-1], dict) and "$kwargs" in arguments[-1]:
        *arguments, last = arguments
        named = decode_params(last["$kwargs"])
    result = getattr(estimator, name)(*[as_data(decode(argument)) for argument in arguments], **named)
    return None if result is estimator else result


def run_fit(spec):
    estimator = resolve(spec["fit"])(**decode_params(spec.get("params")))
    if "X" in spec:
        data = [as_data(decode(spec[name])) for name in ("X", "y") if name in spec]
        getattr(estimator, spec.get("method", "fit"))(*data, **decode_params(spec.get("fit_kwargs")))
    learned = [encode(follow(estimator, path)) for path in spec.get("get", [])]
    return learned + [encode(run_method(estimator, *call)) for call in spec.get("calls", [])]


def run_split(spec):
    splitter = resolve(spec["split"])(**decode_params(spec.get("params")))
    data = {name: as_data(decode(spec[name])) for name in ("X", "y", "groups") if name in spec}
    return [[train, test] for train, test in splitter.split(**data)]


def run_python(spec):
    names = {"np": np, "sklearn": sklearn, "scipy": scipy, "resolve": resolve, **decode_params(spec.get("with"))}
    exec(spec["python"], names)
    return names["result"]


RUNNERS = {"call": run_call, "fit": run_fit, "split": run_split, "python": run_python}


def run(spec):
    kind = next(key for key in RUNNERS if key in spec)
    try:
        return encode(RUNNERS[kind](spec))
    except Exception as error:
        return {"$error": f"{type(error).__name__}: {error}"}


def main():
    source = open(sys.argv[1], encoding="utf-8") if len(sys.argv) > 1 else sys.stdin
    warnings.filterwarnings("ignore")
    np.seterr(all="ignore")
    results = [run(spec) for spec in json.load(source)["specs"]]
    versions = {
        "sklearn": sklearn.__version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "python": platform.python_version(),
    }
    json.dump({"versions": versions, "results": results}, sys.stdout, allow_nan=False)


if __name__ == "__main__":
    main()
