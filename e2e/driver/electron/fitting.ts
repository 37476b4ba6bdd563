import type { Page } from '@playwright/test';

/** What does not fit on the page as it is. */
export type FittingFaults = {
  /** How much wider than the window the page is, CSS pixels. */
  readonly wider: number;
  /** Texts that are cut off, by their own box or by the window's edge. */
  readonly cut: string[];
  /** Texts that lie over one another. */
  readonly overlapping: string[];
};

/** Looks for what does not fit in what is in front: an open dialog, else the page. */
export function fittingFaults(page: Page): Promise<FittingFaults> {
  return page.evaluate(() => {
    const front = document.querySelector('dialog[open]') ?? document.body;
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()} "${element.textContent.slice(0, 50)}"`;
    const texts = [...front.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const hasText = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      );
      const { width, height } = element.getBoundingClientRect();
      const isSeen = width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
      return hasText && isSeen && element.closest('.sr-only, canvas, option, svg') === null;
    });
    // What scrolls sideways by itself, as a table may, cuts nothing off.
    const scrolls = (element: Element): boolean => {
      if (element === front) return false;
      const isScroller = ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
      return (
        (isScroller && element.scrollWidth > element.clientWidth) ||
        (element.parentElement !== null && scrolls(element.parentElement))
      );
    };
    const isCut = (element: HTMLElement): boolean => {
      for (let box: HTMLElement | null = element; box !== null && box !== front; box = box.parentElement) {
        const { overflowX } = getComputedStyle(box);
        if (overflowX === 'visible') continue;
        if (['hidden', 'clip'].includes(overflowX) && box.scrollWidth > box.clientWidth + 1) return true;
        break;
      }
      const { left, right } = element.getBoundingClientRect();
      return !scrolls(element) && (right > window.innerWidth + 1 || left < -1);
    };
    // What an area that scrolls does not show lies over nothing.
    const seenPart = (element: HTMLElement, { left, top, right, bottom }: DOMRect) => {
      const seen = { left, top, right, bottom };
      for (let area = element.parentElement; area !== null && area !== front; area = area.parentElement) {
        if (getComputedStyle(area).overflowY === 'visible') continue;
        const edges = area.getBoundingClientRect();
        seen.left = Math.max(seen.left, edges.left);
        seen.top = Math.max(seen.top, edges.top);
        seen.right = Math.min(seen.right, edges.right);
        seen.bottom = Math.min(seen.bottom, edges.bottom);
      }
      return seen;
    };
    const boxes = texts
      // A head that stays in sight lies over what scrolls beneath it.
      .filter((element) => element.closest('thead, [data-radix-popper-content-wrapper]') === null)
      .map((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return { element, box: seenPart(element, range.getBoundingClientRect()) };
      });
    const overlapping = boxes.flatMap(({ element, box }, index) =>
      boxes
        .slice(index + 1)
        .filter(
          ({ element: other, box: beside }) =>
            !element.contains(other) &&
            !other.contains(element) &&
            Math.min(box.right, beside.right) - Math.max(box.left, beside.left) > 2 &&
            Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top) > 4 &&
            element.closest('nav, header, main, dialog') === other.closest('nav, header, main, dialog'),
        )
        .map(({ element: other }) => `${name(element)} and ${name(other)}`),
    );
    return {
      wider: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
      cut: texts.filter(isCut).map(name),
      overlapping,
    };
  });
}
