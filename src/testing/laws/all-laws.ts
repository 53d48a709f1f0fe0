import type { Law } from '../law.ts';
import * as composition from './composition.ts';
import * as fitting from './fitting.ts';
import * as input from './input.ts';
import * as parameters from './parameters.ts';
import * as supervised from './supervised.ts';
import * as weights from './weights.ts';

/** Every law, in the order in which a new estimator best meets them. */
export const laws: readonly Law[] = [parameters, fitting, input, supervised, weights, composition].flatMap(group =>
  Object.values(group),
);
