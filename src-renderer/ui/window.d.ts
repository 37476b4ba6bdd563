import type { UiApi } from '../../src-shared/ipc/ui-api';

declare global {
  interface Window {
    /** Put there by the ui preload: the only way out of this page. */
    readonly miner: UiApi;
  }
}
