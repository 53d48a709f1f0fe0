import { deviceReport, KMeans, makeBlobs } from '../../../src/index.ts';
import { GpuCompute } from '../../../src/kernels/compute/gpu-compute.ts';
import { gram, matmul } from '../../../src/kernels/index.ts';
import { demandClose, demandRefusal, demandSame, type GpuCase, ones, run, wave } from './case.ts';

/** As if the adapter were a graphics card. */
const card = { backend: 'webgpu', adapter: 'a card', isSoftware: false, passedOver: {} } as const;
const large = { operations: 2 ** 32, numbers: 1 };

export const computeCases: readonly GpuCase[] = [
  {
    name: "'auto' takes the GPU for a large task",
    async run({ gpu }) {
      const compute = new GpuCompute(gpu, card, 'auto', 'fit a model');
      const X = wave(20, 3);
      demandClose(await run(compute.products(large)!.gram(X)), gram(X), () => 1e-5);
      demandSame(compute.placement, { backend: 'webgpu', reason: null });
      compute.close();
    },
  },
  {
    name: "'auto' goes on on the processor where the GPU fails, and says why",
    async run({ gpu }) {
      const compute = new GpuCompute(gpu, card, 'auto', 'fit a model');
      const X = ones(2, 2);
      X.set(1, 0, Number.NaN);
      const received = await run(compute.products(large)!.matmul(X, ones(2, 1)));
      demandSame(received, matmul(X, ones(2, 1)));
      const reason =
        "Cannot compute on the GPU: values must be finite, received NaN at row 1, column 0; use device 'cpu'";
      demandSame(compute.placement, { backend: 'cpu', reason });
      compute.close();
    },
  },
  {
    name: "what gpu.js throws is a sentence for device 'gpu'",
    async run({ gpu }) {
      if ((await deviceReport()).backend !== 'webgpu') return; // WebGL has no limit that a small test could pass
      const compute = new GpuCompute(gpu, card, 'gpu', 'fit a model');
      const products = compute.products(large)!;
      await demandRefusal(
        () => run(products.matmul(wave(1, 1), wave(1, 2 ** 20))),
        "Cannot fit a model: device 'gpu' must be possible, received output dimension 0 needs 131072 workgroups, over this device's limit of 65535; use device 'cpu' or 'auto'",
      );
      compute.close();
    },
  },
  {
    name: 'an aborted fit leaves nothing on the device',
    async run() {
      const { X } = makeBlobs({ nSamples: 200, randomState: 0 });
      const abort = new AbortController();
      let runs = 0;
      const init = () => {
        if (++runs === 2) abort.abort(new Error('enough'));
        return X.takeRows([0, 1, 2]);
      };
      const model = new KMeans({ nClusters: 3, nInit: 5, init });
      await demandRefusal(() => model.fit(X, undefined, { device: 'gpu', signal: abort.signal }), 'enough');
    },
  },
];
