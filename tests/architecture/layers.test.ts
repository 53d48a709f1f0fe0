import { expect, test } from 'vitest';
import { type Import, importsOf, sources } from './sources.ts';

const FAMILIES = [
  'preprocessing',
  'impute',
  'feature-extraction',
  'feature-selection',
  'decomposition',
  'cross-decomposition',
  'linear-model',
  'svm',
  'kernel',
  'gaussian-process',
  'neighbors',
  'naive-bayes',
  'discriminant-analysis',
  'isotonic',
  'calibration',
  'tree',
  'ensemble',
  'multiclass',
  'multioutput',
  'cluster',
  'mixture',
  'manifold',
  'covariance',
  'inspection',
  'dummy',
  'transformed-target',
  'nn',
];

/**
 * The layers, lowest first; `src/index.ts` stands above them all. Model selection stands on compose, whose pipelines
 * it takes apart to fit each distinct prefix once.
 */
const LAYERS = [
  ['errors', 'array', 'random', 'work'],
  ['parallel'],
  ['kernels'],
  ['linalg', 'check'],
  ['metrics', 'datasets'],
  ['core'],
  ['compose'],
  ['model-selection'],
  FAMILIES,
  ['interop', 'testing', 'registry', 'worker'],
];
const TOP = LAYERS.length - 1;
const FAMILY = LAYERS.indexOf(FAMILIES);

const layerOf = (folder: string): number => LAYERS.findIndex(folders => folders.includes(folder));
const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '');

const imports = sources.flatMap(importsOf);
const places = (list: readonly Import[]) => list.map(({ place, path }) => `${place} imports ${path}`);

test('every folder of src has a layer', () => {
  const folders = new Set(sources.map(source => source.folder).filter(folder => folder !== ''));
  expect([...folders].filter(folder => layerOf(folder) < 0)).toEqual([]);
});

test('a layer imports only lower ones', () => {
  const isAllowed = ({ from, path }: Import): boolean => {
    const [mine, theirs] = [layerOf(from.folder), layerOf(folderOf(path))];
    if (from.folder === '' || from.folder === folderOf(path) || mine === TOP) return true;
    if (mine === 0) return folderOf(path) === 'errors' && from.folder !== 'errors';
    return theirs >= 0 && (theirs < mine || (mine === FAMILY && theirs === FAMILY));
  };
  expect(places(imports.filter(item => !isAllowed(item)))).toEqual([]);
});

test('families import each other only by index.ts', () => {
  const isFamily = (folder: string) => layerOf(folder) === FAMILY;
  const across = imports.filter(({ from, path }) => {
    const other = folderOf(path);
    return isFamily(from.folder) && isFamily(other) && other !== from.folder && path !== `${other}/index.ts`;
  });
  expect(places(across)).toEqual([]);
});

test('folders do not import each other in a circle', () => {
  const below = new Map<string, Set<string>>();
  for (const { from, path } of imports) {
    const other = folderOf(path);
    if (from.folder === '' || other === '' || other === from.folder || layerOf(from.folder) === TOP) continue;
    below.set(from.folder, (below.get(from.folder) ?? new Set()).add(other));
  }
  const reach = (folder: string, seen = new Set<string>()): Set<string> => {
    for (const next of below.get(folder) ?? []) if (!seen.has(next)) reach(next, seen.add(next));
    return seen;
  };
  expect([...below.keys()].filter(folder => reach(folder).has(folder))).toEqual([]);
});

test('nobody imports the package by its own name', () => {
  expect(sources.filter(({ text }) => /from 'fitwise/.test(text.replace(/^ *\*.*$/gm, ''))).map(s => s.path)).toEqual(
    [],
  );
});
