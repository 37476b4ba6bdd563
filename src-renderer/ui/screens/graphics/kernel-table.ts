import {
  KERNEL_NAMES,
  type KernelChoice,
  type KernelMeasurement,
  type KernelName,
  SIZE_CLASSES,
  type SizeClass,
  sizeClassOf,
} from '../../../../src-shared/ipc/kernel-choice';
import { squareShape } from '../../../../src-shared/matrix-mult/shape';

/** How one kernel did at one class of sizes. */
type KernelCell = {
  readonly sizeClass: SizeClass;
  /** Null where it was not measured. */
  readonly measurement: KernelMeasurement | null;
  readonly chosen: boolean;
};

/** One kernel, over all classes of sizes. */
export type KernelRow = { readonly name: KernelName; readonly cells: readonly KernelCell[] };

/** The measured kernels as rows, the classes of sizes as columns; what was measured at none is left out. */
export function kernelTable(choices: readonly KernelChoice[]): KernelRow[] {
  const rows = KERNEL_NAMES.map((name) => ({
    name,
    cells: SIZE_CLASSES.map((sizeClass) => cell(choiceFor(choices, sizeClass), sizeClass, name)),
  }));
  return rows.filter(({ cells }) => cells.some(({ measurement }) => measurement !== null));
}

/** What was chosen for the class of a matrix size; null where nothing was measured for it. */
export function choiceAt(choices: readonly KernelChoice[], matrixSize: number): KernelChoice | null {
  return choiceFor(choices, sizeClassOf(squareShape(matrixSize)));
}

/** What was chosen for a class of sizes; null where nothing was measured for it. */
export function choiceFor(choices: readonly KernelChoice[], sizeClass: SizeClass): KernelChoice | null {
  return choices.find((choice) => choice.sizeClass === sizeClass) ?? null;
}

function cell(choice: KernelChoice | null, sizeClass: SizeClass, name: KernelName): KernelCell {
  const measurement = choice?.measured.find((measured) => measured.name === name) ?? null;
  return { sizeClass, measurement, chosen: choice?.kernel === name };
}
