/** Every call names its class for the sentence that it may have to throw. */
const names = new WeakMap<object, string>();

/** The class's name as sentences show it: that of its id, which survives minification, where it has one. */
export function classNameOf(ownClass: { readonly id: string; readonly name: string }): string {
  const known = names.get(ownClass);
  if (known !== undefined) return known;
  const name = ownClass.id.slice(ownClass.id.lastIndexOf('/') + 1) || ownClass.name;
  names.set(ownClass, name);
  return name;
}
