import { CircleAlert, CircleCheck, CircleMinus, CircleX, type LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DoctorCheck, Finding, Verdict } from '../../../../src-shared/doctor/report';
import { Button } from '../../components/button';
import { RemedyButton } from '../../components/remedy-button';
import { findingText } from '../../formatting/finding-text';
import { goTo, type Screen } from '../../stores/navigation-store';

const LOOKS: Record<Verdict, { readonly icon: LucideIcon; readonly colour: string }> = {
  ok: { icon: CircleCheck, colour: 'text-accent' },
  notice: { icon: CircleAlert, colour: 'text-warning' },
  failed: { icon: CircleX, colour: 'text-danger' },
  skipped: { icon: CircleMinus, colour: 'text-muted' },
};

/** Where what a look is about can be set right. */
const PLACES: Partial<Record<DoctorCheck, Screen>> = {
  backup: 'wallet',
  key: 'wallet',
  balance: 'wallet',
  path: 'settings',
  node: 'settings',
  chain: 'settings',
  sync: 'settings',
  compute: 'graphics',
  driver: 'graphics',
  validator: 'jobs',
};

/** One look: what it is about, what was found, and the way to where it is set right. */
export function FindingRow({ finding }: { readonly finding: Finding }) {
  const { t, i18n } = useTranslation();
  const { check, verdict, error } = finding;
  const { icon: Icon, colour } = LOOKS[verdict];
  const place = verdict === 'failed' || verdict === 'notice' ? PLACES[check] : undefined;
  return (
    <li
      data-testid="finding"
      data-check={check}
      data-verdict={verdict}
      data-code={error?.code ?? finding.code}
      className="flex min-h-10 items-center gap-3 border-b border-line py-1.5 narrow:flex-wrap"
    >
      <Icon size={16} aria-hidden className={`shrink-0 ${colour}`} />
      <span className="w-36 shrink-0 font-medium">{t(`doctor.check.${check}`)}</span>
      <p className="min-w-0 flex-1 break-words select-text narrow:basis-60">
        <span className="sr-only">{t(`doctor.verdict.${verdict}`)}: </span>
        {findingText(t, finding, i18n.language)}
      </p>
      {error !== null && <RemedyButton report={error} />}
      {place !== undefined && (
        <Button variant="link" onClick={() => goTo(place)}>
          {t(`nav.${place}`)}
        </Button>
      )}
    </li>
  );
}
