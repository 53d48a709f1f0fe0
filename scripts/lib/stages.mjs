/** Stages of a check: each prints what it ran as `name: N passed, N failed, N skipped`, and the last line sums up. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './fresh.mjs';

const COUNTS = /^(?:\S+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm;

export const counts = (passed, failed = 0, skipped = 0) => ({ passed, failed, skipped });

/** Runs a command with its output shown, and gives its exit code, its output, and what of that went to stdout. */
export function run(command, args = [], { cwd = ROOT, env = process.env, quiet = false } = {}) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, stdout] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', chunk => {
      stdout += chunk;
    });
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', chunk => {
        output += chunk;
        if (!quiet) process[stream].write(chunk);
      });
    }
    child.on('error', error => resolve({ code: 127, output: String(error), stdout }));
    child.on('close', code => resolve({ code: code ?? 1, output, stdout }));
  });
}

/** The counts in the last counting line of an output; a failing command without one counts as one failure. */
export function countsOf({ code, output }) {
  const found = [...output.matchAll(COUNTS)].at(-1);
  if (found === undefined) return code === 0 ? counts(1) : counts(0, 1);
  const [passed, failed, skipped] = found.slice(1).map(text => Number(text ?? 0));
  return code !== 0 && failed === 0 ? counts(passed, 1, skipped) : counts(passed, failed, skipped);
}

/** Runs vitest with a JSON report beside its usual output; a file that cannot even be loaded is a failure. */
export async function runVitest(command, args) {
  const report = join(ROOT, `build/reports/${process.pid}.json`);
  const result = await run(command, [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  if (!existsSync(report)) return counts(0, 1);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  rmSync(report);
  const broken = testResults.filter(file => file.status === 'failed' && file.assertionResults.length === 0).length;
  const failed = numFailedTests + broken;
  return counts(numPassedTests, result.code !== 0 && failed === 0 ? 1 : failed, numPendingTests + numTodoTests);
}

export class Stages {
  #total = counts(0);

  /** Runs a stage, prints its counts and adds them; an exception counts as one failure. */
  async stage(name, action) {
    console.log(`\n== ${name}`);
    const start = performance.now();
    const { passed, failed, skipped } = await action().catch(error => {
      console.log(error.stack ?? String(error));
      return counts(0, 1);
    });
    this.#total.passed += passed;
    this.#total.failed += failed;
    this.#total.skipped += skipped;
    console.log(`(${Math.round((performance.now() - start) / 1000)} s)`);
    console.log(line(name, { passed, failed, skipped }));
  }

  /** Prints the sum as the last line and sets the exit code. */
  end() {
    console.log(`\n${line('', this.#total)}`);
    process.exitCode = this.#total.failed > 0 ? 1 : 0;
  }
}

function line(name, { passed, failed, skipped }) {
  return `${name === '' ? '' : `${name}: `}${passed} passed, ${failed} failed, ${skipped} skipped`;
}
