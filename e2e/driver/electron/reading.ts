import type { Page } from '@playwright/test';

/** What reads badly on the page as it is. */
export type ReadingFaults = {
  /** Texts that end in an ellipsis for want of room. */
  readonly cut: string[];
  /** Areas that scroll up and down, beyond one, and all that scroll sideways. */
  readonly scrollers: string[];
  /** What can be clicked and looks like mere text. */
  readonly plain: string[];
};

/** Looks for faults of layout in what is in front: an open dialog, else the page. */
export function readingFaults(page: Page): Promise<ReadingFaults> {
  return page.evaluate(() => {
    const front = document.querySelector('dialog[open]') ?? document.body;
    const all = [front, ...front.querySelectorAll<HTMLElement>('*')];
    const name = (element: Element) => `${element.tagName.toLowerCase()} ${element.textContent.slice(0, 60)}`;
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      // Words for screen readers alone are clipped away.
      return width > 1 && height > 1 && getComputedStyle(element).clipPath === 'none';
    };
    const cut = all.filter(
      (element) =>
        isSeen(element) &&
        getComputedStyle(element).textOverflow === 'ellipsis' &&
        element.scrollWidth > element.clientWidth,
    );
    const scrollers = all.filter(
      (element) =>
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowY) &&
        element.scrollHeight > element.clientHeight,
    );
    const sideways = all.filter(
      (element) =>
        isSeen(element) &&
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth,
    );
    const looksClickable = (element: Element) =>
      element.querySelector('svg') !== null ||
      [element, ...element.querySelectorAll('*')].some((part) => {
        const { textDecorationLine, borderTopWidth, borderTopColor } = getComputedStyle(part);
        const isFramed = borderTopWidth !== '0px' && borderTopColor !== 'rgba(0, 0, 0, 0)';
        return isFramed || textDecorationLine.includes('underline');
      });
    const plain = [...front.querySelectorAll('button, a[href], summary, [role=button]')].filter(
      (element) => isSeen(element) && !looksClickable(element),
    );
    // Where the states of tasks have icons, the icon does not say that they open something.
    const rows = [...front.querySelectorAll('[data-testid=task-row] td:first-child button')].filter(
      (button) =>
        ![...button.querySelectorAll('*')].some((part) =>
          getComputedStyle(part).textDecorationLine.includes('underline'),
        ),
    );
    return {
      cut: cut.map(name),
      scrollers: [...(scrollers.length > 1 ? scrollers : []), ...sideways].map(name),
      plain: [...plain, ...rows].map(name),
    };
  });
}
