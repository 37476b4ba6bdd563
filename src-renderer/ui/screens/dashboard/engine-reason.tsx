import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { EngineReason as Reason } from '../../../../src-shared/compute/engine';

/** Why the engine computes that does; a quarantine stands out. */
export function EngineReason({ reason }: { readonly reason: Reason }) {
  const { t } = useTranslation();
  if (reason !== 'quarantined') return <p className="mb-2 text-muted">{t(`engineReason.${reason}`)}</p>;
  return (
    <p data-testid="quarantined" className="mb-2 flex gap-1.5 text-danger">
      <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0" />
      {t('engineReason.quarantined')}
    </p>
  );
}
