import { formatInteger } from './number';

/** The sizes of a product as people read them, from how a job's row names them: `N`, or `rows × inner × columns`. */
export function shapeText(shape: string, locale: string): string {
  return shape
    .split(' × ')
    .map((size) => formatInteger(Number(size), locale))
    .join(' × ');
}
