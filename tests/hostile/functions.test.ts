/** Every exported function, with each hostile value in the place of each argument and of each option. */
import { afterEach, describe, expect, test } from 'vitest';
import * as library from '../../src/index.ts';
import { useTestWorker } from '../helpers/worker.ts';
import { calls, WITHOUT_ARGUMENTS } from './calls.ts';
import { complaint } from './judge.ts';
import { hostileValues } from './values.ts';

type Call = (...args: readonly unknown[]) => unknown;

const functions = Object.entries(library as unknown as Record<string, Call>).filter(
  ([name, exported]) => typeof exported === 'function' && /^[a-z]/.test(name),
);

/** Hostile values that a function rightly takes, with the reason. */
const SOUND: Readonly<Record<string, string>> = {
  'makeMultilabelClassification(0): endless list': 'its length of 1e9 is the number of words that was asked for',
  'save(1): text': 'it names a file in the working folder',
};

afterEach(useTestWorker);

test('every exported function is called', () => {
  const known = new Set([...Object.keys(calls), ...WITHOUT_ARGUMENTS]);
  expect(functions.map(([name]) => name).filter(name => !known.has(name))).toEqual([]);
});

test.each(Object.keys(calls))('the good call of %s is good', async name => {
  expect(await complaint(() => invoke(name, calls[name]!()), [])).toBeUndefined();
});

describe('hostile values are taken soundly or refused by a sentence', () => {
  test.each(Object.keys(calls))('%s', async name => {
    const complaints: string[] = [];
    for (const { place, put } of await placesOf(name)) {
      for (const [what, make] of Object.entries(hostileValues)) {
        const where = `${name}(${place}): ${what}`;
        if (where in SOUND) continue;
        const value = make();
        const wrong = await complaint(() => invoke(name, put(value)), [value]);
        if (wrong !== undefined) complaints.push(`${where} ${wrong}`);
      }
    }
    expect(complaints).toEqual([]);
  });
});

function invoke(name: string, args: readonly unknown[]): unknown {
  return (library as unknown as Record<string, Call>)[name]!(...args);
}

interface Place {
  readonly place: string;
  /** The good call with a value in this place. */
  readonly put: (value: unknown) => readonly unknown[];
}

/** Every argument, and every option of arguments that are options. */
async function placesOf(name: string): Promise<Place[]> {
  const make = calls[name]!;
  const places: Place[] = [];
  for (const i of make().keys()) {
    places.push({ place: `${i}`, put: value => make().with(i, value) });
    for (const option of await optionsOf(name, i)) {
      const put = (value: unknown) => make().with(i, { ...(make()[i] as object), [option]: value });
      places.push({ place: `${i}.${option}`, put });
    }
  }
  return places;
}

/** The names of options, as the refusal of an unknown one lists them. */
async function optionsOf(name: string, i: number): Promise<string[]> {
  const args = calls[name]!();
  const options = args[i];
  if (typeof options !== 'object' || options === null || Object.getPrototypeOf(options) !== Object.prototype) return [];
  try {
    await invoke(name, args.with(i, { ...options, noSuchOption: 1 }));
    return Object.keys(options);
  } catch (error) {
    return (/ must be among (.*), received/.exec(String(error))?.[1]?.split(', ') ?? []).filter(
      option => option !== '(none)',
    );
  }
}
