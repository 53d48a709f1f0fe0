/** What a `spec` is written with; users have these as `rule.integer(...)` and so on. */
export { boolean, either, integer, listOf, nullable, oneOf, real, share, text, value } from './params.ts';
export { seed } from './seed.ts';
