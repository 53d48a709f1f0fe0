import { Frame, Matrix } from '../array/index.ts';
import { assert } from '../errors/index.ts';

/** A data set of the library: fresh arrays, which the caller may change. */
export interface Dataset<Y> {
  /** shape (nSamples, nFeatures) */
  readonly X: Matrix;
  /** Class codes (positions in `targetNames`), numbers, or a matrix with a column per target. */
  readonly y: Y;
  readonly featureNames: readonly string[];
  /** Names of the classes, or of the targets where they are numbers. */
  readonly targetNames: readonly string[];
  /** The data set's page: units, source, licence, hash, oddities; as Markdown. */
  readonly description: string;
  /** The features and then the target (`y`, as the column `target`) or targets, as named columns. */
  readonly toTable: () => Frame;
}

/** What a data set's generated module holds. */
export interface DatasetSource {
  readonly csv: string;
  readonly page: string;
}

/** A data set whose last column names each row's class; `classes` are in the order of their codes. */
export function classDataset({ csv, page }: DatasetSource, classes: readonly string[]): Dataset<number[]> {
  const { names, rows } = readCsv(csv);
  const featureNames = names.slice(0, -1);
  const X = numbers(rows, 0, featureNames.length);
  const y = rows.map(row => {
    const code = classes.indexOf(row[featureNames.length]!);
    assert(code >= 0, `unknown class ${row[featureNames.length]}`);
    return code;
  });
  const toTable = () => table(X, featureNames, Matrix.fromColumns([y]), ['target']);
  return { X, y, featureNames, targetNames: classes, description: page, toTable };
}

/** A data set whose last `nTargets` columns are numbers to predict. */
export function numberDataset({ csv, page }: DatasetSource, nTargets: number): Dataset<Matrix> {
  const { names, rows } = readCsv(csv);
  const nFeatures = names.length - nTargets;
  const featureNames = names.slice(0, nFeatures);
  const targetNames = names.slice(nFeatures);
  const X = numbers(rows, 0, nFeatures);
  const y = numbers(rows, nFeatures, names.length);
  return { X, y, featureNames, targetNames, description: page, toTable: () => table(X, featureNames, y, targetNames) };
}

function table(X: Matrix, featureNames: readonly string[], y: Matrix, targetNames: readonly string[]): Frame {
  return new Frame([...X.toTable(featureNames).columns, ...y.toTable(targetNames).columns]);
}

/** Our own files have neither quotes nor empty cells. */
function readCsv(csv: string): { names: string[]; rows: string[][] } {
  const [header, ...lines] = csv.trimEnd().split('\n');
  return { names: header!.split(','), rows: lines.map(line => line.split(',')) };
}

function numbers(rows: readonly string[][], from: number, to: number): Matrix {
  return Matrix.zeros(rows.length, to - from).map((_, i, j) => Number(rows[i]![from + j]));
}
