"""Writes torchvision.json: python3 make_goldens.py (torch 2.13.0, torchvision 0.28.0).

The wheel of torchvision may have been built for another build of torch; the operators that it then lacks are declared
here, and none of the transforms calls them.
"""

import json
from pathlib import Path

import torch

try:
    import torchvision
except RuntimeError:
    declared = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        declared.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision
from torchvision.transforms import InterpolationMode, v2

F = v2.functional


def image(channels, height, width):
    """What `image` in torchvision.test.ts makes: sixteenths without a pattern of the size of a side."""
    at = torch.arange(channels * height * width)
    return ((at * at * 7 + at * 3) % 17 / 16).reshape(channels, height, width).to(torch.float32)


def answer(shape, transform):
    return transform(image(*shape)).tolist()


modes = {"nearest": InterpolationMode.NEAREST, "bilinear": InterpolationMode.BILINEAR}
golden = {
    "versions": {"torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0]},
    "normalize": answer((3, 2, 3), v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])),
    "flips": [answer((2, 3, 4), F.horizontal_flip), answer((2, 3, 4), F.vertical_flip)],
    "centerCrop": [
        {"shape": shape, "size": size, "answer": answer(shape, v2.CenterCrop(size))}
        for shape, size in [((1, 5, 6), (2, 3)), ((1, 6, 8), (3, 3)), ((2, 7, 4), (2, 7)), ((1, 3, 3), (6, 6))]
    ],
    "pad": [
        {"shape": (2, 3, 4), "padding": padding, "mode": mode, "answer": answer((2, 3, 4), v2.Pad(padding, 0.5, mode))}
        for mode in ("constant", "edge", "reflect", "symmetric")
        for padding in ([1, 2, 0, 1], [2, 0, 3, 2])
    ],
    "resize": [
        {"shape": shape, "size": size, "answer": answer(shape, v2.Resize(size))}
        for shape, size in [
            ((2, 5, 7), (3, 4)),
            ((1, 4, 6), (9, 5)),
            ((3, 16, 10), [4]),
            ((1, 3, 8), [7]),
            ((1, 4, 4), (4, 4)),
            ((1, 9, 1), (2, 3)),
        ]
    ],
    "rotate": [
        {
            "shape": shape,
            "angle": angle,
            "interpolation": mode,
            "fill": fill,
            "answer": answer(shape, lambda x: F.rotate(x, angle, modes[mode], fill=fill)),
        }
        for mode in modes
        for shape, angle, fill in [
            ((2, 5, 5), 17.3, [0.25, 2.0]),
            ((1, 4, 7), -123.4, 0.0),
            ((1, 6, 3), 361.7, 1.0),
            ((1, 4, 4), 90.0, 0.0),
            ((2, 3, 3), 270.0, 0.0),
            ((1, 3, 6), -180.0, 0.0),
            ((1, 5, 3), 0.0, 0.0),
        ]
    ],
}
text = json.dumps(golden, separators=(",", ":"))
(Path(__file__).parent / "torchvision.json").write_text(text.replace('"answer"', '\n"answer"') + "\n")
