import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { Settings } from '../../../../src-shared/settings/settings';
import { callMain } from '../../stores/call-main';
import { announce } from '../../stores/notice-store';

/** A setting that is typed first and saved then. */
export type SettingDraft = {
  /** What was typed since the last save; null means "what the settings say". */
  readonly typed: string | null;
  /** Why it was not saved. */
  readonly error: ErrorReport | null;
  readonly type: (text: string) => void;
  readonly save: (change: Partial<Settings>) => Promise<void>;
};

/** Holds what is typed until main has saved it, and says to screen readers that it has. */
export function useSettingDraft(): SettingDraft {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const type = (text: string) => {
    setTyped(text);
    setError(null);
  };
  const save = async (change: Partial<Settings>) => {
    const answer = await callMain(() => window.miner.updateSettings(change));
    setError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setTyped(null);
    announce(t('settings.saved'));
  };
  return { typed, error, type, save };
}
