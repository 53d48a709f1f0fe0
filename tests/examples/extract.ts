/** Finds the examples of the docs: `@example` blocks of the sources, and ```ts blocks of README.md and docs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Example {
  /** `src/array/matrix.ts:7 Matrix`: what a reader would look up. */
  readonly title: string;
  readonly code: string;
}

/** All examples below `root`, in the order of their files. */
export function extractExamples(root: string): Example[] {
  const sources = filesBelow(join(root, 'src'), '.ts').filter(path => !path.endsWith('.as.ts'));
  const pages = [join(root, 'README.md'), ...filesBelow(join(root, 'docs'), '.md')].filter(existsSync);
  return [
    ...sources.flatMap(path => fromSource(relative(root, path), readFileSync(path, 'utf8'))),
    ...pages.flatMap(path => fromPage(relative(root, path), readFileSync(path, 'utf8'))),
  ];
}

function filesBelow(folder: string, extension: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith(extension) && !/(^|[\\/])(generated|api)[\\/]/.test(path))
    .map(path => join(folder, path))
    .sort();
}

function fromSource(path: string, text: string): Example[] {
  return [...text.matchAll(/\/\*\*(.*?)\*\/\s*([^\n]*)/gs)].flatMap(
    ({ 1: comment = '', 2: declaration = '', index }) => {
      const body = comment.replace(/^[ \t]*\* ?/gm, '');
      return [...body.matchAll(/^@example\b[^\n]*\n(.*?)(?=^@\w|(?![\s\S]))/gms)].map(match => ({
        title: `${path}:${lineAt(text, index) + lineAt(body, match.index) - 1} ${nameIn(declaration)}`,
        code: unfence(match[1]!),
      }));
    },
  );
}

function fromPage(path: string, text: string): Example[] {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ 1: code = '', index }) => ({
    title: `${path}:${lineAt(text, index)}`,
    code,
  }));
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length;

function nameIn(declaration: string): string {
  const named = /\b(?:class|function\*?|const|interface|type)\s+(\w+)/.exec(declaration);
  return named?.[1] ?? /(\w+)\s*[(:<]/.exec(declaration)?.[1] ?? '';
}

function unfence(code: string): string {
  return code.replace(/^```\w*\n?/gm, '').trimEnd();
}
