import { Ban, CircleCheckBig, CircleDashed, type LucideIcon, Send } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { JobRow } from '../../../src-shared/jobs/job-row';

const LOOKS: Record<JobRow['state'], { readonly icon: LucideIcon; readonly colour: string }> = {
  queued: { icon: CircleDashed, colour: 'text-muted' },
  answered: { icon: Send, colour: 'text-text' },
  delivered: { icon: CircleCheckBig, colour: 'text-accent' },
  refused: { icon: Ban, colour: 'text-warning' },
};

/** A job's state, told apart by shape as well as by colour. */
export function JobStateChip({ state }: { readonly state: JobRow['state'] }) {
  const { t } = useTranslation();
  const { icon: Icon, colour } = LOOKS[state];
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle whitespace-nowrap ${colour}`}>
      <Icon size={14} aria-hidden className="shrink-0" />
      {t(`jobState.${state}`)}
    </span>
  );
}
