import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { App } from './app';

/** What to look for where a secret must not be: each text in one byte a character, and in two. */
export function needlesOf(texts: readonly string[]): Buffer[] {
  return texts.flatMap((text) => [Buffer.from(text, 'latin1'), Buffer.from(text, 'utf16le')]);
}

/** All files of a profile. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Those files of a profile that have any of the needles in them. */
export function filesHolding(folder: string, needles: readonly Buffer[]): string[] {
  return filesIn(folder).filter((file) => {
    const bytes = readFileSync(file);
    return needles.some((needle) => bytes.includes(needle));
  });
}

/** What is alive in a page's memory, as the text of a snapshot. */
export async function heapOf(app: App, origin: string): Promise<string> {
  const page = await App.windowOf(app.electron, origin);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const chunks: string[] = [];
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await devtools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  const heap = chunks.join('');
  expect(heap.length).toBeGreaterThan(100_000);
  return heap;
}
