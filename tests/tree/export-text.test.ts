import { expect, test } from 'vitest';
import { DecisionTreeClassifier, DecisionTreeRegressor, exportText } from '../../src/index.ts';

test('exportText shows both sides of each split and the class of each leaf', async () => {
  const model = await new DecisionTreeClassifier().fit([[1], [2], [3]], ['a', 'b', 'b']);
  expect(exportText(model)).toBe(
    ['|--- feature_0 <= 1.50', '|   |--- class: a', '|--- feature_0 >  1.50', '|   |--- class: b', ''].join('\n'),
  );
});

test('exportText shows weights, names, digits and blanks as asked', async () => {
  const model = await new DecisionTreeClassifier().fit([[1], [2], [3]], ['a', 'b', 'b']);
  const options = { featureNames: ['size'], classNames: ['A', 'B'], showWeights: true, decimals: 1, spacing: 1 };
  expect(exportText(model, options)).toBe(
    [
      '|- size <= 1.5',
      '| |- weights: [1.0, 0.0] class: A',
      '|- size >  1.5',
      '| |- weights: [0.0, 2.0] class: B',
      '',
    ].join('\n'),
  );
});

test('exportText cuts deep branches and says how deep they were', async () => {
  const model = await new DecisionTreeRegressor().fit([[1], [2], [3], [4]], [1, 2, 3, 4]);
  expect(exportText(model, { maxDepth: 0 })).toBe(
    [
      '|--- feature_0 <= 2.50',
      '|   |--- truncated branch of depth 2',
      '|--- feature_0 >  2.50',
      '|   |--- truncated branch of depth 2',
      '',
    ].join('\n'),
  );
});

test('exportText rounds exact halves to the even digit', async () => {
  // Thresholds 0.5 and 2.5.
  const model = await new DecisionTreeRegressor().fit([[0], [1], [4]], [0, 8, 16]);
  expect(exportText(model, { decimals: 0 })).toContain('feature_0 <= 2\n');
  expect(exportText(model, { decimals: 0 })).toContain('feature_0 <= 0\n');
});

test('exportText refuses a wrong number of names', async () => {
  const model = await new DecisionTreeRegressor().fit([[0], [1]], [0, 1]);
  expect(() => exportText(model, { featureNames: ['a', 'b'] })).toThrow(
    'Cannot make the text of a tree: featureNames must have 1 names, received shape (2,)',
  );
});
