"""Writes keras.json: what Keras 3's callbacks do for drawn courses of a loss. python3 make_keras_goldens.py"""

import json
import os
import random
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
import keras  # noqa: E402


class Optimizer:
    def __init__(self, rate):
        self.learning_rate = rate


class Model:
    def __init__(self):
        self.optimizer = Optimizer(0.5)
        self.stop_training = False
        self.weights = None

    def get_weights(self):
        return self.weights

    def set_weights(self, weights):
        self.weights = weights


def run(callback, losses):
    """The rates after each epoch, how many epochs there were, and which epoch's weights remained."""
    model = Model()
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(losses):
        model.weights = epoch
        callback.on_epoch_end(epoch, {"loss": loss})
        rates.append(model.optimizer.learning_rate)
        if model.stop_training:
            break
    callback.on_train_end()
    return {"rates": rates, "epochs": len(rates), "weights": model.weights}


draw = random.Random(1)
cases = []
for _ in range(60):
    losses = [round(draw.choice([1.0, 0.9, 0.5, 0.45, 2.0]) - draw.choice([0, 0.01, 0.2]), 4) for _ in range(14)]
    stopping = {
        "monitor": "loss",
        "mode": "min",
        "min_delta": draw.choice([0, 0.05]),
        "patience": draw.choice([0, 1, 3]),
        "baseline": draw.choice([None, 0.6]),
        "restore_best_weights": draw.choice([True, False]),
        "start_from_epoch": draw.choice([0, 2]),
    }
    plateau = {
        "monitor": "loss",
        "mode": "min",
        "factor": 0.5,
        "patience": draw.choice([1, 2, 3]),
        "min_delta": draw.choice([0.0001, 0.05]),
        "cooldown": draw.choice([0, 2]),
        "min_lr": draw.choice([0, 0.2]),
    }
    cases.append(
        {
            "losses": losses,
            "stopping": {**stopping, "result": run(keras.callbacks.EarlyStopping(**stopping), losses)},
            "plateau": {**plateau, "result": run(keras.callbacks.ReduceLROnPlateau(**plateau), losses)},
        }
    )
text = json.dumps({"keras": keras.__version__, "cases": cases})
(Path(__file__).parent / "keras.json").write_text(text + "\n")
