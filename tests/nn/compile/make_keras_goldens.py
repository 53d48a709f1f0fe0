"""Writes keras.json: histories of Keras 3's compile and fit for drawn small models. python3 make_keras_goldens.py"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
import keras  # noqa: E402
import numpy as np  # noqa: E402

draw = np.random.RandomState(3)
OPTIMIZERS = ["sgd", "adam", "adamw", "rmsprop", "adagrad", "lion"]
# Loss, activation of the output, its width, metrics.
TASKS = [
    ("mse", None, 2, ["mae"]),
    ("mae", None, 1, ["mse"]),
    ("huber", None, 2, ["mae"]),
    ("binary_crossentropy", "sigmoid", 1, ["accuracy"]),
    ("categorical_crossentropy", "softmax", 3, ["accuracy", "mse"]),
    ("sparse_categorical_crossentropy", "softmax", 3, ["accuracy"]),
]
FEATURES, HIDDEN, SAMPLES, HELD_OUT, BATCH, EPOCHS = 3, 5, 22, 9, 8, 4


def single(*shape):
    return draw.standard_normal(shape).astype(np.float32)


def targets(loss, width, count):
    if loss == "binary_crossentropy":
        return draw.randint(0, 2, count).astype(np.float32)
    labels = draw.randint(0, 3, count)
    if loss == "sparse_categorical_crossentropy":
        return labels.astype(np.float32)
    if loss == "categorical_crossentropy":
        return np.eye(3, dtype=np.float32)[labels]
    # A column is given without its axis, which Keras adds.
    return single(count, width) if width > 1 else single(count)


def weights_of(*layers):
    """Kernels as torch stores them, and biases."""
    return [[kernel.T.tolist(), bias.tolist()] for kernel, bias in (layer.get_weights() for layer in layers)]


def dense(width, activation=None):
    return keras.layers.Dense(width, activation=activation)


def fill(layer):
    layer.set_weights([single(*value.shape) * 0.5 for value in layer.get_weights()])


def as_lists(data):
    return {name: as_lists(value) for name, value in data.items()} if isinstance(data, dict) else data.tolist()


def run(model, layers, x, y, held_x, held_y, **options):
    for layer in layers:
        fill(layer)
    first = weights_of(*layers)
    model.compile(**options)
    course = model.fit(
        x, y, batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0, validation_data=(held_x, held_y)
    )
    return {
        "weights": first,
        "x": as_lists(x),
        "y": as_lists(y),
        "held": {"x": as_lists(held_x), "y": as_lists(held_y)},
        "history": course.history,
        "last": weights_of(*layers),
        "predicted": as_lists(model.predict(held_x, batch_size=4, verbose=0)),
        "evaluated": model.evaluate(held_x, held_y, batch_size=4, verbose=0, return_dict=True),
    }


def single_output(optimizer, loss, activation, width, metrics):
    layers = [dense(HIDDEN, "tanh"), dense(width, activation)]
    model = keras.Sequential([keras.Input((FEATURES,)), *layers])
    data = (single(SAMPLES, FEATURES), targets(loss, width, SAMPLES))
    held = (single(HELD_OUT, FEATURES), targets(loss, width, HELD_OUT))
    result = run(model, layers, *data, *held, optimizer=optimizer, loss=loss, metrics=metrics)
    return {"optimizer": optimizer, "loss": loss, "activation": activation, "metrics": metrics, **result}


def two_outputs():
    x = keras.Input((FEATURES,))
    layers = [dense(HIDDEN, "tanh"), dense(3, "softmax"), dense(2)]
    hidden = layers[0](x)
    model = keras.Model(x, {"kind": layers[1](hidden), "size": layers[2](hidden)})

    def both(count):
        return {"kind": targets("sparse_categorical_crossentropy", 3, count), "size": single(count, 2)}

    return run(
        model,
        layers,
        *(single(SAMPLES, FEATURES), both(SAMPLES), single(HELD_OUT, FEATURES), both(HELD_OUT)),
        optimizer="adam",
        loss={"kind": "sparse_categorical_crossentropy", "size": "mse"},
        loss_weights={"kind": 1.0, "size": 0.25},
        metrics={"kind": ["accuracy"], "size": ["mae"]},
    )


cases = [single_output(optimizer, *task) for optimizer in OPTIMIZERS for task in TASKS]
two = two_outputs()


def fitted(model, layers, data, compiled, fit, held=None, **options):
    """A course with any arguments of fit, and an evaluation with weights; drawn data have 22 samples, held out ones 9."""
    for layer in layers:
        fill(layer)
    first = weights_of(*layers)
    model.compile(optimizer="adam", **compiled)
    arrays = {"x": data["x"], "y": data["y"], "sample_weight": data.get("sample_weight")}
    kept = {} if held is None else {"validation_data": tuple(held.values())}
    course = model.fit(**arrays, **fit, **kept, shuffle=False, verbose=0)
    seen = data if held is None else held
    return {
        **compiled,
        **options,
        "weights": first,
        "data": as_lists(data),
        "held": None if held is None else as_lists(held),
        "fit": fit,
        "history": course.history,
        "last": weights_of(*layers),
        "predicted": as_lists(model.predict(seen["x"], batch_size=4, steps=2, verbose=0)),
        "evaluated": model.evaluate(**seen, batch_size=4, steps=2, verbose=0, return_dict=True),
    }


def with_arguments(title, task, fit, weighted=None, weigh=None, weigh_held=None, is_held=True, steps=()):
    """One output, or one for each of so many steps of a sequence."""
    loss, activation, width, metrics = task
    layers = [dense(HIDDEN, "tanh"), dense(width, activation)]
    model = keras.Sequential([keras.Input((*steps, FEATURES)), *layers])

    def draws(count, weights):
        y = single(count, *steps, width) if steps else targets(loss, width, count)
        data = {"x": single(count, *steps, FEATURES), "y": y}
        return data if weights is None else {**data, "sample_weight": weights(count)}

    data = draws(SAMPLES, weigh)
    held = draws(HELD_OUT, weigh_held) if is_held else None
    compiled = {"loss": loss, "metrics": metrics, "weighted_metrics": weighted}
    return fitted(model, layers, data, compiled, fit, held, title=title, activation=activation)


def two_with_weights(title, weigh):
    x = keras.Input((FEATURES,))
    layers = [dense(HIDDEN, "tanh"), dense(3, "softmax"), dense(2)]
    hidden = layers[0](x)
    model = keras.Model(x, {"kind": layers[1](hidden), "size": layers[2](hidden)})

    def draws(count):
        y = {"kind": targets("sparse_categorical_crossentropy", 3, count), "size": single(count, 2)}
        return {"x": single(count, FEATURES), "y": y, "sample_weight": weigh(count)}

    compiled = {
        "loss": {"kind": "sparse_categorical_crossentropy", "size": "mse"},
        "loss_weights": {"kind": 1.0, "size": 0.25},
        "metrics": {"kind": ["accuracy"], "size": []},
        "weighted_metrics": {"kind": ["accuracy"], "size": ["mae"]},
    }
    return fitted(model, layers, draws(SAMPLES), compiled, EIGHT, draws(HELD_OUT), title=title)


EIGHT = {"batch_size": BATCH, "epochs": EPOCHS}
MSE, MAE, HUBER, BINARY, ONE_HOT, SPARSE = TASKS


def shares(*shape):
    return draw.uniform(0, 3, shape).astype(np.float32)


def some_zero(count):
    """Nothing in the first batch counts: of eight samples in training, of four where held ones are evaluated."""
    first = {SAMPLES: 8, HELD_OUT: 4}[count]
    return np.r_[np.zeros(first), draw.uniform(0, 3, count - first)].astype(np.float32)


weighted = [
    with_arguments("classWeight of class numbers", SPARSE, {**EIGHT, "class_weight": {0: 0.5, 2: 3.0}}, ["accuracy"]),
    with_arguments("classWeight of one-hot rows", ONE_HOT, {**EIGHT, "class_weight": {1: 0.25}}, ["accuracy", "mae"]),
    with_arguments("classWeight of two classes", BINARY, {**EIGHT, "class_weight": {0: 0.5, 1: 2.0}}, ["mse"]),
    with_arguments("sampleWeight in training", MSE, EIGHT, ["mae", "mse"], shares),
    with_arguments("sampleWeight in validation", SPARSE, EIGHT, ["accuracy"], None, shares),
    with_arguments("sampleWeight in both", HUBER, EIGHT, ["mae"], shares, shares),
    with_arguments("sampleWeight of a column", MAE, EIGHT, ["mse"], lambda count: shares(count, 1), shares),
    with_arguments("a batch without weight", MSE, EIGHT, ["mae"], some_zero, some_zero),
    with_arguments("sampleWeight of the steps of sequences", MSE, EIGHT, ["mae"], lambda count: shares(count, 4), steps=(4,)),
    with_arguments("weightedMetrics without weights", ONE_HOT, EIGHT, ["accuracy", "mae"]),
    with_arguments("validationSplit", HUBER, {**EIGHT, "validation_split": 0.3}, is_held=False),
    with_arguments("validationSplit of weighted samples", SPARSE, {**EIGHT, "validation_split": 0.25}, ["accuracy"], shares, is_held=False),
    with_arguments("validationBatchSize", MAE, {**EIGHT, "validation_split": 0.4, "validation_batch_size": 2}, is_held=False),
    with_arguments("validationFreq and validationSteps", MSE, {**EIGHT, "validation_freq": 2, "validation_steps": 2, "validation_batch_size": 4}),
    with_arguments("validationFreq of a list, sizes by validationSteps", MSE, {"epochs": 4, "validation_freq": [1, 4], "validation_steps": 2}),
    with_arguments("stepsPerEpoch that go on", MSE, {"batch_size": 5, "epochs": 8, "steps_per_epoch": 2}, ["mae"], shares),
    with_arguments("stepsPerEpoch that choose the size", MSE, {"epochs": 3, "steps_per_epoch": 4}),
    with_arguments("more stepsPerEpoch than batches", MSE, {**EIGHT, "steps_per_epoch": 5}),
    with_arguments("initialEpoch", BINARY, {**EIGHT, "initial_epoch": 2}),
]
two_weighted = [
    two_with_weights("one sampleWeight for two outputs", shares),
    two_with_weights("a sampleWeight for each output", lambda count: {"kind": shares(count), "size": shares(count)}),
]


def rounded(value):
    """Nine digits tell all single-precision numbers apart."""
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


courses = {"cases": cases, "two": two, "arguments": weighted, "two_arguments": two_weighted}
text = json.dumps(rounded({"keras": keras.__version__, **courses}))
(Path(__file__).parent / "keras.json").write_text(text + "\n")
