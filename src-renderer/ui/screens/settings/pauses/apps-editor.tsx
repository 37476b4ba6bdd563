import { X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_APPS, plainAppName } from '../../../../../src-shared/pause-rules/app-names';
import { Button } from '../../../components/button';
import { TextField } from '../../../components/text-field';
import { callMain } from '../../../stores/call-main';
import { sendCommand } from '../../../stores/send-command';
import { useAppState } from '../../../stores/state-store';

// A path may be pasted; its last part counts.
const LONGEST_TYPED = 1024;

/** The apps of the list: typed by name, or chosen from what runs now. */
export function AppsEditor() {
  const { t } = useTranslation();
  const apps = useAppState((state) => state.settings.pauseApps);
  const [typed, setTyped] = useState('');
  const name = plainAppName(typed);
  const canAdd = name !== '' && !apps.includes(name) && apps.length < MOST_APPS;
  const add = (app: string) => sendCommand(() => window.miner.updateSettings({ pauseApps: [...apps, app] }));
  return (
    <>
      <AppList apps={apps} />
      <form
        onSubmit={async (event) => {
          event.preventDefault();
          if (canAdd && (await add(name))) setTyped('');
        }}
      >
        <TextField
          label={t('pauseRules.appName')}
          data-testid="app-name"
          maxLength={LONGEST_TYPED}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          action={
            <Button type="submit" data-testid="add-app" disabled={!canAdd}>
              {t('pauseRules.add')}
            </Button>
          }
        />
      </form>
      <RunningApps apps={apps} onChoose={(app) => void add(app)} />
    </>
  );
}

function AppList({ apps }: { readonly apps: readonly string[] }) {
  const { t } = useTranslation();
  if (apps.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {apps.map((app) => (
        <li
          key={app}
          className="flex max-w-full items-center gap-1 rounded border border-line bg-raised py-0.5 pr-0.5 pl-2"
        >
          <span className="truncate" title={app}>
            {app}
          </span>
          <button
            type="button"
            aria-label={t('pauseRules.removeApp', { app })}
            onClick={() =>
              void sendCommand(() =>
                window.miner.updateSettings({ pauseApps: apps.filter((other) => other !== app) }),
              )
            }
            className="rounded p-0.5 text-muted hover:bg-surface hover:text-text"
          >
            <X size={14} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}

type RunningAppsProps = { readonly apps: readonly string[]; readonly onChoose: (app: string) => void };

/** What ran when the field was shown, or touched last. */
function RunningApps({ apps, onChoose }: RunningAppsProps) {
  const { t } = useTranslation();
  const id = useId();
  const [running, setRunning] = useState<readonly string[]>([]);
  const look = async () => {
    const answer = await callMain(() => window.miner.runningApps());
    setRunning(answer.ok ? (answer.value.names ?? []) : []);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is shown
  useEffect(() => void look(), []);
  const offered = running.filter((app) => !apps.includes(app));
  return (
    <div className="flex items-center justify-between gap-3">
      <label htmlFor={id} className="min-w-0">
        {t('pauseRules.running')}
      </label>
      <select
        id={id}
        value=""
        disabled={apps.length >= MOST_APPS}
        onFocus={() => void look()}
        onChange={(event) => onChoose(event.target.value)}
        className="h-7 w-40 shrink-0 rounded border border-control-line bg-surface px-2"
      >
        <option value="" disabled>
          {t('pauseRules.choose')}
        </option>
        {offered.map((app) => (
          <option key={app} value={app}>
            {app}
          </option>
        ))}
      </select>
    </div>
  );
}
