/** Letters without their accents; what has no accents stays, and so do letters that do not come apart (`ø`, `ß`). */
export function stripAccentsUnicode(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, mark => (isCombining(mark) ? '' : mark));
}

/** A text in ASCII: letters without their accents; what is not ASCII then is left out. */
export function stripAccentsAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII
  return text.normalize('NFKD').replace(/[^\x00-\x7f]/gu, '');
}

/** Marks of combining classes 1 and 230. */
const [OVERLAY, ACUTE] = ['\u0334', '\u0301'];

/**
 * Whether a mark's combining class is not 0. JavaScript does not tell it, but normalisation puts marks in the order of
 * their classes: one of class 2 or more goes behind the overlay, one of 1 before the acute accent, one of 0 stays.
 */
function isCombining(mark: string): boolean {
  return isMoved(mark + OVERLAY) || isMoved(ACUTE + mark);
}

function isMoved(marks: string): boolean {
  return `a${marks}`.normalize('NFD') !== `a${marks}`;
}
