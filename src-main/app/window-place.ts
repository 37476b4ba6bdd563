import { z } from 'zod';

const px = z.number().int().min(-100_000).max(100_000);
const areaSchema = z.object({ x: px, y: px, width: px.positive(), height: px.positive() });

/** A rectangle of the desktop, in device-independent pixels. */
export type Area = z.infer<typeof areaSchema>;

/** How a person left the window. */
export const keptWindowSchema = z.object({
  /** While it is not maximised. */
  bounds: areaSchema,
  maximized: z.boolean(),
  zoom: z.number().min(0.5).max(2),
});
export type KeptWindow = z.infer<typeof keptWindowSchema>;

type Size = { readonly width: number; readonly height: number };

const USUAL: Size = { width: 1280, height: 800 };
const LEAST: Size = { width: 960, height: 640 };
// A title bar, which the window system puts around what is asked for.
const FRAME_PX = 40;
// So much of the title bar must be on a monitor to be taken hold of.
const GRIP_PX = 100;

/** The least size of the window, which every monitor has room for. */
export function leastSize(workAreas: readonly Area[]): Size {
  return workAreas.map(roomIn).reduce(smaller, LEAST);
}

/**
 * Where the window goes: where it was left, on the monitor that it was left on; on the first one where that is gone.
 * @param workAreas of all monitors, the primary one first
 * @returns no place where the system is to choose one
 */
export function placeWindow(
  kept: Pick<KeptWindow, 'bounds'> | null,
  workAreas: readonly Area[],
): Size & { readonly x?: number; readonly y?: number } {
  const wanted = kept?.bounds ?? null;
  const home = wanted === null ? undefined : workAreas.find((area) => canBeHeld(wanted, area));
  const first = workAreas[0];
  if (wanted === null || home === undefined) {
    const size = wanted ?? USUAL;
    return first === undefined ? pick(size) : smaller(size, roomIn(first));
  }
  const size = smaller(wanted, roomIn(home));
  return {
    ...size,
    x: clamp(wanted.x, home.x, home.x + home.width - size.width),
    y: clamp(wanted.y, home.y, home.y + home.height - size.height),
  };
}

function canBeHeld({ x, y, width }: Area, area: Area): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return across >= Math.min(GRIP_PX, width) && y >= area.y - FRAME_PX && y < area.y + area.height - FRAME_PX;
}

function roomIn({ width, height }: Area): Size {
  return { width, height: Math.max(1, height - FRAME_PX) };
}

function smaller(one: Size, other: Size): Size {
  return { width: Math.min(one.width, other.width), height: Math.min(one.height, other.height) };
}

function pick({ width, height }: Size): Size {
  return { width, height };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
