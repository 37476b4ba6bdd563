import {
  type KernelChoice,
  staysOnAdapter,
  type WholeTaskMeasurement,
} from '../../src-shared/ipc/kernel-choice';

/** What was measured of each kernel and which was chosen, for the log. */
export function kernelSummary({ kernel, measured }: KernelChoice): string {
  const each = measured.map(
    ({ name, ran, exact, gops }) =>
      `${name} ${exact ? `${gops.toFixed(1)} GOPS` : ran ? 'not exact' : 'does not run'}`,
  );
  return `${kernel === null ? 'no kernel is exact' : `${kernel} is the fastest exact kernel`} (${each.join(', ')})`;
}

/** Where whole tasks are done, and why, for the log. */
export function wholeTaskSummary(measured: WholeTaskMeasurement): string {
  const said = (ms: number | null) => (ms === null ? 'fails' : `takes ${ms.toFixed(1)} ms`);
  const where = staysOnAdapter(measured) ? 'whole tasks stay on the adapter' : 'C is brought back';
  return `${where} (there a task ${said(measured.onAdapterMs)}, with C brought back it ${said(measured.productOnlyMs)})`;
}
