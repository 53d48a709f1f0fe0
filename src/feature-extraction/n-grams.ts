import { SPACES, WIDE_SPACES } from './token-pattern.ts';

/** Fewest and most parts of an n-gram. */
export type NgramRange = readonly [fewest: number, most: number];

/** All runs of some tokens, joined by blanks: first those of the fewest tokens, each from left to right. */
export function wordNgrams(tokens: readonly string[], [fewest, most]: NgramRange): readonly string[] {
  return most === 1 ? tokens : runsOf(tokens, fewest, most, ' ');
}

/** All runs of some characters; several spaces count as one blank. */
export function charNgrams(text: string, [fewest, most]: NgramRange): readonly string[] {
  return runsOf(Array.from(text.replace(WIDE_SPACES, ' ')), fewest, most, '');
}

/** All runs of some characters within words, each of which has a blank before and behind; a short word counts once. */
export function charNgramsWithinWords(text: string, [fewest, most]: NgramRange): readonly string[] {
  const words = text.split(SPACES).filter(word => word !== '');
  return words.flatMap(word => {
    const characters = [' ', ...word, ' '];
    const within = (n: number) => Math.min(n, characters.length);
    return runsOf(characters, within(fewest), within(most), '');
  });
}

function runsOf(parts: readonly string[], fewest: number, most: number, separator: string): string[] {
  const runs: string[] = [];
  for (let n = fewest; n <= Math.min(most, parts.length); n++) {
    for (let i = 0; i + n <= parts.length; i++) runs.push(parts.slice(i, i + n).join(separator));
  }
  return runs;
}
