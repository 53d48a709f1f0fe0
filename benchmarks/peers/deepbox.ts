/** deepbox, pure JavaScript in single precision by default; it needs Node 24. */
import type { Matrix } from 'fitwise';
import { loadPeer } from '../paths.ts';

export interface Tensor {
  readonly data: ArrayLike<number>;
  reshape(shape: readonly number[]): Tensor;
}

interface Transformer {
  fitTransform(X: Tensor): Tensor;
}

interface Modules {
  readonly ndarray: { tensor(data: ArrayLike<number>, options?: { dtype: string }): Tensor };
  readonly preprocess: Readonly<Record<string, new (options?: object) => Transformer>>;
  readonly ml: {
    KMeans: new (options: object) => { fit(X: Tensor): { readonly inertia: number } };
    KNeighborsClassifier: new (options?: object) => { fit(X: Tensor, y: Tensor): unknown; predict(X: Tensor): Tensor };
  };
}

export const DEEPBOX = 'deepbox';

export function loadDeepbox<K extends keyof Modules>(part: K): Promise<Modules[K]> {
  return loadPeer<Modules[K]>(`${DEEPBOX}/${part}`);
}

/** A matrix in double precision. */
export async function toTensor({ data, rows, columns }: Matrix): Promise<Tensor> {
  const { tensor } = await loadDeepbox('ndarray');
  return tensor(data, { dtype: 'float64' }).reshape([rows, columns]);
}
