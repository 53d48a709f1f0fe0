import ts from 'typescript6';
import { expect, test } from 'vitest';
import { nodesOf, placeOf, type Source, written } from './sources.ts';

/** The only files that may speak to the console: the warnings channel and the progress bar. */
const SPEAKERS = new Set(['errors/warnings.ts', 'work/console-progress.ts']);

function places(isForbidden: (node: ts.Node, source: Source) => boolean): string[] {
  return written.flatMap(source =>
    nodesOf(source.tree)
      .filter(node => isForbidden(node, source))
      .map(node => placeOf(source, node)),
  );
}

const isMember = (node: ts.Node, object: string, member?: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === object &&
  (member === undefined || node.name.text === member);

test('Math.random is not used: randomness comes from seeds', () => {
  expect(places(node => isMember(node, 'Math', 'random'))).toEqual([]);
});

test('no text becomes code: no eval, no Function constructor', () => {
  const names = new Set(['eval', 'Function']);
  const isCall = (node: ts.Node) => ts.isCallExpression(node) || ts.isNewExpression(node);
  expect(places(node => isCall(node) && ts.isIdentifier(node.expression) && names.has(node.expression.text))).toEqual(
    [],
  );
});

test('nothing but the warnings channel and the progress bar speaks to the console', () => {
  expect(places((node, { path }) => isMember(node, 'console') && !SPEAKERS.has(path))).toEqual([]);
});

/** Minifiers change constructor.name; a sentence may still name the class of what it received. */
test('no class is known by constructor.name', () => {
  const isName = (node: ts.Node) => ts.isPropertyAccessExpression(node) && node.name.text === 'name';
  const isOfConstructor = (node: ts.Node) =>
    ts.isPropertyAccessExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'constructor';
  expect(places((node, { path }) => isName(node) && isOfConstructor(node) && path !== 'errors/sentence.ts')).toEqual(
    [],
  );
});

/** Math.pow and ** change their bits between versions of Node where the exponent is not whole. */
test('powers have whole exponents, as literals or checked by the function that raises', () => {
  const isWhole = (node: ts.Expression) => /^-?\d[\d_]*n?$/.test(node.getText());
  const isChecked = (node: ts.Node): boolean =>
    ts.isFunctionDeclaration(node)
      ? node.getText().includes('Number.isInteger(')
      : node.parent !== undefined && isChecked(node.parent);
  const isOpenPower = (node: ts.Node) =>
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken &&
    !isWhole(node.right) &&
    !isWhole(node.left) &&
    !isChecked(node);
  expect(places(node => isMember(node, 'Math', 'pow') || isOpenPower(node))).toEqual([]);
});

test('no compiler check is switched off and nothing is left to do', () => {
  const marks = /@ts-ignore|@ts-nocheck|\b(TODO|FIXME|XXX)\b/;
  expect(written.filter(({ text }) => marks.test(text)).map(({ path }) => path)).toEqual([]);
});
