import ts from 'typescript6';

/**
 * The code of an example in which every `expression; // literal` also checks that the expression has that value.
 * A comment that is no literal (words, `[...]`) is for readers only.
 */
export function withChecks(code: string, checker: string): string {
  const tree = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const pieces: string[] = [`import { expectValue } from '${checker}';`];
  for (const statement of tree.statements) {
    const literal = ts.isExpressionStatement(statement) ? literalAfter(code, statement) : undefined;
    pieces.push(
      literal === undefined
        ? statement.getFullText()
        : `\nexpectValue((${(statement as ts.ExpressionStatement).expression.getText()}), ${JSON.stringify(literal)});`,
    );
  }
  return `${pieces.join('')}\nexport {};\n`;
}

/** The literal that a comment at the end of the statement's last line states. */
function literalAfter(code: string, statement: ts.ExpressionStatement): string | undefined {
  if (/^console\./.test(statement.expression.getText())) return undefined;
  const comment = /^[ \t]*\/\/ ?([^\n]*)/.exec(code.slice(statement.end))?.[1];
  const literal = comment?.trim().replace(/^(\w+Array|Matrix) (?=\[)/, '');
  return literal !== undefined && parseLiteral(literal) !== undefined ? literal : undefined;
}

/** A value as it is written: numbers know how many decimals they show. */
export type Written =
  | { readonly number: number; readonly decimals: number }
  | { readonly plain: string | boolean | null }
  | { readonly list: readonly Written[] }
  | { readonly record: Readonly<Record<string, Written>> };

/** Reads a literal of numbers, strings, booleans, null, arrays and records; anything else is `undefined`. */
export function parseLiteral(text: string): Written | undefined {
  const tree = ts.createSourceFile('literal.ts', `(${text});`, ts.ScriptTarget.Latest, true);
  const statement = tree.statements[0];
  if (tree.statements.length !== 1 || statement === undefined || !ts.isExpressionStatement(statement)) return undefined;
  if (statement.getText() !== `(${text});` || !ts.isParenthesizedExpression(statement.expression)) return undefined;
  return read(statement.expression.expression);
}

function read(node: ts.Expression): Written | undefined {
  if (ts.isStringLiteral(node)) return { plain: node.text };
  if (node.kind === ts.SyntaxKind.NullKeyword) return { plain: null };
  if (node.kind === ts.SyntaxKind.TrueKeyword) return { plain: true };
  if (node.kind === ts.SyntaxKind.FalseKeyword) return { plain: false };
  if (ts.isIdentifier(node) && node.text === 'undefined') return { plain: null };
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map(read);
    return items.every(item => item !== undefined) ? { list: items } : undefined;
  }
  return ts.isObjectLiteralExpression(node) ? readRecord(node) : readNumber(node.getText());
}

function readNumber(text: string): Written | undefined {
  if (!/^-?(\d[\d_]*(\.\d+)?(e[+-]?\d+)?|Infinity|NaN)$/.test(text)) return undefined;
  const [, decimals = '', exponent = '0'] = /\.(\d+)(?:e([+-]?\d+))?/.exec(text) ?? [];
  return { number: Number(text.replaceAll('_', '')), decimals: decimals.length - Number(exponent) };
}

function readRecord(node: ts.ObjectLiteralExpression): Written | undefined {
  const record: Record<string, Written> = {};
  for (const property of node.properties) {
    const value = ts.isPropertyAssignment(property) ? read(property.initializer) : undefined;
    if (value === undefined || property.name === undefined) return undefined;
    record[property.name.getText().replace(/^['"]|['"]$/g, '')] = value;
  }
  return { record };
}
