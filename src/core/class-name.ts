/** The class's name as sentences show it: that of its id, which survives minification, where it has one. */
export function classNameOf({ id, name }: { readonly id: string; readonly name: string }): string {
  return id.slice(id.lastIndexOf('/') + 1) || name;
}
