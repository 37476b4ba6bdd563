/** What an announcement is about: of each, only the newest waits. */
export type Topic = 'action' | 'miner' | 'clock' | 'tasks';

type Parts = {
  /** Has screen readers say something; empty for nothing. */
  readonly say: (text: string) => void;
  readonly after: (ms: number, then: () => void) => void;
};

/** Long enough to be heard out. */
export const REST_MS = 3000;

/**
 * What screen readers are told, one thing at a time, with a rest after each. What changes and changes back meanwhile is
 * not told at all.
 */
export class Announcer {
  readonly #parts: Parts;
  readonly #waiting = new Map<Topic, string>();
  readonly #said = new Map<Topic, string>();
  #isResting = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Says it now, or after the rest; what waited of the same topic is forgotten. */
  tell(topic: Topic, text: string): void {
    if (this.#isResting) this.#waiting.set(topic, text);
    else this.#say(topic, text);
  }

  #say(topic: Topic, text: string): void {
    this.#said.set(topic, text);
    this.#isResting = true;
    this.#parts.say(text);
    this.#parts.after(REST_MS, () => this.#goOn());
  }

  #goOn(): void {
    this.#isResting = false;
    for (const [topic, text] of this.#waiting) {
      this.#waiting.delete(topic);
      if (text === this.#said.get(topic)) continue;
      this.#say(topic, text);
      return;
    }
    // The same words are read out again only where others, or none, stood there before.
    this.#parts.say('');
  }
}
