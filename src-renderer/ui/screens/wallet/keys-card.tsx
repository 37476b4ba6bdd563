import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Copyable } from '../../components/copyable';
import { useAppState } from '../../stores/state-store';
import { UsedElsewhere } from './used-elsewhere';

type KeysCardProps = {
  readonly onOpen: (address: string) => void;
  readonly onAdd: () => void;
};

/** The profile's keys: names, which one is in use, and whether each could be brought back. */
export function KeysCard({ onOpen, onAdd }: KeysCardProps) {
  const { t } = useTranslation();
  const { address, keys, storedIn } = useAppState((state) => state.key);
  return (
    <Card
      heading={t('wallet.keys')}
      aside={
        <Button variant="link" data-testid="key-add" onClick={onAdd}>
          {t('wallet.addKey')}
        </Button>
      }
    >
      <ul className="flex flex-col">
        {keys.map((key) => (
          <li
            key={key.address}
            data-testid="key-row"
            data-address={key.address}
            data-kept={key.kept}
            className="flex min-h-10 items-center gap-3 border-b border-line py-1 narrow:flex-wrap"
          >
            <div className="min-w-0 flex-1 narrow:min-w-48">
              <p className="truncate font-medium narrow:whitespace-normal">
                {key.name === '' ? t('wallet.unnamed') : key.name}
                {key.address === address && <span className="ml-2 text-accent">{t('wallet.inUse')}</span>}
              </p>
              <Copyable text={key.address} what={t('wallet.address')} />
            </div>
            <span className={`inline-flex items-center gap-1.5 ${key.kept ? 'text-muted' : 'text-warning'}`}>
              {key.kept ? (
                <ShieldCheck size={14} aria-hidden className="shrink-0" />
              ) : (
                <ShieldAlert size={14} aria-hidden className="shrink-0" />
              )}
              {t(key.kept ? 'wallet.kept' : 'wallet.notKept')}
            </span>
            <Button data-testid="key-open" onClick={() => onOpen(key.address)}>
              {t('wallet.manage')}
            </Button>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-muted" data-testid="stored-in">
        {storedIn !== null && t(`wallet.storedIn.${storedIn}`)} {t('wallet.storedNote')}
      </p>
      <UsedElsewhere />
    </Card>
  );
}
