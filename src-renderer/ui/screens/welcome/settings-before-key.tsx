import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { goTo, type Screen } from '../../stores/navigation-store';
import { Graphics } from '../graphics/graphics';
import { SettingsScreen } from '../settings/settings-screen';

/** The settings while there is no usable key: one of them may be why, or the way on. */
export function SettingsBeforeKey({ screen }: { readonly screen: Extract<Screen, 'settings' | 'graphics'> }) {
  const { t } = useTranslation();
  return (
    <main className="flex h-full flex-col" data-testid="settings-before-key">
      <div className="px-4 pt-3">
        <Button icon={ArrowLeft} data-testid="back-to-key" onClick={() => goTo('dashboard')}>
          {t('welcome.back')}
        </Button>
      </div>
      {screen === 'settings' ? <SettingsScreen /> : <Graphics />}
    </main>
  );
}
