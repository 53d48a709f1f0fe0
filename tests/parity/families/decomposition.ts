import { PCA, type PCAParams } from '../../../src/decomposition/index.ts';
import type { Case } from '../case.ts';
import type { Draw } from '../draw.ts';

const ATTRIBUTES = [
  'mean_',
  'components_',
  'explained_variance_',
  'explained_variance_ratio_',
  'singular_values_',
  'noise_variance_',
];

/** Everything that PCA learns and does, with one solver on one shape. */
function pcaCase(
  draw: Draw,
  name: string,
  shape: readonly [number, number],
  params: Partial<PCAParams>,
  tolerance?: number,
): Case {
  const X = draw.normal(...shape);
  const fresh = draw.normal(5, shape[1]);
  const { nComponents = null, svdSolver = 'auto', whiten = false, ...rest } = params;
  return {
    name: `PCA ${name}`,
    class: 'C',
    ...(tolerance === undefined ? {} : { tolerance }),
    oracle: {
      fit: 'decomposition.PCA',
      params: {
        n_components: nComponents,
        svd_solver: svdSolver,
        whiten,
        random_state: rest.randomState ?? 0,
        ...(rest.iteratedPower === undefined ? {} : { iterated_power: rest.iteratedPower }),
        ...(rest.powerIterationNormalizer === undefined
          ? {}
          : { power_iteration_normalizer: rest.powerIterationNormalizer }),
      },
      X,
      get: ATTRIBUTES,
      calls: [['transform', fresh], ['score_samples', fresh], ['get_covariance']],
    },
    ours: async () => {
      const pca = await new PCA({ randomState: 0, ...params }).fit(X);
      return [
        pca.mean_,
        pca.components_,
        pca.explainedVariance_,
        pca.explainedVarianceRatio_,
        pca.singularValues_,
        pca.noiseVariance_,
        await pca.transform(fresh),
        await pca.scoreSamples(fresh),
        await pca.getCovariance(),
      ];
    },
  };
}

export function cases(draw: Draw): Case[] {
  const tall = [draw.integer(60, 90), draw.integer(3, 6)] as const;
  const wide = [draw.integer(12, 18), draw.integer(6, 11)] as const;
  const seed = draw.integer(0, 1000);
  return [
    pcaCase(draw, 'auto', tall, {}),
    pcaCase(draw, 'auto', wide, { nComponents: 3 }),
    pcaCase(draw, 'full', wide, { svdSolver: 'full', nComponents: 0.7, whiten: true }),
    pcaCase(draw, 'full', tall, { svdSolver: 'full', nComponents: 'mle' }),
    pcaCase(draw, 'covariance_eigh', tall, { svdSolver: 'covariance_eigh', nComponents: 2, whiten: true }),
    pcaCase(draw, 'covariance_eigh', tall, { svdSolver: 'covariance_eigh', nComponents: 0.6 }),
    pcaCase(draw, 'arpack', tall, { svdSolver: 'arpack', nComponents: 2 }),
    pcaCase(draw, 'arpack', wide, { svdSolver: 'arpack', nComponents: 3, whiten: true }),
    pcaCase(draw, 'randomized', [80, 30], { svdSolver: 'randomized', nComponents: 4, randomState: seed }),
    pcaCase(draw, 'randomized', [20, 40], {
      svdSolver: 'randomized',
      nComponents: 3,
      randomState: seed,
      iteratedPower: 3,
    }),
    pcaCase(draw, 'randomized', [50, 20], {
      svdSolver: 'randomized',
      nComponents: 2,
      randomState: seed,
      powerIterationNormalizer: 'QR',
    }),
  ];
}
