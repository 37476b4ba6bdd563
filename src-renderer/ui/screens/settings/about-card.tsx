import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { Drawer } from '../../components/drawer';
import { useAppState } from '../../stores/state-store';
import { useRequest } from '../../stores/use-request';

/** Which version this is, what it runs on, and whose work is in it. */
export function AboutCard({ className }: { readonly className: string }) {
  const { t } = useTranslation();
  const { appVersion, runtime } = useAppState((state) => state.app);
  const [licences, setLicences] = useState<string | null>(null);
  const { busy, send } = useRequest();
  const show = async () => {
    const answer = await send(() => window.miner.readLicences());
    if (answer.ok) setLicences(answer.value.text);
  };
  return (
    <Card
      heading={t('settings.about')}
      className={className}
      aside={
        <Button variant="link" busy={busy} data-testid="show-licences" onClick={() => void show()}>
          {t('settings.licences')}
        </Button>
      }
    >
      <p>{t('app.version', { version: appVersion })}</p>
      <p className="text-muted select-text">{runtime}</p>
      {licences !== null && (
        <Drawer heading={t('settings.licences')} testId="licences" onClose={() => setLicences(null)}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by the keyboard */}
          <pre tabIndex={0} className="whitespace-pre-wrap break-words text-xs select-text">
            {licences}
          </pre>
        </Drawer>
      )}
    </Card>
  );
}
