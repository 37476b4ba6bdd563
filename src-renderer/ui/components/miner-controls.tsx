import { Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/mining/miner-state';
import { fireCommand } from '../stores/send-command';
import { Button } from './button';
import { PauseMenu } from './pause-menu';

/** Start, or pause and stop, or resume: whatever the miner's state leaves to do. */
export function MinerControls({ kind }: { readonly kind: MinerState['kind'] }) {
  const { t } = useTranslation();
  if (kind === 'idle') {
    return (
      <Button
        variant="primary"
        icon={Play}
        data-testid="start-button"
        onClick={() => fireCommand(() => window.miner.startMining())}
      >
        {t('miner.start')}
      </Button>
    );
  }
  return (
    <>
      {kind === 'paused' ? (
        <Button
          variant="primary"
          icon={Play}
          data-testid="resume-button"
          onClick={() => fireCommand(() => window.miner.resumeMining())}
        >
          {t('miner.resume')}
        </Button>
      ) : (
        <PauseMenu />
      )}
      <Button
        icon={Square}
        data-testid="stop-button"
        onClick={() => fireCommand(() => window.miner.stopMining())}
      >
        {t('miner.stop')}
      </Button>
    </>
  );
}
