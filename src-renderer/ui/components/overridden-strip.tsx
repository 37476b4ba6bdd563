import { useTranslation } from 'react-i18next';
import { pauseWhy } from '../formatting/pause-words';
import { useAppState } from '../stores/state-store';

/** Which rules would hold the miner back, had a person not let it go on. */
export function OverriddenStrip() {
  const { t } = useTranslation();
  const rules = useAppState((state) => state.pauseRules);
  const reasons = rules.flatMap(({ rule, judgement }) =>
    judgement.kind === 'holds' && judgement.overridden
      ? [pauseWhy(t, { reason: rule, ...(judgement.by === null ? {} : { by: judgement.by }) })]
      : [],
  );
  if (reasons.length === 0) return null;
  return (
    <p data-testid="overridden-rules" className="border-t border-line px-5 py-1.5 text-muted">
      {t('miner.overridden', { reasons: reasons.join(' · ') })}
    </p>
  );
}
