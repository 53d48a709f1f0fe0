import { CsrMatrix } from '../array/index.ts';
import { inBlocks, type Work } from '../work/index.ts';
import type { Analyzer } from './analyzer.ts';
import type { TermCounts } from './vocabulary.ts';

/** Terms of documents, one row each, by numbers in the order in which they were first seen. */
export interface CountedDocuments {
  readonly terms: readonly string[];
  /** For each document, its different terms. */
  readonly numbers: readonly Int32Array[];
  /** How often each of them occurs in it. */
  readonly counts: readonly Float64Array[];
}

/** Counts all terms of all documents. */
export function* countAllTerms(documents: readonly string[], analyze: Analyzer): Work<CountedDocuments> {
  const known = new Map<string, number>();
  const counted = yield* countTerms(documents, analyze, term => {
    const number = known.get(term) ?? known.size;
    if (number === known.size) known.set(term, number);
    return number;
  });
  return { terms: [...known.keys()], ...counted };
}

/** Counts the terms that have a number; the others are left out. */
export function* countTerms(
  documents: readonly string[],
  analyze: Analyzer,
  numberOf: (term: string) => number | undefined,
): Work<Omit<CountedDocuments, 'terms'>> {
  const numbers: Int32Array[] = [];
  const counts: Float64Array[] = [];
  for (const document of documents) {
    const found = new Map<number, number>();
    for (const term of analyze(document)) {
      const number = numberOf(term);
      if (number !== undefined) found.set(number, (found.get(number) ?? 0) + 1);
    }
    numbers.push(Int32Array.from(found.keys()));
    counts.push(Float64Array.from(found.values()));
    yield { ops: document.length };
  }
  return { numbers, counts };
}

/** Occurrences of each term, and the documents that it is in; where `binary`, it occurs once in each. */
export function* totalsOf({ terms, numbers, counts }: CountedDocuments, binary: boolean): Work<TermCounts> {
  const occurrences = new Float64Array(terms.length);
  const documents = new Float64Array(terms.length);
  yield* inBlocks(numbers.length, opsPerDocument(numbers), (from, to) => {
    for (let i = from; i < to; i++) {
      numbers[i]!.forEach((k, at) => {
        occurrences[k]! += binary ? 1 : counts[i]![at]!;
        documents[k]!++;
      });
    }
  });
  return { terms, occurrences, documents };
}

/**
 * The counts as a matrix, documents × columns.
 *
 * @param columnOf the column of each number; -1 for those that have none. Without it numbers are columns
 */
export function* countMatrix(
  { numbers, counts }: Omit<CountedDocuments, 'terms'>,
  columns: number,
  binary: boolean,
  columnOf?: Int32Array,
): Work<CsrMatrix> {
  const rows: Int32Array[] = [];
  const values: Float64Array[] = [];
  const ofColumn = new Float64Array(columns);
  yield* inBlocks(numbers.length, opsPerDocument(numbers), (from, to) => {
    for (let i = from; i < to; i++) {
      const placed = columnOf === undefined ? numbers[i]! : numbers[i]!.map(number => columnOf[number]!);
      placed.forEach((column, at) => {
        if (column !== -1) ofColumn[column] = binary ? 1 : counts[i]![at]!;
      });
      const row = placed.filter(column => column !== -1).sort();
      rows.push(row);
      values.push(Float64Array.from(row, column => ofColumn[column]!));
    }
  });
  return joined(rows, values, columns);
}

function joined(rows: readonly Int32Array[], values: readonly Float64Array[], columns: number): CsrMatrix {
  const indptr = new Int32Array(rows.length + 1);
  for (const [i, row] of rows.entries()) indptr[i + 1] = indptr[i]! + row.length;
  const indices = new Int32Array(indptr.at(-1)!);
  const data = new Float64Array(indices.length);
  for (const [i, row] of rows.entries()) {
    indices.set(row, indptr[i]!);
    data.set(values[i]!, indptr[i]!);
  }
  return new CsrMatrix(data, indices, indptr, rows.length, columns);
}

/** A sort, mostly. */
function opsPerDocument(numbers: readonly Int32Array[]): number {
  const all = numbers.reduce((sum, row) => sum + row.length, 0);
  return 16 * Math.ceil((all + 1) / Math.max(1, numbers.length));
}
