/** The layout of the classification report: cells right-aligned, blank lines around the labels. */
import { formatFixed, formatFloat } from './format-fixed.ts';

/** One row of numbers. */
export interface ReportLine {
  readonly precision: number;
  readonly recall: number;
  readonly fscore: number;
  readonly support: number;
}

type Named = readonly [heading: string, line: ReportLine];

const CELL = 9;
const LONGEST_AVERAGE = 'weighted avg';
const HEADERS = ['precision', 'recall', 'f1-score', 'support'];

/** `isFloat` prints supports as floats. */
export function reportText(
  perLabel: readonly Named[],
  averages: readonly Named[],
  digits: number,
  isFloat: boolean,
): string {
  const width = Math.max(...perLabel.map(([name]) => [...name].length), LONGEST_AVERAGE.length, digits);
  const row = (heading: string, cells: readonly string[]) =>
    `${padLeft(heading, width)} ${cells.map(cell => ` ${padLeft(cell, CELL)}`).join('')}\n`;
  const labels = perLabel.map(([heading, line]) => row(heading, reportCells(line, digits, isFloat)));
  const summary = averages.map(([heading, line]) => {
    const cells = reportCells(line, digits, isFloat);
    return row(heading, heading === 'accuracy' ? ['', '', ...cells.slice(2)] : cells);
  });
  return `${row('', HEADERS)}\n${labels.join('')}\n${summary.join('')}`;
}

function reportCells({ precision, recall, fscore, support }: ReportLine, digits: number, isFloat: boolean): string[] {
  const scores = [precision, recall, fscore].map(score => formatFixed(score, digits));
  return [...scores, isFloat ? formatFloat(support) : String(support)];
}

/** Python counts code points, not UTF-16 units. */
function padLeft(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - [...text].length)) + text;
}
