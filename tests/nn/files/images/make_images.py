"""Writes images.json: python3 make_images.py (Pillow 13.0.0, numpy 2.4.6). Files and their pixels, both as base64.

The PNG files are written here, since Pillow neither interlaces nor uses every filter, depth and kind of colour; Pillow
reads them to the same pixels (checked below), but for 16-bit colour, which it cannot hold.
"""

import base64
import io
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

KINDS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pack(row, depth):
    if depth == 16:
        return row.astype(">u2").tobytes()
    if depth == 8:
        return row.astype("u1").tobytes()
    bits = "".join(f"{sample:0{depth}b}" for sample in row)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


def filtered(line, above, size, kind):
    out = bytearray([kind])
    for i, byte in enumerate(line):
        left, corner = (line[i - size], above[i - size]) if i >= size else (0, 0)
        guess = [0, left, above[i], (left + above[i]) // 2, paeth(left, above[i], corner)][kind]
        out.append((byte - guess) % 256)
    return bytes(out)


def png(samples, kind, depth, interlaced=False, extra=()):
    """samples: (height, width, channels), as they are stored."""
    height, width, channels = samples.shape
    size = max(1, channels * depth // 8)
    lines = b""
    for x, y, dx, dy in PASSES if interlaced else [(0, 0, 1, 1)]:
        part = samples[y::dy, x::dx]
        if part.size == 0:
            continue
        above = bytes(len(pack(part[0].ravel(), depth)))
        for number, row in enumerate(part):
            line = pack(row.ravel(), depth)
            lines += filtered(line, above, size, (number + x) % 5)
            above = line
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, int(interlaced))
    packed = zlib.compress(lines, 9)
    middle = len(packed) // 2
    parts = [chunk(b"IHDR", head), chunk(b"tEXt", b"Comment\0left out"), *extra]
    parts += [chunk(b"IDAT", packed[:middle]), chunk(b"IDAT", packed[middle:]), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def held(data, pixels):
    height, width = pixels.shape[:2]
    return {
        "file": base64.b64encode(data).decode(),
        "width": width,
        "height": height,
        "bits": 16 if pixels.max() > 255 else 8,
        "pixels": base64.b64encode(pixels.astype("<u2" if pixels.max() > 255 else "u1").tobytes()).decode(),
    }


random = np.random.default_rng(0)
pngs = {}
for kind, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
    for depth in depths:
        for interlaced in (False, True):
            top = min(2**depth, 7) if kind == 3 else 2**depth
            samples = random.integers(0, top, (7, 9, KINDS[kind]))
            extra, pixels = [], samples
            if kind == 3:
                palette = random.integers(0, 256, (top, 3))
                extra = [chunk(b"PLTE", palette.astype("u1").tobytes())]
                pixels = palette[samples[..., 0]]
            elif depth < 8:
                pixels = samples * (255 // (2**depth - 1))
            data = png(samples, kind, depth, interlaced, extra)
            name = f"kind {kind}, {depth} bits{', interlaced' if interlaced else ''}"
            pngs[name] = held(data, pixels)
            if depth < 16 or kind == 0:
                read = Image.open(io.BytesIO(data))
                read = read.convert("RGB") if kind == 3 else read.convert("L") if depth == 1 else read
                assert np.array_equal(np.array(read).reshape(pixels.shape), pixels), name

samples = random.integers(0, 4, (3, 5, 1))
palette = random.integers(0, 256, (4, 3))
alpha = np.array([10, 200])
extra = [chunk(b"PLTE", palette.astype("u1").tobytes()), chunk(b"tRNS", alpha.astype("u1").tobytes())]
colours = np.hstack([palette, np.array([[10], [200], [255], [255]])])
pngs["palette with alpha"] = held(png(samples, 3, 2, extra=extra), colours[samples[..., 0]])
assert np.array_equal(
    np.array(Image.open(io.BytesIO(png(samples, 3, 2, extra=extra))).convert("RGBA")), colours[samples[..., 0]]
)
clear = chunk(b"tRNS", struct.pack(">H", 2))
pngs["a transparent grey"] = held(png(samples, 0, 2, extra=[clear]), np.dstack([samples * 85, (samples != 2) * 255]))
samples = random.integers(0, 2, (4, 3, 3)) * 255
clear = chunk(b"tRNS", struct.pack(">HHH", 255, 0, 255))
opaque = 255 * ~(samples == [255, 0, 255]).all(-1)
pngs["a transparent colour"] = held(png(samples, 2, 8, extra=[clear]), np.dstack([samples, opaque]))
pngs["one pixel with a transparent colour"] = held(
    png(np.array([[[255, 0, 255]]]), 2, 8, extra=[clear]), np.array([[[255, 0, 255, 0]]])
)

y, x = np.mgrid[0:21, 0:19]
smooth = np.stack([x * 12, y * 11, 255 - x * 6 - y * 5], -1).astype("u1")
picture = Image.fromarray(smooth)
jpegs = {}
for name, image, options in [
    ("whole colour", picture, {"quality": 95, "subsampling": 0}),
    ("colour of half the resolution", picture, {"quality": 90}),
    ("progressive", picture, {"quality": 95, "subsampling": 0, "progressive": True}),
    ("grey", picture.convert("L"), {"quality": 90}),
    ("restarts", picture, {"quality": 90, "subsampling": 0, "restart_marker_blocks": 2}),
    ("cyan, magenta, yellow, black", picture.convert("CMYK"), {"quality": 95}),
]:
    file = io.BytesIO()
    image.save(file, "JPEG", optimize=True, **options)
    read = Image.open(io.BytesIO(file.getvalue()))
    pixels = np.array(read.convert("RGB") if read.mode == "CMYK" else read)
    jpegs[name] = held(file.getvalue(), pixels)

colour = random.integers(0, 256, (4, 5, 3)).astype("u1")
grey = held(png(colour, 2, 8), np.array(Image.fromarray(colour).convert("L")))
output = {"pillow": PIL.__version__, "png": pngs, "jpeg": jpegs, "grey of colour": grey}
(Path(__file__).parent / "images.json").write_text(json.dumps(output, indent=1) + "\n")
