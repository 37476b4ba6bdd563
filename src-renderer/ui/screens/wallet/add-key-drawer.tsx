import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_KEY_NAME } from '../../../../src-shared/wallet/key-name';
import { Button } from '../../components/button';
import { Drawer } from '../../components/drawer';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';
import { FoundKeys } from '../welcome/found-keys';
import { ImportKey } from '../welcome/import-key';
import { RestoreKey } from '../welcome/restore-key';

/** Another key beside those that there are: made, imported or restored. The one in use stays in use. */
export function AddKeyDrawer({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const { busy, error, send } = useRequest();
  const create = async () => {
    const answer = await send(() => window.miner.createKey(name));
    if (answer.ok) onClose();
  };
  return (
    <Drawer heading={t('wallet.addKey')} testId="add-key" onClose={onClose}>
      <p className="text-muted">{t('wallet.addKeyText')}</p>
      <div>
        <TextField
          label={t('wallet.keyName')}
          data-testid="new-key-name"
          maxLength={LONGEST_KEY_NAME}
          value={name}
          onChange={(event) => setName(event.target.value)}
          problem={error === null ? null : <ErrorMessage report={error} />}
          action={
            <Button busy={busy} data-testid="new-key-create" onClick={() => void create()}>
              {t('welcome.create')}
            </Button>
          }
        />
      </div>
      <FoundKeys onTaken={onClose} />
      <ImportKey
        heading={t('welcome.importHeading')}
        text={t('welcome.importText')}
        name={name}
        onTaken={onClose}
      />
      <RestoreKey name={name} onTaken={onClose} />
    </Drawer>
  );
}
