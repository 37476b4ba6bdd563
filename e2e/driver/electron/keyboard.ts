import type { Locator, Page } from '@playwright/test';

/** More than there are stops on any screen. */
const MOST_STOPS = 250;

/** A person at the keyboard alone, who sees where the focus is or stops. */
export class Keyboard {
  readonly #page: () => Page;

  constructor(page: () => Page) {
    this.#page = page;
  }

  /** Goes on by Tab, or back by Shift+Tab, until something has the focus. @throws Error where it is never reached, or the focus is not seen on the way */
  async goTo(target: Locator, back = false): Promise<void> {
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      if (await isFocused(target)) return;
      await this.press(back ? 'Shift+Tab' : 'Tab');
      await this.#expectSeen();
    }
    throw new Error(`the keyboard does not get to ${target}`);
  }

  /** Goes to something and presses a key there, as Enter on a button. */
  async use(target: Locator, key = 'Enter'): Promise<void> {
    await this.goTo(target);
    await this.press(key);
  }

  /** Goes to a field and types over what is in it. */
  async type(target: Locator, text: string): Promise<void> {
    await this.goTo(target);
    await this.press('Control+a');
    await this.#page().keyboard.type(text);
  }

  async press(key: string): Promise<void> {
    await this.#page().keyboard.press(key);
  }

  /** Goes once around, from nowhere to where it began. @returns how many stops there are @throws Error where the focus is caught, or not seen */
  async goAround(first: Locator): Promise<number> {
    await this.goTo(first);
    for (let stops = 1; stops < MOST_STOPS; stops++) {
      await this.press('Tab');
      await this.#expectSeen();
      if (await isFocused(first)) return stops;
    }
    throw new Error(`the focus does not come back to ${first}: it is at ${await focusName(this.#page())}`);
  }

  async #expectSeen(): Promise<void> {
    const fault = await this.#page().evaluate(focusFault);
    if (fault !== null) throw new Error(fault);
  }
}

/** What has the focus, in words. */
export function focusName(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? 'nothing');
}

async function isFocused(target: Locator): Promise<boolean> {
  if ((await target.count()) === 0) return false;
  return target.first().evaluate((element) => element === document.activeElement);
}

/** In the page: why a person would not see where the focus is, or null. */
function focusFault(): string | null {
  const element = document.activeElement;
  // Between the last stop and the first one.
  if (element === null || element === document.body) return null;
  const name = element.outerHTML.slice(0, 200);
  const isOutlined = (shown: Element) => {
    const { outlineStyle, outlineWidth, textDecorationLine } = getComputedStyle(shown);
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || textDecorationLine.includes('underline');
  };
  // What is for screen readers alone shows its focus on its label.
  const shown = element.classList.contains('sr-only') ? (element.closest('label') ?? element) : element;
  if (!element.matches(':focus-visible') || !isOutlined(shown)) return `the focus does not show: ${name}`;
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const isInside = right > 0 && bottom > 0 && left < window.innerWidth && top < window.innerHeight;
  return isInside ? null : `the focus is out of sight: ${name}`;
}
