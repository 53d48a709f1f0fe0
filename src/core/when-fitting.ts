import { loadOnce } from '../work/index.ts';

/** What only fits, and readers of texts, need. */
export const whenFitting = loadOnce(() => import('./fitting.ts'));
