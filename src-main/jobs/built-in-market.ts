/** The task market of the built-in development network and its validator, while that network runs. */
export type BuiltInMarket = {
  /** Where tasks are offered, `http:`; null while there is none. */
  readonly market: string | null;
  /** Where its validator takes workers, `ws:`; null while there is none. */
  readonly worker: string | null;
};
