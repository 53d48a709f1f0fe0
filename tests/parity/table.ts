import type { Case } from './case.ts';
import type { Verdict } from './judge.ts';

/** All cases of one name. */
export interface Row {
  readonly family: string;
  readonly name: string;
  readonly group: readonly { readonly item: Case; readonly verdict: Verdict }[];
  /** Cases that could not be put to the oracle. */
  readonly skipped?: number;
}

const MAX_REASONS = 3;

/** Prints one line per row as it comes, reasons below the rows that failed, and the counts at the end. */
export class Table {
  passed = 0;
  failed = 0;
  skipped = 0;

  constructor() {
    console.log(line('', 'name', 'class', 'cases', 'worst', 'allowed'));
  }

  print({ family, name, group, skipped = 0 }: Row): void {
    this.skipped += skipped;
    if (skipped > 0) {
      console.log(line('skip', `${family}: ${name}`, '', String(skipped), '', ''));
      return;
    }
    const failures = group.filter(({ verdict }) => !verdict.passed);
    this.failed += failures.length;
    this.passed += group.length - failures.length;
    const classes = [...new Set(group.map(({ item }) => item.class))].sort().join('');
    const worst = Math.max(...group.map(({ verdict }) => verdict.worst));
    const allowed = Math.max(...group.map(({ verdict }) => verdict.allowed));
    const mark = failures.length === 0 ? '' : 'FAIL';
    console.log(line(mark, `${family}: ${name}`, classes, String(group.length), digits(worst), digits(allowed)));
    for (const { item, verdict } of failures.slice(0, MAX_REASONS)) {
      console.log(`       case ${group.findIndex(other => other.item === item)}: ${verdict.reason}`);
    }
    if (failures.length > MAX_REASONS) console.log(`       and ${failures.length - MAX_REASONS} more`);
  }

  printEnd(): void {
    console.log(`${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
  }
}

function line(mark: string, name: string, kind: string, cases: string, worst: string, allowed: string): string {
  return `${mark.padEnd(5)}${name.padEnd(60)} ${kind.padEnd(6)}${cases.padStart(6)}${worst.padStart(11)}${allowed.padStart(10)}`;
}

function digits(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value === Infinity ? 'unlike' : value);
  return value.toExponential(1);
}
