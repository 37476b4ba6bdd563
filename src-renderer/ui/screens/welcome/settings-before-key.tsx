import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { goTo, type Screen } from '../../stores/navigation-store';
import { DoctorScreen } from '../doctor/doctor';
import { Graphics } from '../graphics/graphics';
import { SettingsScreen } from '../settings/settings-screen';

/** What is reached while there is no usable key, as it may tell why, or be the way on. */
export type ScreenBeforeKey = Extract<Screen, 'settings' | 'graphics' | 'doctor'>;

/** Settings and doctor while there is no usable key, with the way back to it. */
export function SettingsBeforeKey({ screen }: { readonly screen: ScreenBeforeKey }) {
  const { t } = useTranslation();
  return (
    <main className="flex h-full flex-col" data-testid="settings-before-key">
      <div className="px-4 pt-3">
        <Button icon={ArrowLeft} data-testid="back-to-key" onClick={() => goTo('dashboard')}>
          {t('welcome.back')}
        </Button>
      </div>
      {screen === 'settings' && <SettingsScreen />}
      {screen === 'graphics' && <Graphics />}
      {screen === 'doctor' && <DoctorScreen />}
    </main>
  );
}
