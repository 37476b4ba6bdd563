import type { Locator } from '@playwright/test';

type Values = Record<string, string | null>;

/**
 * Records every change of an element's attributes from now on, so that states between two looks are seen too.
 * @returns what was recorded so far, each combination once in a row
 */
export async function timeline(element: Locator, attributes: string[]): Promise<() => Promise<Values[]>> {
  const handle = await element.evaluateHandle((target, names) => {
    const seen: Values[] = [];
    const note = () => {
      const now = Object.fromEntries(names.map((name) => [name, target.getAttribute(name)]));
      if (JSON.stringify(now) !== JSON.stringify(seen.at(-1))) seen.push(now);
    };
    new MutationObserver(note).observe(target, { attributes: true, attributeFilter: names });
    return seen;
  }, attributes);
  return () => handle.jsonValue();
}
