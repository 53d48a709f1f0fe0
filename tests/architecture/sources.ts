/** The sources of the library as syntax trees, for tests that hold the shape of the code. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript6';

const SRC = new URL('../../src', import.meta.url).pathname;

export interface Source {
  /** Relative to src: `tree/decision-tree-classifier.ts`. */
  readonly path: string;
  /** First folder of the path; empty for src/index.ts. */
  readonly folder: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** All modules of src, except the AssemblyScript kernels, which are of another language. */
export const sources: readonly Source[] = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.as.ts'))
  .map(entry =>
    readSource(
      join(entry.parentPath, entry.name)
        .slice(SRC.length + 1)
        .replaceAll('\\', '/'),
    ),
  )
  .sort((a, b) => (a.path < b.path ? -1 : 1));

/** Those that people write. */
export const written = sources.filter(({ path }) => !path.includes('/generated/'));

function readSource(path: string): Source {
  const text = readFileSync(join(SRC, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return { path, folder: path.includes('/') ? path.slice(0, path.indexOf('/')) : '', text, tree };
}

/** Every node of a file, depth first. */
export function nodesOf(root: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** `path:line`, as editors understand it. */
export function placeOf({ path, tree }: Source, node: ts.Node): string {
  return `src/${path}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

export interface Import {
  readonly from: Source;
  /** Relative to src. */
  readonly path: string;
  readonly place: string;
}

/** What a file imports from other files of src, in whatever way. */
export function importsOf(source: Source): Import[] {
  return nodesOf(source.tree)
    .filter(node => ts.isStringLiteral(node) && isSpecifier(node) && node.text.startsWith('.'))
    .map(node => ({
      from: source,
      path: posix.join(dirname(source.path), (node as ts.StringLiteral).text),
      place: placeOf(source, node),
    }));
}

function isSpecifier({ parent }: ts.Node): boolean {
  const isDynamic = ts.isCallExpression(parent) && parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isTypeImport = ts.isLiteralTypeNode(parent) && ts.isImportTypeNode(parent.parent);
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || isDynamic || isTypeImport;
}
