import { useTranslation } from 'react-i18next';
import { Card } from '../../components/card';
import { Copyable } from '../../components/copyable';
import { QrCode } from '../../components/qr-code';

/** The address, to be copied or read off the screen. */
export function ReceiveCard({ address }: { readonly address: string | null }) {
  const { t } = useTranslation();
  return (
    <Card heading={t('wallet.receive')}>
      <div className="flex gap-4">
        {address !== null && <QrCode text={address} label={t('wallet.qr')} />}
        <div className="flex min-w-0 flex-col gap-2">
          <p className="text-muted">{t('wallet.addressHint')}</p>
          <div data-testid="address" data-address={address ?? ''}>
            {address === null ? (
              t('app.none')
            ) : (
              <Copyable text={address} what={t('wallet.address')} wrapped />
            )}
          </div>
        </div>
      </div>
    </Card>
  );
}
