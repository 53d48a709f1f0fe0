/** What is read of the package `mnist`: for each digit its images of 28 x 28 one after the other, black 0, white 1. */
declare module 'mnist' {
  const digits: readonly { readonly id: number; readonly raw: readonly number[] }[];
  export default digits;
}
