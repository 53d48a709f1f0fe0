/** Runs the example and gives the lines it prints, written alike in Node and in browsers. */
export async function linesOfExample(): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...values: unknown[]) => {
    lines.push(values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))).join(' '));
  };
  try {
    await import('./example.js');
  } finally {
    console.log = log;
  }
  return lines;
}
