import * as nn from '../../../src/nn/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { common, drawTensor } from '../torch-case.ts';

export const oracle = 'torch';

/** Image transforms of drawn sizes, against the operations of torch that torchvision makes them of. */
export function cases(draw: Draw): Case[] {
  const times = (n: number, make: (draw: Draw) => Case) => Array.from({ length: n }, () => make(draw));
  return [...times(4, normalize), ...times(6, resize), ...times(6, pad), ...times(10, rotate)];
}

interface ImageCase {
  readonly name: string;
  /** Python lines that set `result` from the image `x`. */
  readonly torch: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly ours: (image: nn.Tensor) => nn.Tensor;
}

function imageCase(draw: Draw, { name, torch, data = {}, ours }: ImageCase, least = 1): Case {
  const shape = [draw.integer(1, 3), draw.integer(least, 8), draw.integer(least, 8)];
  const x = drawTensor(draw, shape);
  return { ...common(name), oracle: { torch, with: { x, ...data } }, ours: () => ours(nn.tensor(x)) };
}

function normalize(draw: Draw): Case {
  const [mean, std] = [draw.uniforms(1)[0]!, draw.uniforms(1, 0.1, 2)[0]!].map(Math.fround) as [number, number];
  const torch = 'result = x.sub(mean).div(std)';
  return imageCase(draw, { name: 'normalize', torch, data: { mean, std }, ours: nn.normalize({ mean, std }) });
}

function resize(draw: Draw): Case {
  // Where the result is one column wide, torch 2.13 repeats its first row, but in channels_last it does not.
  const [height, width] = [draw.integer(1, 12), draw.integer(2, 12)];
  const torch = 'result = F.interpolate(x[None], size=(height, width), mode="bilinear", antialias=True)[0]';
  return imageCase(draw, { name: 'resize', torch, data: { height, width }, ours: nn.resize([height, width]) });
}

function pad(draw: Draw): Case {
  const [left, top, right, bottom] = draw.integers(4, 0, 3) as [number, number, number, number];
  const [paddingMode, mode] = draw.choice([
    ['constant', 'constant'],
    ['edge', 'replicate'],
    ['reflect', 'reflect'],
  ]);
  const torch = 'result = F.pad(x[None], (left, right, top, bottom), mode=mode)[0]';
  const ours = nn.pad([left, top, right, bottom], { paddingMode });
  return imageCase(draw, { name: 'pad', torch, data: { left, top, right, bottom, mode }, ours }, 4);
}

const GRID = `
height, width = x.shape[-2:]
radians = math.radians(angle)
theta = torch.tensor([[math.cos(radians), -math.sin(radians)], [math.sin(radians), math.cos(radians)]])
rows = torch.linspace((1 - height) / 2, (height - 1) / 2, height)
columns = torch.linspace((1 - width) / 2, (width - 1) / 2, width)
places = torch.stack(torch.meshgrid(columns, rows, indexing="xy"), -1)
grid = (places @ theta.T) / torch.tensor([width / 2, height / 2])
whole = torch.cat([x, torch.ones(1, height, width)])[None]
turned = F.grid_sample(whole, grid[None], mode=mode, padding_mode="zeros", align_corners=False)[0]
image, mask = turned[:-1], turned[-1:]
result = torch.where(mask < 0.5, fill, image) if mode == "nearest" else (image - fill) * mask + fill
`;

function rotate(draw: Draw): Case {
  const angle = draw.real(-400, 400);
  const fill = draw.choice([0, 0.5]);
  const mode = draw.choice(['nearest', 'bilinear']);
  const ours = (image: nn.Tensor) => nn.rotate(image, angle, { interpolation: mode, fill });
  return imageCase(draw, { name: 'rotate', torch: GRID, data: { angle, fill, mode }, ours });
}
