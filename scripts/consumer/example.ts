import { loadBreastCancer, StandardScaler } from 'fitwise';

const { X } = await loadBreastCancer();
const Z = await new StandardScaler().fitTransform(X);
console.log(`${Z.rows} rows, ${Z.columns} columns, the first value is ${Z.get(0, 0)}`);
