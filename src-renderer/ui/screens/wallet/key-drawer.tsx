import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_KEY_NAME } from '../../../../src-shared/wallet/key-name';
import type { ReviewedOrder } from '../../../../src-shared/wallet/order';
import { Button } from '../../components/button';
import { Copyable } from '../../components/copyable';
import { Drawer } from '../../components/drawer';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';
import { BackUpKey } from './back-up-key';
import { CheckBackup } from './check-backup';
import { CheckWrittenKey } from './check-written-key';
import { ForgetKey } from './forget-key';
import { ReplaceOwnKey } from './replace-own-key';
import { RevealKey } from './reveal-key';

type KeyDrawerProps = {
  readonly address: string;
  readonly onClose: () => void;
  /** Everything on the key is to go to another one, which then takes over. */
  readonly onSweep: (reviewed: ReviewedOrder, successor: string) => void;
};

/** All that can be done with one key. */
export function KeyDrawer({ address, onClose, onSweep }: KeyDrawerProps) {
  const { t } = useTranslation();
  const key = useAppState((state) => state.key.keys.find((one) => one.address === address));
  const inUse = useAppState((state) => state.key.address) === address;
  const isOnly = useAppState((state) => state.key.keys.length) === 1;
  if (key === undefined) return null;
  return (
    <Drawer heading={key.name === '' ? t('wallet.unnamed') : key.name} testId="key-drawer" onClose={onClose}>
      <Copyable text={address} what={t('wallet.address')} wrapped />
      <UseOrName address={address} name={key.name} inUse={inUse} />
      <Part heading={t('backup.heading')}>
        <BackUpKey address={address} />
        <CheckBackup address={address} kept={key.kept} />
      </Part>
      <Part heading={t('wallet.revealHeading')}>
        <RevealKey address={address} />
        <CheckWrittenKey address={address} />
      </Part>
      {inUse && (
        <Part heading={t('wallet.rotateHeading')}>
          <ReplaceOwnKey address={address} onSweep={onSweep} />
        </Part>
      )}
      <Part heading={t('wallet.forgetHeading')}>
        {inUse && !isOnly ? (
          <p className="text-muted">{t('wallet.forgetInUse')}</p>
        ) : (
          <ForgetKey address={address} kept={key.kept} onForgotten={onClose} />
        )}
      </Part>
    </Drawer>
  );
}

function UseOrName({
  address,
  name,
  inUse,
}: {
  readonly address: string;
  readonly name: string;
  readonly inUse: boolean;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(name);
  const naming = useRequest();
  const using = useRequest();
  const rename = async (event: FormEvent) => {
    event.preventDefault();
    await naming.send(() => window.miner.renameKey(address, typed));
  };
  return (
    <>
      <form onSubmit={(event) => void rename(event)}>
        <TextField
          label={t('wallet.keyName')}
          data-testid="key-name"
          maxLength={LONGEST_KEY_NAME}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          problem={naming.error === null ? null : <ErrorMessage report={naming.error} />}
          action={
            <Button
              type="submit"
              busy={naming.busy}
              disabled={typed.trim() === name}
              data-testid="key-rename"
            >
              {t('settings.save')}
            </Button>
          }
        />
      </form>
      {inUse ? (
        <p className="text-muted">{t('wallet.inUseText')}</p>
      ) : (
        <div className="flex flex-col items-start gap-2">
          <p className="text-muted">{t('wallet.useText')}</p>
          <Button
            busy={using.busy}
            data-testid="key-use"
            onClick={() => void using.send(() => window.miner.switchKey(address))}
          >
            {t('wallet.use')}
          </Button>
          {using.error !== null && <ErrorMessage report={using.error} />}
        </div>
      )}
    </>
  );
}

function Part({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 className="font-semibold">{heading}</h3>
      {children}
    </section>
  );
}
