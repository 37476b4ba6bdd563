import { Trans, useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/mining/miner-state';
import { blockedWords } from '../formatting/blocked-words';
import { errorText } from '../formatting/error-text';
import { Moment } from './moment';
import { RemedyButton } from './remedy-button';

/** Why the miner is blocked, what to do, the button that does it, and when it tries again by itself. */
export function BlockedStrip({ miner }: { readonly miner: Extract<MinerState, { kind: 'blocked' }> }) {
  const { t, i18n } = useTranslation();
  const { error, retryAtMs } = miner;
  const { hint, next } = blockedWords(miner);
  return (
    <div className="flex items-center gap-4 bg-danger-soft px-5 py-2 narrow:flex-wrap narrow:px-3">
      <p title={`${error.code}: ${error.message}`} className="min-w-0 flex-1 break-words select-text">
        <span data-testid="error-text" data-code={error.code} className="font-medium">
          {errorText(t, error, i18n.language)}
        </span>{' '}
        {t(hint)}
      </p>
      {retryAtMs !== null && (
        <p className="shrink-0 whitespace-nowrap">
          <Trans i18nKey={next} components={{ time: <Moment atMs={retryAtMs} /> }} />
        </p>
      )}
      <RemedyButton report={error} />
    </div>
  );
}
