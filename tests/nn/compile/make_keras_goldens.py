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


def rounded(value):
    """Nine digits tell all single-precision numbers apart."""
    if isinstance(value, dict):
        return {name: rounded(item) for name, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    return float(f"{value:.9g}") if isinstance(value, float) else value


text = json.dumps(rounded({"keras": keras.__version__, "cases": cases, "two": two_outputs()}))
(Path(__file__).parent / "keras.json").write_text(text + "\n")
