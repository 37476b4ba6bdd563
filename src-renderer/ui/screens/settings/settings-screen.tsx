import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { LanguageField } from '../../components/language-field';
import { Screen } from '../../components/screen';
import { ThemeField } from '../../components/theme-field';
import { goTo } from '../../stores/navigation-store';
import { AboutCard } from './about-card';
import { FeeCeilingField } from './fee-ceiling-field';
import { MatrixSizeField } from './matrix-size-field';
import { NodeSettings } from './node-settings';
import { PauseRulesCard } from './pauses/pause-rules-card';
import { SwitchField } from './switch-field';
import { TasksPerBlockField } from './tasks-per-block-field';
import { TraySetting } from './tray-setting';
import { UpdatesCard } from './updates-card';

/** What a person can set; each change applies at once. */
export function SettingsScreen() {
  const { t } = useTranslation();
  return (
    <Screen heading={t('nav.settings')} aside={<p className="text-muted">{t('settings.applied')}</p>}>
      <div className="grid min-h-0 flex-1 grid-cols-2 narrow:grid-cols-1 content-start gap-3 overflow-y-auto narrow:overflow-visible px-4 pb-4">
        <Card heading={t('settings.appearance')}>
          <div className="flex flex-col gap-3">
            <LanguageField testId="settings-language" />
            <ThemeField testId="settings-theme" />
          </div>
        </Card>
        <Card
          heading={t('settings.computing')}
          aside={
            <Button variant="link" onClick={() => goTo('graphics')}>
              {t('settings.engineAndPower')}
            </Button>
          }
        >
          <div className="flex flex-col gap-3">
            <MatrixSizeField />
            <TasksPerBlockField />
            <FeeCeilingField />
          </div>
        </Card>
        <Card heading={t('settings.node')} className="col-span-2 narrow:col-span-1">
          <NodeSettings />
        </Card>
        <PauseRulesCard className="col-span-2 narrow:col-span-1" />
        <Card heading={t('settings.notifications')}>
          <div className="flex flex-col gap-3">
            <SwitchField name="notifyFirstResult" />
            <SwitchField name="notifyBlocked" />
            <SwitchField name="notifyLowBalance" />
            <SwitchField name="notifyQuarantine" />
            <SwitchField name="notifyUpdate" />
          </div>
        </Card>
        <Card heading={t('settings.window')}>
          <div className="flex flex-col gap-3">
            <div>
              <TraySetting />
            </div>
            <SwitchField name="startAtLogin" />
          </div>
        </Card>
        <UpdatesCard className="col-span-2 narrow:col-span-1" />
        <AboutCard className="col-span-2 narrow:col-span-1" />
      </div>
    </Screen>
  );
}
