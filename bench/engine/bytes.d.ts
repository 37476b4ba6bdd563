/** A file as part of the script (`vite-bytes.ts`). */
declare module '*?bytes' {
  export const bytes: Uint8Array<ArrayBuffer>;
}
