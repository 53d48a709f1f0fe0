const names = new Map<string, string>();

/**
 * The name of the method that gives the work of another: `predictWork` of `predict`. Joined once, because a string that
 * is joined anew must be looked up among all names before a property is found by it.
 */
export function workName(method: string): string {
  const known = names.get(method);
  if (known !== undefined) return known;
  names.set(method, `${method}Work`);
  return workName(method);
}
