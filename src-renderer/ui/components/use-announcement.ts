import { useEffect, useRef } from 'react';
import type { Topic } from '../stores/announcer';
import { announce } from '../stores/notice-store';

/**
 * Tells screen readers of a change of meaning, and of no other: what counts figures or tells the time is not read out at
 * every step.
 * @param meaning what makes it worth saying where it differs from before; what is there at first is read with the page
 * @param text the words for it; empty for none
 */
export function useAnnouncement(topic: Topic, meaning: string, text: string): void {
  const before = useRef(meaning);
  useEffect(() => {
    if (before.current === meaning) return;
    before.current = meaning;
    if (text !== '') announce(text, topic);
  }, [topic, meaning, text]);
}
