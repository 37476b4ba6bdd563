/** WebAssembly compiled from AssemblyScript at build time (scripts/vite-assemblyscript.ts). */
declare module '*?wasm' {
  export const bytes: Uint8Array<ArrayBuffer>;
}
