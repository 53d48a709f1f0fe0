import { expect, test } from 'vitest';
import { ColumnTransformer, FeatureUnion, PCA, Pipeline, StandardScaler } from '../../src/index.ts';

const one = [
  [1, 5],
  [2, 7],
  [4, 6],
  [3, 9],
];
const other = one.map(([a, b]) => [10 * b!, a! - 3]);

interface FitsTransforms {
  fit(X: number[][]): Promise<unknown>;
  fitTransform(X: number[][]): Promise<unknown>;
  transform(X: number[][]): Promise<unknown>;
}

const TRANSFORMERS: Readonly<Record<string, () => FitsTransforms>> = {
  Pipeline: () =>
    new Pipeline([
      ['scaler', new StandardScaler()],
      ['pca', new PCA()],
    ]),
  FeatureUnion: () => new FeatureUnion([['scaler', new StandardScaler()]]),
  ColumnTransformer: () => new ColumnTransformer([['scaler', new StandardScaler(), [0, 1]]]),
};

for (const [name, make] of Object.entries(TRANSFORMERS)) {
  test(`${name}: two fitTransforms at a time each give their own samples`, async () => {
    const shared = make();
    const [first, second] = await Promise.all([shared.fitTransform(one), shared.fitTransform(other)]);
    expect(first).toEqual(await make().fitTransform(one));
    expect(second).toEqual(await make().fitTransform(other));
  });

  test(`${name}: fitTransform leaves it fitted, as fit does`, async () => {
    const [fitted, transformed] = [make(), make()];
    await fitted.fit(one);
    await transformed.fitTransform(one);
    expect(await transformed.transform(other)).toEqual(await fitted.transform(other));
  });
}
