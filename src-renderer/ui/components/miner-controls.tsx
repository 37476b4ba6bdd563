import { Play, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MinerState } from '../../../src-shared/mining/miner-state';
import { fireCommand } from '../stores/send-command';
import { Button } from './button';
import { PauseMenu } from './pause-menu';

/** Start, or pause, finish and stop, or resume: whatever the miner's state leaves to do. */
export function MinerControls({ miner }: { readonly miner: MinerState }) {
  const { t } = useTranslation();
  if (miner.kind === 'idle' || miner.kind === 'finishing') {
    const start = (
      <Button
        variant="primary"
        icon={Play}
        data-testid="start-button"
        onClick={() => fireCommand(() => window.miner.startMining())}
      >
        {t(miner.kind === 'idle' ? 'miner.start' : 'miner.keepMining')}
      </Button>
    );
    return miner.kind === 'idle' ? (
      start
    ) : (
      <>
        {start}
        <StopButton />
      </>
    );
  }
  const isPaused = miner.kind === 'paused';
  const isByPerson = isPaused && miner.reasons.some(({ reason }) => reason === 'manual');
  return (
    <>
      {isPaused && (
        <Button
          variant="primary"
          icon={Play}
          data-testid="resume-button"
          onClick={() => fireCommand(() => window.miner.resumeMining())}
        >
          {t('miner.resume')}
        </Button>
      )}
      {!isByPerson && <PauseMenu canFinish={!isPaused} />}
      <StopButton />
    </>
  );
}

function StopButton() {
  const { t } = useTranslation();
  return (
    <Button
      icon={Square}
      data-testid="stop-button"
      onClick={() => fireCommand(() => window.miner.stopMining())}
    >
      {t('miner.stop')}
    </Button>
  );
}
