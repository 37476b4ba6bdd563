import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Response } from '../../../../src-shared/ipc/contract';
import { LOG_LEVELS, type LogLevel } from '../../../../src-shared/ipc/log-entry';
import { LONGEST_PASTE } from '../../../../src-shared/pasted-text';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { EmptyState } from '../../components/empty-state';
import { ErrorMessage } from '../../components/error-message';
import { SelectField } from '../../components/select-field';
import { TextField } from '../../components/text-field';
import { useRequest } from '../../stores/use-request';

const FROM: Record<LogLevel, readonly LogLevel[]> = {
  error: ['error'],
  warn: ['error', 'warn'],
  info: LOG_LEVELS,
};
// Somebody who types is done by then.
const TYPED_MS = 200;

const COLOURS: Record<LogLevel, string> = { error: 'text-danger', warn: 'text-warning', info: 'text-muted' };

/** The newest of the app's log, by level and by what is looked for; all of it as a file. */
export function LogCard() {
  const { t } = useTranslation();
  const [level, setLevel] = useState<LogLevel>('info');
  const [search, setSearch] = useState('');
  const [turn, setTurn] = useState(0);
  const [read, setRead] = useState<Response<'log:read'> | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const reading = useRequest();
  const saving = useRequest();
  const { send } = reading;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is what makes it read again
  useEffect(() => {
    let wanted = true;
    const timer = window.setTimeout(() => {
      void send(() => window.miner.readLog({ levels: [...FROM[level]], search })).then((answer) => {
        if (wanted && answer.ok) setRead(answer.value);
      });
    }, TYPED_MS);
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [level, search, turn, send]);
  const save = async () => {
    const answer = await saving.send(() => window.miner.saveLog());
    if (answer.ok) setPath(answer.value.path);
  };
  return (
    <Card
      heading={t('log.heading')}
      className="min-h-0 flex-1"
      aside={
        <div className="flex gap-2">
          <Button data-testid="log-again" busy={reading.busy} onClick={() => setTurn(turn + 1)}>
            {t('log.again')}
          </Button>
          <Button data-testid="log-save" busy={saving.busy} onClick={() => void save()}>
            {t('log.save')}
          </Button>
        </div>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col gap-2">
        <div className="flex gap-3 [&>:first-child]:w-48 [&>:first-child]:flex-none">
          <SelectField
            label={t('log.level')}
            testId="log-level"
            value={level}
            options={LOG_LEVELS.map((value) => ({ value, text: t(`log.from.${value}`) }))}
            onChange={setLevel}
          />
          <TextField
            label={t('log.search')}
            data-testid="log-search"
            maxLength={LONGEST_PASTE}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        {reading.error !== null && <ErrorMessage report={reading.error} />}
        {saving.error !== null && <ErrorMessage report={saving.error} />}
        <p role="status" data-testid="log-saved" className="break-words select-text empty:hidden">
          {path !== null && t('log.saved', { path })}
        </p>
        {read !== null && read.entries.length === 0 ? (
          <EmptyState title={t('log.empty')} hint={t('log.emptyHint')} />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be scrolled from the keyboard, too
          <ul tabIndex={0} aria-label={t('log.heading')} className="min-h-0 flex-1 overflow-y-auto rounded">
            {read?.entries.map(({ at, level: grave, text }, index) => (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: entries of one millisecond differ by nothing else
                key={`${at} ${index}`}
                data-testid="log-entry"
                data-level={grave}
                className="flex gap-3 border-b border-line py-1 font-mono text-xs"
              >
                <span className="shrink-0 text-muted">{at}</span>
                <span className={`w-10 shrink-0 ${COLOURS[grave]}`}>{grave}</span>
                <span className="min-w-0 break-words whitespace-pre-wrap select-text">{text}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
