import { InvalidParamError } from '../../../errors/index.ts';

/** `{name}`, or `{name:format}` with Python's `02d`, `.2f` and `.2e`. */
const FIELD = /\{(\w+)(?::(?:(0?)(\d*)d|\.(\d+)([fe])))?\}/g;

/**
 * Puts numbers into the places of a path.
 *
 * @throws InvalidParamError on a name that has no value, and on another format
 */
export function fillTemplate(template: string, values: Readonly<Record<string, number>>): string {
  const filled = template.replace(
    FIELD,
    (_, name: string, zero: string, width: string, digits?: string, kind?: string) => {
      const value = Object.hasOwn(values, name) ? values[name]! : refuse(template, `'${name}'`, Object.keys(values));
      if (digits !== undefined)
        return kind === 'f' ? value.toFixed(Number(digits)) : exponential(value, Number(digits));
      if (width !== undefined && !Number.isInteger(value))
        refuse(template, `${value} for '${name}' as a whole number`, Object.keys(values));
      return width === '' || width === undefined ? String(value) : String(value).padStart(Number(width), zero || ' ');
    },
  );
  if (/[{}]/.test(filled)) refuse(template, 'another format', Object.keys(values));
  return filled;
}

/** Python writes at least two digits of the exponent. */
function exponential(value: number, digits: number): string {
  return value.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
}

function refuse(template: string, received: string, known: readonly string[]): never {
  throw new InvalidParamError({
    action: `fill the path '${template}'`,
    rule: `its fields must be among ${known.join(', ')}, in the formats 02d, .2f and .2e`,
    received,
  });
}
