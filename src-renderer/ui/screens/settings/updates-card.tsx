import { useTranslation } from 'react-i18next';
import type { UpdatesSlice } from '../../../../src-shared/state/updates';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { Moment } from '../../components/moment';
import { SelectField } from '../../components/select-field';
import { useTimeStyle } from '../../components/use-time-style';
import { formatMegabytes, formatPercent } from '../../formatting/number';
import { absoluteTime } from '../../formatting/time';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';

const MODES = ['off', 'tell', 'install'] as const;

/** Whether newer versions are looked for, what was found, and what is done about it. */
export function UpdatesCard({ className }: { readonly className?: string }) {
  const { t } = useTranslation();
  const updates = useAppState((state) => state.updates);
  const mode = useAppState((state) => state.settings.updates);
  const modes = MODES.filter((name) => name !== 'install' || updates.canInstall || mode === 'install');
  return (
    <Card heading={t('settings.updates.heading')} {...(className === undefined ? {} : { className })}>
      {updates.canLook ? (
        <div className="grid grid-cols-2 narrow:grid-cols-1 gap-x-6 gap-y-3">
          <SelectField
            label={t('settings.updates.mode')}
            testId="settings-updates"
            value={mode}
            options={modes.map((name) => ({ value: name, text: t(`settings.updates.${name}`) }))}
            help={t(`settings.updates.${mode}Help`)}
            onChange={(chosen) => fireCommand(() => window.miner.updateSettings({ updates: chosen }))}
          />
          {mode !== 'off' && <Standing updates={updates} />}
        </div>
      ) : (
        <p className="text-muted" data-testid="updates-no-source">
          {t('settings.updates.noSource')}
        </p>
      )}
    </Card>
  );
}

function Standing({ updates }: { readonly updates: UpdatesSlice }) {
  const { t, i18n } = useTranslation();
  const { doing, found, lookedAtMs, error } = updates;
  return (
    <div className="flex min-w-0 flex-col gap-2" data-testid="updates-standing" data-doing={doing}>
      {found === null ? (
        <>
          {lookedAtMs !== null && error === null && <p>{t('settings.updates.newest')}</p>}
          {lookedAtMs !== null && (
            <p className="text-muted">
              {t('settings.updates.looked')}: <Moment atMs={lookedAtMs} />
            </p>
          )}
        </>
      ) : (
        <FoundVersion found={found} updates={updates} />
      )}
      {error !== null && (
        <div data-testid="updates-error">
          <ErrorMessage report={error} />
        </div>
      )}
      {doing === 'downloading' && found !== null && (
        <p role="status">
          {t('settings.updates.downloading', {
            version: found.version,
            percent: formatPercent(updates.downloadedBytes / found.bytes, i18n.language),
          })}
        </p>
      )}
      {(doing === 'finishing' || doing === 'installing') && (
        <p role="status">{t(`settings.updates.${doing}`)}</p>
      )}
      <Actions updates={updates} />
    </div>
  );
}

function FoundVersion({
  found,
  updates: { canInstall, postponedUntilMs },
}: {
  readonly found: NonNullable<UpdatesSlice['found']>;
  readonly updates: UpdatesSlice;
}) {
  const { t, i18n } = useTranslation();
  const style = useTimeStyle();
  const notes = found.notes[i18n.language === 'ru' ? 'ru' : 'en'].trim();
  return (
    <>
      <p data-testid="updates-found">
        <span className="font-medium">
          {t('settings.updates.found', { version: found.version })} <Moment atMs={found.releasedAtMs} />
        </span>
        {canInstall && !found.isDownloaded && (
          <span className="text-muted">
            {' '}
            · {formatMegabytes(found.bytes, i18n.language)} {t('settings.updates.size')}
          </span>
        )}
      </p>
      {!canInstall && <p className="text-muted">{t('settings.updates.byHand')}</p>}
      {found.isDownloaded && <p className="text-muted">{t('settings.updates.ready')}</p>}
      {postponedUntilMs !== null && (
        <p className="text-muted" data-testid="updates-postponed">
          {t('settings.updates.postponed')} {absoluteTime(postponedUntilMs, style)}
        </p>
      )}
      <details>
        <summary className="cursor-pointer font-medium">{t('settings.updates.notes')}</summary>
        <p className="mt-1 max-h-48 overflow-y-auto whitespace-pre-wrap break-words select-text">
          {notes === '' ? t('settings.updates.noNotes') : notes}
        </p>
      </details>
    </>
  );
}

function Actions({
  updates: { canInstall, doing, found, postponedUntilMs },
}: {
  readonly updates: UpdatesSlice;
}) {
  const { t } = useTranslation();
  const isIdle = doing === 'nothing';
  const mayPutOff = found !== null && canInstall && postponedUntilMs === null && doing !== 'installing';
  return (
    <div className="flex flex-wrap gap-2">
      {found !== null && canInstall && (isIdle || doing === 'downloading') && !found.isDownloaded && (
        <Button
          variant="primary"
          data-testid="updates-download"
          busy={!isIdle}
          onClick={() => fireCommand(() => window.miner.downloadUpdate())}
        >
          {t('settings.updates.download')}
        </Button>
      )}
      {found?.isDownloaded === true && canInstall && (
        <Button
          variant="primary"
          data-testid="updates-install"
          busy={!isIdle}
          onClick={() => fireCommand(() => window.miner.installUpdate())}
        >
          {t('settings.updates.installNow')}
        </Button>
      )}
      {mayPutOff && (
        <Button data-testid="updates-later" onClick={() => fireCommand(() => window.miner.postponeUpdate())}>
          {t('settings.updates.later')}
        </Button>
      )}
      <Button
        data-testid="updates-look"
        busy={doing === 'looking'}
        disabled={!isIdle && doing !== 'looking'}
        onClick={() => fireCommand(() => window.miner.lookForUpdate())}
      >
        {t(doing === 'looking' ? 'settings.updates.looking' : 'settings.updates.look')}
      </Button>
    </div>
  );
}
