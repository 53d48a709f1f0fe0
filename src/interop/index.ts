export { type ArqueroTable, toArquero } from './to-arquero.ts';
