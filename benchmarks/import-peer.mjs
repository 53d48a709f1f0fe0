/** Finds packages in benchmarks/node_modules, because this file, unlike the compiled benchmark, lies beside it. */
export const importPeer = name => import(name);
