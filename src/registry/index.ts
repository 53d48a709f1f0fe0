export { useBuiltInClasses } from './built-in.ts';
export { fromBytes, load, save, toBytes } from './files.ts';
