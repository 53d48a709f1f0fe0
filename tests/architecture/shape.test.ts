import ts from 'typescript6';
import { expect, test } from 'vitest';
import { nodesOf, placeOf, type Source, written } from './sources.ts';

const MAX_FILE_LINES = 400;

interface Identified {
  readonly id: string;
  readonly className: string;
  readonly source: Source;
}

const identified: readonly Identified[] = written.flatMap(source =>
  nodesOf(source.tree)
    .filter(ts.isClassDeclaration)
    .flatMap(declaration => {
      const member = declaration.members.find(
        (other): other is ts.PropertyDeclaration => ts.isPropertyDeclaration(other) && other.name.getText() === 'id',
      );
      const value = member?.initializer;
      return value !== undefined && ts.isStringLiteral(value) && value.text !== ''
        ? [{ id: value.text, className: declaration.name?.text ?? '', source }]
        : [];
    }),
);

test('class ids are unique', () => {
  const ids = identified.map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

test('a class id is its family and its class name', () => {
  const wrong = identified.filter(({ id, className, source }) => id !== `${source.folder}/${className}`);
  expect(wrong.map(({ id, source }) => `${source.path}: ${id}`)).toEqual([]);
});

test('index.ts holds nothing but exports of other files, except in kernels, where it declares the versions', () => {
  const isReExport = (statement: ts.Statement) =>
    ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
  const wrong = written
    .filter(({ path }) => /(^|\/)index\.ts$/.test(path) && !/^kernels\/./.test(path))
    .flatMap(source => source.tree.statements.filter(s => !isReExport(s)).map(s => placeOf(source, s)));
  expect(wrong).toEqual([]);
});

test('files are named in kebab-case', () => {
  expect(
    written
      .map(({ path }) => path)
      .filter(path => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(path)),
  ).toEqual([]);
});

test(`no file has more than ${MAX_FILE_LINES} lines`, () => {
  const long = written.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  expect(long.filter(({ lines }) => lines > MAX_FILE_LINES)).toEqual([]);
});
