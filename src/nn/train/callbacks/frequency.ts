import { either, integer, oneOf, type Rule } from '../../../check/index.ts';

/** After every epoch, or after so many batches. */
export function frequency(): Rule<'epoch' | number> {
  return either<'epoch', number>(oneOf(['epoch'], { default: 'epoch' }), integer({ min: 1 }));
}
