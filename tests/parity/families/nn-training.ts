import * as nn from '../../../src/nn/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { common, copyOf, drawTensor } from '../torch-case.ts';

export const oracle = 'torch';

/** Loss scales and weights over steps of which some have gradients that are not finite. */
export function cases(draw: Draw): Case[] {
  return Array.from({ length: 6 }, () => scaledTraining(draw)).flat();
}

const STEPS = 40;

/** What a step does besides: its loss is multiplied, its gradients are clipped, it is accumulated, the scale is set. */
interface Step {
  readonly factor: number;
  readonly clips: boolean;
  readonly accumulates: boolean;
  readonly newScale: number | null;
}

function drawSteps(draw: Draw): Step[] {
  return Array.from({ length: STEPS }, () => ({
    factor: draw.choice([1, 1, 1, 1, 2, NaN, Infinity]),
    clips: draw.bool(0.3),
    accumulates: draw.bool(0.2),
    newScale: draw.bool(0.05) ? draw.choice([3, 1024, 2 ** 126]) : null,
  }));
}

function scaledTraining(draw: Draw): Case[] {
  const seed = draw.seed();
  const [x, y] = [drawTensor(draw, [8, 3]), drawTensor(draw, [8, 2])];
  const steps = drawSteps(draw);
  const options = {
    initScale: draw.choice([1, 1000, 65536, 2 ** 120]),
    growthFactor: draw.choice([1.3, 2, 10]),
    backoffFactor: draw.choice([0.3, 0.5]),
    growthInterval: draw.integer(1, 4),
  };
  const lines = [
    `torch.manual_seed(${seed})`,
    'model = nn.Linear(3, 2)',
    'optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)',
    `scaler = torch.amp.GradScaler('cpu', float(${options.initScale}), ${options.growthFactor}, ${options.backoffFactor}, ${options.growthInterval})`,
    'scales, trackers = [], []',
    'for step in steps["$steps"]:',
    '    loss = F.mse_loss(model(x), y) * step["factor"]',
    '    scaler.scale(loss).backward()',
    '    if step["accumulates"]: continue',
    '    if step["clips"]: scaler.unscale_(optimizer); nn.utils.clip_grad_norm_(model.parameters(), 0.3)',
    '    scaler.step(optimizer); scaler.update(step["newScale"] and float(step["newScale"]))',
    '    optimizer.zero_grad()',
    '    scales.append(scaler.get_scale()); trackers.append(scaler.state_dict()["_growth_tracker"])',
  ];
  const run = () => train(seed, x, y, steps, options);
  const data = { x, y, steps: { $steps: steps } };
  return [
    {
      // Nine digits of numbers of single precision.
      ...common('GradScaler: the scale', 1e-8),
      oracle: { torch: [...lines, 'result = [scales, trackers]'].join('\n'), with: data },
      ours: () => run().course,
    },
    {
      ...common('GradScaler: the weights'),
      oracle: { torch: [...lines, 'result = dict(model.state_dict())'].join('\n'), with: data },
      ours: () => run().weights,
    },
  ];
}

type Values = ReturnType<typeof drawTensor>;

function train(seed: number, x: Values, y: Values, steps: readonly Step[], options: nn.GradScalerOptions) {
  const model = new nn.Linear(3, 2, { randomState: new RandomState(seed) });
  const optimizer = new nn.Optimizer(model.parameters(), nn.sgd({ lr: 0.05, momentum: 0.9 }));
  const scaler = new nn.GradScaler(options);
  const [scales, trackers]: [number[], number[]] = [[], []];
  for (const { factor, clips, accumulates, newScale } of steps) {
    const loss = nn.mul(nn.mse(model.forward(nn.tensor(x)), nn.tensor(y)), factor);
    scaler.scale(loss).backward();
    if (accumulates) continue;
    if (clips) {
      scaler.unscale(optimizer);
      nn.clipGradNorm(model.parameters(), 0.3);
    }
    scaler.step(optimizer);
    scaler.update(newScale ?? undefined);
    optimizer.zeroGrad();
    scales.push(scaler.factor);
    trackers.push(scaler.getState().growthTracker);
  }
  return { course: [scales, trackers], weights: copyOf(model) };
}
