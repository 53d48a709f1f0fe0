/** A dataset for workers: they load this file, bundled, as a registered module. */
import { datasetMaker, tensor } from '../../../src/nn/index.ts';

/** Points near one of two rings, moved anew in every visit. */
export const rings = datasetMaker('tests/rings', (n: number) => ({
  length: n,
  get: (i, random) => {
    const [angle, radius] = [(2 * Math.PI * i) / n, 1 + (i % 2)];
    const move = () => 0.1 * (random.random() - 0.5);
    return { x: tensor([radius * Math.cos(angle) + move(), radius * Math.sin(angle) + move()]), y: i % 2 };
  },
}));
