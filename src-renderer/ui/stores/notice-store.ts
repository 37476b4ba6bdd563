import { create } from 'zustand';
import type { ErrorReport } from '../../../src-shared/errors';
import { Announcer, type Topic } from './announcer';

/** A failed command, shown until it is dismissed. */
type Notice = { readonly id: number; readonly report: ErrorReport };

type NoticeStore = {
  readonly notices: readonly Notice[];
  /** What a screen reader is told next, such as "Copied". */
  readonly announcement: string;
};

const MOST_NOTICES = 3;

/** Messages that belong to no place on a screen. */
export const useNoticeStore = create<NoticeStore>(() => ({ notices: [], announcement: '' }));

let lastId = 0;

/** Shows a failed command. The same failure again moves to the end instead of piling up. */
export function showNotice(report: ErrorReport): void {
  lastId += 1;
  const notice: Notice = { id: lastId, report };
  useNoticeStore.setState(({ notices }) => ({
    notices: [...notices.filter((other) => other.report.code !== report.code), notice].slice(-MOST_NOTICES),
  }));
}

/** Takes a notice away. */
export function dismissNotice(id: number): void {
  useNoticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

const announcer = new Announcer({
  say: (announcement) => useNoticeStore.setState({ announcement }),
  after: (ms, then) => window.setTimeout(then, ms),
});

/** Tells screen readers something that sighted people see at its place, after what they are being told. */
export function announce(announcement: string, topic: Topic = 'action'): void {
  announcer.tell(topic, announcement);
}
