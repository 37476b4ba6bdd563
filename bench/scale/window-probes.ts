import type { Page } from '@playwright/test';

/** From a click on Tasks to its first rows being painted, ms. */
export async function openMs(page: Page): Promise<number> {
  await page.getByTestId('nav-dashboard').click();
  await page.getByTestId('balance').waitFor();
  // The dashboard has rows of its own.
  const rows = 'main:has([data-testid=task-search]) [data-testid=task-row]';
  return timed(page, { kind: 'click', selector: '[data-testid=nav-tasks]' }, rows);
}

/** From the last key of a search to what it finds being painted, ms. @param taskId found alone */
export async function searchMs(page: Page, taskId: string): Promise<number> {
  const first = `[data-testid=task-row]:nth-of-type(1)[data-task-id="${taskId}"]`;
  const took = await timed(
    page,
    { kind: 'type', selector: '[data-testid=task-search]', text: taskId },
    first,
  );
  await timed(
    page,
    { kind: 'type', selector: '[data-testid=task-search]', text: '' },
    '[data-testid=task-row]:nth-of-type(9)',
  );
  return took;
}

/** Scrolls the list of tasks, a step at each frame, then in leaps. @returns the longest task of the page's thread, ms; 0 where none was longer than 50 */
export function scrollLongestMs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const scroller = document.querySelector('[data-testid=task-row]')?.closest('.overflow-y-auto');
    if (!(scroller instanceof HTMLElement)) throw new Error('there is no list of tasks');
    const long: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) long.push(duration);
    });
    observer.observe({ type: 'longtask' });
    const frame = () => new Promise(requestAnimationFrame);
    for (let step = 0; step < 180; step++) {
      scroller.scrollTop += 400;
      await frame();
    }
    for (let leap = 1; leap <= 30; leap++) {
      scroller.scrollTop = (scroller.scrollHeight * ((leap * 7) % 30)) / 30;
      for (let frames = 0; frames < 6; frames++) await frame();
    }
    scroller.scrollTop = 0;
    await frame();
    for (const { duration } of observer.takeRecords()) long.push(duration);
    observer.disconnect();
    return Math.max(0, ...long);
  });
}

type Act = {
  readonly kind: 'click' | 'type';
  readonly selector: string;
  readonly text?: string;
};

/** Does something in the page and waits for what follows to be painted. @returns how long that took, ms */
function timed(page: Page, act: Act, until: string): Promise<number> {
  return page.evaluate(
    async ({ act, until }) => {
      const element = document.querySelector<HTMLInputElement>(act.selector);
      if (element === null) throw new Error(`there is no ${act.selector}`);
      const began = performance.now();
      if (act.kind === 'click') element.click();
      else {
        // As React hears of it.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(
          element,
          act.text ?? '',
        );
        element.dispatchEvent(new Event('input', { bubbles: true }));
      }
      while (document.querySelector(until) === null) {
        if (performance.now() - began > 30_000) throw new Error(`${until} does not come`);
        await new Promise(requestAnimationFrame);
      }
      // Painted where the frame after it has begun.
      await new Promise(requestAnimationFrame);
      return performance.now() - began;
    },
    { act, until },
  );
}
