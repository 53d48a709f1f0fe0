import { type BenchmarkResult, fastest, isMeasured, type Measured, type Row } from './result.ts';

const HEADINGS = [
  'workload',
  'size',
  'fitwise',
  'the other library',
  'its setting',
  'ratio',
  'aim',
  'quality',
  'fitwise peak',
  'its peak',
  'variants and peers (ratio)',
];

/** A result as Markdown. */
export function markdownTable(result: BenchmarkResult): string {
  const { machine, versions, date, isQuick, rows, geometricMean } = result;
  const told = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `# Benchmark of ${date.slice(0, 10)}${isQuick ? ', quick sizes' : ''}`,
    '',
    `${machine.cpu}, ${machine.cores} cores, ${machine.system}; ${told.join(', ')}.`,
    '',
    'Times are medians of alternating runs, ± half the distance between the quartiles. The ratio is the time of',
    'scikit-learn (or numpy) at its faster setting, or of torch on one thread, over ours: above 1, fitwise is faster.',
    'Peaks are those of the whole process.',
    '',
    line(HEADINGS),
    line(HEADINGS.map(() => '---')),
    ...rows.map(row => line(cells(row))),
    '',
    geometricMean === null
      ? 'scikit-learn was not measured.'
      : `Geometric mean against scikit-learn: ${ratioText(geometricMean)}.`,
    '',
  ].join('\n');
}

/** The times and ratios of a result for the README, which links to the file with the rest. */
export function summary({ machine, versions, rows, geometricMean }: BenchmarkResult, file: string): string {
  const { node, 'scikit-learn': sklearn } = versions;
  return [
    `Measured on ${machine.cpu}, ${machine.cores} cores, with node ${node} and scikit-learn ${sklearn}`,
    `([spread, memory, quality and peers](${file})). Geometric mean against scikit-learn:`,
    `${geometricMean === null ? '–' : ratioText(geometricMean)}.`,
    '',
    line(['workload', 'size', 'fitwise', 'scikit-learn, numpy or torch', 'ratio', 'aim']),
    line(['---', '---', '---', '---', '---', '---']),
    ...rows.map(row => line(summaryCells(row))),
  ].join('\n');
}

function summaryCells({ name, size, ours, sklearn, ratio, target, operations }: Row): string[] {
  const best = fastest(sklearn);
  return [
    name,
    size,
    isMeasured(ours) ? secondsText(ours.median) + rateText(ours, operations) : '–',
    best === undefined ? '–' : `${secondsText(best.median)} (${settingOf(best.label)})${rateText(best, operations)}`,
    ratio === null ? '–' : ratioText(ratio),
    String(target),
  ];
}

/** One row for the terminal. */
export function rowText(row: Row): string {
  const [name, size, ours, theirs, setting, ratio, aim, quality, ourPeak, theirPeak, peers] = cells(row);
  const against = `the other ${theirs}${setting === '' ? '' : ` (${setting})`}, ratio ${ratio} (aim ${aim})`;
  const rest = [`${quality}`, `peak ${ourPeak} / ${theirPeak}`, ...(peers === '' ? [] : [`peers: ${peers}`])];
  return `${name} [${size}]\n  fitwise ${ours}, ${against}\n  ${rest.join('; ')}`;
}

function cells(row: Row): string[] {
  const { ours, sklearn, peers, operations } = row;
  const best = fastest(sklearn);
  const mine = isMeasured(ours) ? ours : undefined;
  return [
    row.name,
    row.size,
    mine === undefined ? failure(ours) : timeText(mine) + rateText(mine, operations),
    best === undefined ? (sklearn.map(failure)[0] ?? '–') : timeText(best) + rateText(best, operations),
    best === undefined ? '' : settingOf(best.label),
    row.ratio === null ? '–' : ratioText(row.ratio),
    String(row.target),
    qualityText(row, mine, best),
    mine === undefined ? '–' : bytesText(mine.peakBytes),
    best === undefined ? '–' : bytesText(best.peakBytes),
    peers
      .map(peer => `${peer.label} ${isMeasured(peer) ? peerText(peer, mine, operations) : failure(peer)}`)
      .join('; '),
  ];
}

/** `2 threads` of scikit-learn's label, `torch, 1 thread` of others. */
function settingOf(label: string): string {
  return label
    .replace(/^scikit-learn /, '')
    .replace(/^(.*) \((.*)\)$/, '$1, $2')
    .replace(/^\((.*)\)$/, '$1');
}

function qualityText({ quality, isEqual }: Row, ours: Measured | undefined, theirs: Measured | undefined): string {
  if (ours === undefined) return `${quality} –`;
  const own = `${quality} ${numberText(ours.quality)}`;
  if (theirs === undefined) return own;
  return isEqual ? `${own}, equal` : `${own}, **differs from ${numberText(theirs.quality)}**`;
}

function peerText(peer: Measured, ours: Measured | undefined, operations: number | undefined): string {
  if (ours === undefined) return timeText(peer);
  return `${ratioText(peer.median / ours.median)} at ${numberText(peer.quality)}${rateText(peer, operations)}`;
}

const failure = (outcome: Row['ours']): string => (isMeasured(outcome) ? '' : outcome.failure.replaceAll('|', '\\|'));

const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;

const rateText = ({ median }: Measured, operations: number | undefined): string =>
  operations === undefined ? '' : `, ${(operations / median / 1e9).toPrecision(3)} GFLOP/s`;

export const ratioText = (ratio: number): string => (ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(3));

const numberText = (value: number): string => String(Number(value.toPrecision(6)));

const bytesText = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function timeText({ median, spread }: Measured): string {
  return `${secondsText(median)} ± ${Math.round(spread * 50)} %`;
}

export function secondsText(seconds: number): string {
  if (seconds >= 1) return `${seconds.toPrecision(3)} s`;
  if (seconds >= 1e-3) return `${(seconds * 1e3).toPrecision(3)} ms`;
  return `${(seconds * 1e6).toPrecision(3)} µs`;
}
