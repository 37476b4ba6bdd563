import { Clock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { clockIsOff } from '../../../../src-shared/chain/clock-skew';
import { useAnnouncement } from '../../components/use-announcement';
import { coarseDuration } from '../../formatting/duration';
import { useAppState } from '../../stores/state-store';

/** Says by how much this machine's clock is off the chain's, where that is worth a word, and what it does to what is shown. */
export function ClockWarning() {
  const { t, i18n } = useTranslation();
  const skewMs = useAppState((state) => state.node.clockSkewMs);
  const off = clockIsOff(skewMs);
  const words =
    off === null || skewMs === null
      ? ''
      : t(`clock.${off}`, { time: coarseDuration(Math.abs(skewMs), i18n.language) });
  useAnnouncement('clock', off ?? '', words);
  if (off === null) return null;
  return (
    <div
      data-testid="clock-warning"
      data-off={off}
      className="flex shrink-0 gap-2 rounded-md border border-warning bg-warning-soft px-4 py-2 select-text"
    >
      <Clock size={15} aria-hidden className="mt-0.5 shrink-0 text-warning" />
      <p className="min-w-0">
        <span className="font-medium">{words}</span> {t('clock.effect')} {t(`clock.remedy.${off}`)}
      </p>
    </div>
  );
}
