/** What lives how long on a GPU, and what is said about what does not. */
import {
  adam,
  add,
  conv2d,
  crossEntropy,
  Linear,
  matmul,
  mul,
  Optimizer,
  ones,
  reshape,
  sum,
  tensor,
  tensorsToBytes,
  zeros,
} from '../../../src/nn/index.ts';
import { demandRefusal, demandSame } from '../../kernels/gpu/case.ts';
import { drawn } from '../drawn.ts';
import { type DeviceCase, demandNear, deviceCase, leafOn } from './device-case.ts';

const plain = (x: { readonly data: Float32Array }) => Array.from(x.data);

export const scopeCases: readonly DeviceCase[] = [
  deviceCase('values come back as they went, also through views', async gpu => {
    const x = drawn([3, 4]);
    demandSame(plain(await x.to(gpu).toCpu()), plain(x));
    demandSame((await reshape(x.to(gpu), [2, 6]).toCpu()).shape, [2, 6]);
    demandSame(x.to(gpu).device, gpu);
    demandSame(plain(await x.to(gpu).clone().toCpu()), plain(x));
  }),
  deviceCase('a scope keeps what it returns, in lists and records, and frees the rest', async gpu => {
    const before = await gpu.residents();
    const { kept, others } = await gpu.scope(() => {
      const x = tensor([1, 2]).to(gpu);
      return { kept: mul(x, 3), others: [add(x, x), tensor([5])] };
    });
    demandSame((await gpu.residents()) - before, 2);
    demandSame(plain(await kept.toCpu()), [3, 6]);
    demandSame(plain(await others[0]!.toCpu()), [2, 4]);
  }),
  deviceCase('a scope inside another gives its results to that one', async gpu => {
    const before = await gpu.residents();
    await gpu.scope(async () => {
      const x = await gpu.scope(() => mul(tensor([1, 2]).to(gpu), 3));
      demandSame(plain(await x.toCpu()), [3, 6]);
    });
    demandSame((await gpu.residents()) - before, 0);
  }),
  deviceCase('a scope without a promise ends at once: what is made after it is not its own', async gpu => {
    const x = tensor([1, 2]).to(gpu);
    const scope = gpu.scope(() => mul(x, 3));
    const outside = add(x, 1);
    demandSame(plain(await (await scope).toCpu()), [3, 6]);
    demandSame(plain(await outside.toCpu()), [2, 3]);
  }),
  deviceCase('what a scope has freed is refused by name', async gpu => {
    let freed = zeros([1]);
    await gpu.scope(() => {
      freed = tensor([1, 2]).to(gpu);
    });
    const sentence = `Cannot use a tensor: its values must not have been freed, received a tensor on ${gpu.name} whose scope has ended; return it from the scope, or read it there`;
    await demandRefusal(() => freed.toCpu(), sentence);
    await demandRefusal(async () => add(freed, 1), sentence);
  }),
  deviceCase('a scope whose body fails frees as well', async gpu => {
    const before = await gpu.residents();
    await demandRefusal(
      () =>
        gpu.scope(() => {
          matmul(zeros([2, 3]).to(gpu), zeros([2, 3]).to(gpu));
        }),
      'Cannot multiply matrices: the last axis of a must be as long as the second to last of b, received shape (2, 3) and shape (2, 3)',
    );
    demandSame((await gpu.residents()) - before, 0);
  }),
  deviceCase('scopes that do not lie in each other are refused, and free all the same', async gpu => {
    const before = await gpu.residents();
    const gate: { open: () => void } = { open: () => {} };
    const first = gpu.scope(() => {
      tensor([1]).to(gpu);
      return new Promise<void>(open => {
        gate.open = open;
      });
    });
    const refused = demandRefusal(
      () => first,
      'Cannot end a scope: scopes of one GPU must end in the reverse order of their beginnings, received one that was opened later and is still open; await a scope before the next one is opened',
    );
    await gpu.scope(async () => {
      tensor([2]).to(gpu);
      gate.open();
      await refused;
    });
    demandSame((await gpu.residents()) - before, 0);
  }),
  deviceCase('outside of scopes a tensor is freed by hand', async gpu => {
    const before = await gpu.residents();
    await gpu.scope(async () => {
      const x = tensor([1, 2]).to(gpu);
      gpu.free(x);
      demandSame((await gpu.residents()) - before, 0);
    });
    demandSame((await gpu.residents()) - before, 0);
  }),
  deviceCase('a model that moves takes views and states along, and its checkpoint says where it lies', async gpu => {
    const model = new Linear(3, 2, { randomState: 0 });
    const state = model.stateDict();
    const weights = plain(model.weight);
    model.to(gpu);
    await demandRefusal(
      async () => tensorsToBytes(model.stateDict()),
      `Cannot read the values of a tensor: it must lie in the memory of the processor, received a tensor on ${gpu.name}; await its toCpu()`,
    );
    demandSame(plain(await state.weight!.toCpu()), weights);
    model.loadStateDict({ weight: ones([2, 3]), bias: zeros([2]) });
    await model.toCpu();
    demandSame(plain(state.weight!), [1, 1, 1, 1, 1, 1]);
  }),
  deviceCase('an optimizer goes on from a state of the processor, and its state comes back as arrays', async gpu => {
    const model = new Linear(2, 1, { randomState: 0 });
    const optimizer = new Optimizer(model.parameters(), adam());
    const step = (x = ones([1, 2])) => {
      sum(model.forward(x)).backward();
      optimizer.step();
    };
    step();
    model.zeroGrad();
    const before = optimizer.getState();
    step();
    const after = optimizer.getState();
    optimizer.setState(before);
    model.to(gpu);
    await gpu.scope(() => step(ones([1, 2]).to(gpu)));
    await optimizer.toCpu();
    await model.toCpu();
    const sizes = (state: unknown) => JSON.stringify(state, (_, x) => (ArrayBuffer.isView(x) ? 'array' : x));
    demandSame(sizes(optimizer.getState()), sizes(after));
  }),
  deviceCase('parameters of one group lie on one device', async gpu => {
    const models = [new Linear(2, 1, { randomState: 0 }), new Linear(2, 1, { randomState: 1 }).to(gpu)];
    const optimizer = new Optimizer(
      models.flatMap(model => model.parameters()),
      adam(),
    );
    sum(models[0]!.forward(ones([1, 2]))).backward();
    sum(models[1]!.forward(ones([1, 2]).to(gpu))).backward();
    await demandRefusal(
      async () => optimizer.step(),
      'Cannot step an optimizer: the parameters of a group must lie on one device, received some that do not',
    );
    await models[1]!.toCpu();
  }),
  deviceCase('tensors of two places, unknown operations and empty tensors are refused', async gpu => {
    const [x, y] = [ones([2, 2]), ones([2, 2]).to(gpu)];
    const places = (first: string, second: string) =>
      `the tensors must lie on one device, received one on ${first} and one on ${second}; move them with to(device) or toCpu()`;
    await demandRefusal(async () => add(x, y), `Cannot add tensors: ${places('the processor', gpu.name)}`);
    await demandRefusal(async () => matmul(y, x), `Cannot multiply matrices: ${places(gpu.name, 'the processor')}`);
    const image = ones([1, 1, 2, 2]);
    await demandRefusal(
      async () => conv2d(image.to(gpu), image),
      `Cannot convolve: ${places(gpu.name, 'the processor')}`,
    );
    await demandRefusal(
      async () => zeros([0, 2]).to(gpu),
      `Cannot compute on ${gpu.name}: a tensor must hold between 1 and 16777216 values, received 0`,
    );
    await demandRefusal(
      async () => crossEntropy(y, tensor([0, 1]).to(gpu)),
      `Cannot check class numbers: it needs a tensor in the memory of the processor, received one on ${gpu.name}; await its toCpu()`,
    );
  }),
  deviceCase('gradients do not flow from one device to another', async gpu => {
    const x = tensor([1, 2], { requiresGrad: true });
    await demandRefusal(
      async () => x.to(gpu),
      'Cannot move a tensor: gradients must not flow from one device to another, received a tensor that requires a gradient; detach it first, or use noGrad',
    );
    const leaf = leafOn(gpu, tensor([1, 2]));
    sum(mul(leaf, leaf)).backward({ grad: tensor(3) });
    await demandNear(leaf.grad!, tensor([6, 12]));
    await demandRefusal(
      async () => mul(leaf, 2).backward({ grad: ones([2]) }),
      `Cannot run backward: the tensors must lie on one device, received one on ${gpu.name} and one on the processor; move them with to(device) or toCpu()`,
    );
  }),
];
