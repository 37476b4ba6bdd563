import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { formatInteger } from '../../formatting/number';
import { openBlock } from '../../stores/navigation-store';

/** Says that older evidence is not kept, and leads to the block at `height`, where all of it is made again. */
export function EvidenceNotKept({ height }: { readonly height: number | null }) {
  const { t, i18n } = useTranslation();
  return (
    <div className="flex flex-col items-start gap-2">
      <p>{t('trail.notKept')}</p>
      {height !== null && (
        <Button
          icon={Search}
          data-testid="check-again"
          onClick={() => openBlock({ by: 'height', value: String(height) })}
        >
          {t('trail.checkAgain', { height: formatInteger(height, i18n.language) })}
        </Button>
      )}
    </div>
  );
}
