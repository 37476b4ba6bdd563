import { Settings, Stethoscope } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Copyable } from '../../components/copyable';
import { ErrorMessage } from '../../components/error-message';
import { LanguageField } from '../../components/language-field';
import { QuitButton } from '../../components/quit-button';
import { RemedyButton } from '../../components/remedy-button';
import { ThemeField } from '../../components/theme-field';
import { goTo, useNavigationStore } from '../../stores/navigation-store';
import { useAppState } from '../../stores/state-store';
import { BackUpStep } from './back-up-step';
import { ConnectStep } from './connect-step';
import { CreateKey } from './create-key';
import { stepOf } from './first-run-step';
import { FoundKeys } from './found-keys';
import { ImportKey } from './import-key';
import { ReplaceKey } from './replace-key';
import { RestoreKey } from './restore-key';
import { SettingsBeforeKey } from './settings-before-key';
import { StepHeading } from './step-heading';
import { StepList } from './step-list';

/**
 * Shown while there is no usable key or the first run is not over: its three steps, a known address whose key is gone
 * (replaced by a new one only where the person confirms it), or a store that does not work.
 */
export function Welcome() {
  const { t } = useTranslation();
  const key = useAppState((state) => state.key);
  const settings = useAppState((state) => state.settings);
  const screen = useNavigationStore((store) => store.screen);
  const step = stepOf(key.state, settings);
  if (screen === 'settings' || screen === 'graphics' || screen === 'doctor')
    return <SettingsBeforeKey screen={screen} />;
  return (
    <main className="flex h-full flex-col items-center overflow-y-auto p-8 narrow:p-4" data-testid="welcome">
      <div className="my-auto flex w-full max-w-3xl flex-col gap-5">
        <p className="font-semibold text-accent">{t('app.title')}</p>
        {key.state === 'unavailable' && <Unavailable />}
        {key.state === 'missing' && <Rescue />}
        {step !== null && <StepList current={step} />}
        {step === 'key' && <FirstKey />}
        {step === 'back_up' && <BackUpStep />}
        {step === 'connect' && <ConnectStep />}
        <div className="mt-2 flex items-end gap-4 border-t narrow:flex-wrap border-line pt-4 [&>div]:w-44">
          <LanguageField testId="welcome-language" />
          <ThemeField testId="welcome-theme" />
          <Button icon={Settings} data-testid="welcome-settings" onClick={() => goTo('settings')}>
            {t('nav.settings')}
          </Button>
          <Button icon={Stethoscope} data-testid="welcome-doctor" onClick={() => goTo('doctor')}>
            {t('nav.doctor')}
          </Button>
          <QuitButton className="ml-auto" />
        </div>
      </div>
    </main>
  );
}

function FirstKey() {
  const { t } = useTranslation();
  const { storedIn, error } = useAppState((state) => state.key);
  return (
    <>
      <StepHeading>{t('welcome.heading')}</StepHeading>
      <p>
        {t('welcome.intro')} {t(storedIn === 'file' ? 'welcome.whereFile' : 'welcome.whereKeychain')}
      </p>
      {error !== null && <ErrorMessage report={error} />}
      <CreateKey next="back_up" />
      <FoundKeys next="connect" />
      <ImportKey heading={t('welcome.importHeading')} text={t('welcome.importText')} next="connect" />
      <RestoreKey next="connect" />
    </>
  );
}

function Rescue() {
  const { t } = useTranslation();
  const { address, error } = useAppState((state) => state.key);
  return (
    <>
      <h1 className="text-xl font-semibold">{t('welcome.rescueHeading')}</h1>
      <p>{t('welcome.rescueText')}</p>
      {address !== null && <Copyable text={address} what={t('welcome.address')} whole />}
      {error !== null && <ErrorMessage report={error} />}
      <ImportKey heading={t('welcome.rescueImportHeading')} text={t('welcome.importHelp')} />
      <RestoreKey />
      {address !== null && <ReplaceKey lost={address} />}
    </>
  );
}

function Unavailable() {
  const { t } = useTranslation();
  const { address, error } = useAppState((state) => state.key);
  return (
    <>
      <h1 className="text-xl font-semibold">{t('welcome.unavailableHeading')}</h1>
      <p>{t('welcome.unavailableText')}</p>
      {address !== null && <Copyable text={address} what={t('welcome.address')} whole />}
      {error !== null && (
        <div className="flex flex-col items-start gap-3">
          <ErrorMessage report={error} />
          <RemedyButton report={error} />
        </div>
      )}
      <ImportKey
        heading={t(address === null ? 'welcome.importHeading' : 'welcome.rescueImportHeading')}
        text={t('welcome.importHelp')}
      />
      <RestoreKey />
      {address !== null || error?.code === 'address_corrupt' ? <ReplaceKey lost={address} /> : <CreateKey />}
    </>
  );
}
