import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { assemblyScript } from './scripts/vite-assemblyscript.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      emptyOutDir: true,
      rollupOptions: {
        input: {
          index: at('src-main/index.ts'),
          'frame-thread': at('src-main/jobs/frame-thread.ts'),
          'signature-thread': at('src-main/signatures/signature-thread.ts'),
          devnet: at('src-main/devnet/cli.ts'),
          task: at('src-main/tools/task.ts'),
          'receipt-verify': at('src-main/tools/receipt-verify.ts'),
          'release-sign': at('src-main/tools/release-sign.ts'),
          'verify-vectors': at('src-main/tools/verify-vectors.ts'),
        },
        // Names stay, for what a log tells of a fault; the rest is read faster.
        output: {
          format: 'es',
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      emptyOutDir: true,
      // Sandboxed preloads can be neither ES modules nor split into chunks.
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: { ui: at('src-preload/ui.ts'), compute: at('src-preload/compute.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react(), tailwindcss(), assemblyScript()],
    // Workers are modules so that they may import the shared protocol code.
    worker: { format: 'es', plugins: () => [assemblyScript()] },
    build: {
      outDir: at('out/renderer'),
      minify: true,
      emptyOutDir: true,
      // A data: URL would need a hole in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: { ui: at('src-renderer/ui/index.html'), compute: at('src-renderer/compute/index.html') },
      },
    },
  },
});
