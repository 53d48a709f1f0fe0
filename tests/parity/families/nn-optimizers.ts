import * as nn from '../../../src/nn/index.ts';
import { RandomState } from '../../../src/random/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';
import { common, copyOf, drawTensor } from '../torch-case.ts';

export const oracle = 'torch';

/** Every optimiser and every schedule over some steps of a small network, from the same seed. */
export function cases(draw: Draw): Case[] {
  return [...optimizers(draw), ...schedules(draw), ...clipping(draw), ...plateaus(draw), averages(draw), lion(draw)];
}

const STEPS = 50;

interface Run {
  readonly name: string;
  /** A Python expression for the optimiser of `model.parameters()`. */
  readonly torch: string;
  readonly rule: () => nn.Transform;
  readonly tolerance?: number;
  /** Default 50. */
  readonly steps?: number;
  /** Lines after the optimiser is made, before and after each step. */
  readonly made?: string;
  readonly before?: string;
  readonly after?: string;
  /** The same of ours. */
  readonly prepare?: (model: nn.Module, optimizer: nn.Optimizer) => { before?: () => void; after?: () => void };
}

/** Losses of all steps, rates of all steps, and the weights after them. */
function training(
  draw: Draw,
  { name, torch, rule, tolerance, steps = STEPS, made = '', before = '', after = '', prepare }: Run,
): Case {
  const seed = draw.seed();
  const [x, y] = [drawTensor(draw, [8, 3]), drawTensor(draw, [8, 2])];
  const lines = [
    `torch.manual_seed(${seed})`,
    'model = nn.Sequential(nn.Linear(3, 5), nn.Tanh(), nn.Linear(5, 2))',
    `optimizer = ${torch}`,
    'losses, rates = [], []',
    made,
    `for step in range(${steps}):`,
    '    optimizer.zero_grad()',
    '    loss = F.mse_loss(model(x), y)',
    '    loss.backward()',
    `    ${before || 'pass'}`,
    '    losses.append(loss.item()); rates.append(optimizer.param_groups[0]["lr"])',
    '    optimizer.step()',
    `    ${after || 'pass'}`,
    'result = [losses, rates, dict(model.state_dict())]',
  ];
  return {
    ...common(name, tolerance),
    oracle: { torch: lines.join('\n'), with: { x, y } },
    ours: () => {
      const randomState = new RandomState(seed);
      const model = new nn.Sequential(
        new nn.Linear(3, 5, { randomState }),
        new nn.Tanh(),
        new nn.Linear(5, 2, { randomState }),
      );
      const optimizer = new nn.Optimizer(model.parameters(), rule());
      const hooks = prepare?.(model, optimizer) ?? {};
      const [losses, rates]: [number[], number[]] = [[], []];
      for (let step = 0; step < steps; step++) {
        optimizer.zeroGrad();
        const loss = nn.mse(model.forward(nn.tensor(x)), nn.tensor(y));
        loss.backward();
        hooks.before?.();
        losses.push(loss.item());
        rates.push(optimizer.lr);
        optimizer.step();
        hooks.after?.();
      }
      return [losses, rates, copyOf(model)];
    },
  };
}

function optimizers(draw: Draw): Case[] {
  const lr = () => draw.choice([0.003, 0.01, 0.03]);
  const decay = () => draw.choice([0, 0.01, 0.1]);
  const momentum = draw.choice([0.5, 0.9]);
  const table = [
    { name: 'sgd', torch: 'SGD', with: { lr: lr() } },
    { name: 'sgd', torch: 'SGD', with: { lr: lr(), momentum, dampening: 0.3, weightDecay: decay() } },
    { name: 'sgd', torch: 'SGD', with: { lr: lr(), momentum, nesterov: true, weightDecay: decay() } },
    { name: 'adam', torch: 'Adam', with: { lr: lr() } },
    { name: 'adam', torch: 'Adam', with: { lr: lr(), betas: [0.8, 0.95], eps: 1e-6, weightDecay: decay() } },
    { name: 'adamw', torch: 'AdamW', with: { lr: lr() } },
    { name: 'adamw', torch: 'AdamW', with: { lr: lr(), betas: [0.85, 0.99], weightDecay: decay() } },
    { name: 'rmsprop', torch: 'RMSprop', with: { lr: lr(), alpha: 0.9 } },
    { name: 'rmsprop', torch: 'RMSprop', with: { lr: lr(), momentum, centered: true, weightDecay: decay() } },
    { name: 'adagrad', torch: 'Adagrad', with: { lr: lr() } },
    {
      name: 'adagrad',
      torch: 'Adagrad',
      with: { lr: lr(), lrDecay: 0.1, initialAccumulator: 0.1, weightDecay: decay() },
    },
  ] as const;
  return table.map(({ name, torch, with: options }) =>
    training(draw, {
      name,
      torch: `torch.optim.${torch}(model.parameters(), ${pythonOptions(options)})`,
      rule: () => RULES[name](options as object),
      // Where a gradient is small, so is what it is divided by: its rounding enters the step whole, and near the
      // optimum torch's own single and double precision part after some thirty steps.
      ...(name === 'rmsprop' ? { tolerance: 1e-4, steps: 20 } : {}),
    }),
  );
}

const RULES = { sgd: nn.sgd, adam: nn.adam, adamw: nn.adamw, rmsprop: nn.rmsprop, adagrad: nn.adagrad };

const PYTHON_NAMES: Readonly<Record<string, string>> = {
  weightDecay: 'weight_decay',
  lrDecay: 'lr_decay',
  initialAccumulator: 'initial_accumulator_value',
};

function pythonOptions(options: object): string {
  return Object.entries(options)
    .map(([name, value]) => `${PYTHON_NAMES[name] ?? name}=${pythonValue(value)}`)
    .join(', ');
}

function pythonValue(value: unknown): string {
  if (Array.isArray(value)) return `(${value.join(', ')})`;
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value);
}

function schedules(draw: Draw): Case[] {
  const gamma = draw.choice([0.5, 0.9]);
  const stepSize = draw.integer(5, 20);
  const table: readonly (readonly [name: string, torch: string, schedule: nn.Schedule])[] = [
    ['stepDecay', `StepLR(optimizer, ${stepSize}, ${gamma})`, nn.stepDecay({ stepSize, gamma })],
    [
      'multiStepDecay',
      `MultiStepLR(optimizer, [10, 25], ${gamma})`,
      nn.multiStepDecay({ milestones: [10, 25], gamma }),
    ],
    ['exponentialDecay', 'ExponentialLR(optimizer, 0.95)', nn.exponentialDecay(0.95)],
    ['cosineDecay', 'CosineAnnealingLR(optimizer, 40, 0.001)', nn.cosineDecay({ steps: 40, minLr: 0.001 })],
    ['linearWarmUp', 'LinearLR(optimizer, 0.25, 1.0, 12)', nn.linearWarmUp({ steps: 12, startFactor: 0.25 })],
    [
      'inSequence',
      'SequentialLR(optimizer, [S.LinearLR(optimizer, 0.1, 1.0, 10), S.ExponentialLR(optimizer, 0.9)], [10])',
      nn.inSequence([nn.linearWarmUp({ steps: 10, startFactor: 0.1 }), nn.exponentialDecay(0.9)], [10]),
    ],
    ['oneCycle', `OneCycleLR(optimizer, 0.1, ${STEPS + 1})`, nn.oneCycle({ maxLr: 0.1, totalSteps: STEPS + 1 })],
    [
      'oneCycle',
      `OneCycleLR(optimizer, 0.1, ${STEPS + 1}, pct_start=0.4, anneal_strategy='linear', div_factor=10)`,
      nn.oneCycle({ maxLr: 0.1, totalSteps: STEPS + 1, pctStart: 0.4, annealStrategy: 'linear', divFactor: 10 }),
    ],
  ];
  const rules = [
    ['torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)', () => nn.sgd({ lr: 0.02, momentum: 0.9 })],
    ['torch.optim.Adam(model.parameters(), lr=0.02)', () => nn.adam({ lr: 0.02 })],
  ] as const;
  return table.map(([name, torch, schedule]) => {
    const [optimizer, rule] = draw.choice(rules);
    return training(draw, {
      name,
      torch: optimizer,
      rule,
      made: `S = torch.optim.lr_scheduler; scheduler = S.${torch}`,
      after: 'scheduler.step()',
      prepare: (_, optimizer) => {
        const scheduler = new nn.Scheduler(optimizer, schedule);
        return { after: () => scheduler.step() };
      },
    });
  });
}

function clipping(draw: Draw): Case[] {
  const torch = 'torch.optim.SGD(model.parameters(), lr=0.1)';
  return [
    training(draw, {
      name: 'clipGradNorm',
      torch,
      before: 'nn.utils.clip_grad_norm_(model.parameters(), 0.3)',
      rule: () => nn.sgd({ lr: 0.1 }),
      prepare: model => ({ before: () => void nn.clipGradNorm(model.parameters(), 0.3) }),
    }),
    training(draw, {
      name: 'clipByNorm in a chain',
      torch,
      before: 'nn.utils.clip_grad_norm_(model.parameters(), 0.3)',
      rule: () => nn.chain(nn.clipByNorm(0.3), nn.sgd({ lr: 0.1 })),
    }),
    training(draw, {
      name: 'clipGradValue',
      torch,
      before: 'nn.utils.clip_grad_value_(model.parameters(), 0.1)',
      rule: () => nn.sgd({ lr: 0.1 }),
      prepare: model => ({ before: () => nn.clipGradValue(model.parameters(), 0.1) }),
    }),
  ];
}

/** Rates under metrics that fall, rise and stand still. */
function plateaus(draw: Draw): Case[] {
  return Array.from({ length: 4 }, () => {
    const metrics = draw.integers(40, 0, 12).map(value => value / 4);
    const mode = draw.choice(['min', 'max']);
    const thresholdMode = draw.choice(['rel', 'abs']);
    const [patience, cooldown] = draw.integers(2, 0, 3) as [number, number];
    const lines = [
      'optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)',
      `S = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, '${mode}', 0.5, ${patience}, 0.1, '${thresholdMode}', ${cooldown}, 0.01)`,
      'result = []',
      'for metric in metrics.tolist():',
      '    S.step(metric); result.append(optimizer.param_groups[0]["lr"])',
    ];
    return {
      ...common('ReduceOnPlateau'),
      oracle: { torch: lines.join('\n'), with: { metrics } },
      ours: () => {
        const optimizer = new nn.Optimizer([nn.zeros([1], { requiresGrad: true })], nn.sgd({ lr: 1 }));
        const options = { mode, factor: 0.5, patience, threshold: 0.1, thresholdMode, cooldown, minLr: 0.01 };
        const rule = new nn.ReduceOnPlateau(optimizer, options);
        return metrics.map(metric => {
          rule.step(metric);
          return optimizer.lr;
        });
      },
    } satisfies Case;
  });
}

function averages(draw: Draw): Case {
  const [w, decay] = [drawTensor(draw, [10, 1, 2]), 0.8];
  const lines = [
    'model = nn.Linear(2, 1, bias=False)',
    'model.weight.data = w[0].clone()',
    `average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(${decay}))`,
    'average.update_parameters(model)',
    'for value in w[1:]:',
    '    model.weight.data = value.clone(); average.update_parameters(model)',
    'result = average.module.weight',
  ];
  return {
    ...common('MovingAverage'),
    oracle: { torch: lines.join('\n'), with: { w } },
    ours: () => {
      const model = new nn.Linear(2, 1, { bias: false });
      const values = w.map(value => nn.tensor(value));
      const set = (value: nn.Tensor) => model.loadStateDict({ weight: value });
      set(values[0]!);
      const average = new nn.MovingAverage(model, decay);
      for (const value of values.slice(1)) {
        set(value);
        average.update();
      }
      return average.stateDict().weight;
    },
  };
}

/** torch has no Lion: the paper's algorithm 2 in its tensors. */
function lion(draw: Draw): Case {
  return training(draw, {
    name: 'lion',
    torch: 'torch.optim.SGD(model.parameters(), lr=0.003)',
    made: 'means = [torch.zeros_like(p) for p in model.parameters()]',
    before:
      'exec("for p, m in zip(model.parameters(), means):\\n g = p.grad.clone(); p.grad = torch.sign(0.9 * m + 0.1 * g) + 0.1 * p.data; m.mul_(0.99).add_(g, alpha=0.01)")',
    rule: () => nn.lion({ lr: 0.003, weightDecay: 0.1 }),
  });
}
