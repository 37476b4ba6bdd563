import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Response } from '../../../../src-shared/ipc/contract';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Copyable } from '../../components/copyable';
import { ErrorMessage } from '../../components/error-message';
import { callMain } from '../../stores/call-main';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';
import { type BeforeKey, keepStep } from './first-run-step';

/** Key files of the chain's command line that are on this machine; nothing where there are none. */
export function FoundKeys({ next, onTaken }: BeforeKey & { readonly onTaken?: () => void }) {
  const { t } = useTranslation();
  const [found, setFound] = useState<Response<'key:findFiles'> | null>(null);
  const own = useAppState((state) => state.key.keys);
  const { busy, error, send } = useRequest();
  useEffect(() => {
    let wanted = true;
    void callMain(() => window.miner.findKeyFiles()).then((answer) => {
      if (wanted && answer.ok) setFound(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, []);
  const files = found?.files.filter(({ address }) => own.every((key) => key.address !== address)) ?? [];
  if (found === null || files.length === 0) return null;
  const take = async (name: string) => {
    const answer = await send(() => keepStep(next, () => window.miner.importKeyFile(name)));
    if (answer.ok) onTaken?.();
  };
  return (
    <Card heading={t('welcome.foundHeading')}>
      <p className="mb-2 text-muted">{t('welcome.foundText', { folder: found.folder })}</p>
      <ul className="flex flex-col">
        {files.map(({ name, address }) => (
          <li
            key={name}
            data-testid="found-key"
            data-name={name}
            className="flex items-center gap-3 border-t border-line py-1.5"
          >
            <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
            <Copyable text={address} what={t('wallet.address')} />
            <Button busy={busy} data-testid="found-key-take" onClick={() => void take(name)}>
              {t('welcome.import')}
            </Button>
          </li>
        ))}
      </ul>
      {error !== null && <ErrorMessage report={error} />}
    </Card>
  );
}
