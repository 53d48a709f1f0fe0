export type { Dataset } from './dataset.ts';
export { loadBreastCancer } from './load-breast-cancer.ts';
export { type LoadDiabetesParams, loadDiabetes } from './load-diabetes.ts';
export { type LoadDigitsParams, loadDigits } from './load-digits.ts';
export { loadIris } from './load-iris.ts';
export { loadLinnerud } from './load-linnerud.ts';
export { loadWine } from './load-wine.ts';
