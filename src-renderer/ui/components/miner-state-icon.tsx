import {
  CircleDashed,
  CircleDotDashed,
  CirclePause,
  CirclePlay,
  CircleStop,
  OctagonAlert,
} from 'lucide-react';
import type { MinerState } from '../../../src-shared/mining/miner-state';

const LOOKS = {
  idle: { Icon: CircleStop, colour: 'text-muted bg-raised' },
  starting: { Icon: CircleDashed, colour: 'text-accent bg-accent-soft' },
  mining: { Icon: CirclePlay, colour: 'text-accent bg-accent-soft' },
  finishing: { Icon: CircleDotDashed, colour: 'text-accent bg-accent-soft' },
  paused: { Icon: CirclePause, colour: 'text-warning bg-warning-soft' },
  blocked: { Icon: OctagonAlert, colour: 'text-danger bg-danger-soft' },
} as const;

/** The miner's state as a sign: its shape differs as well as its colour, as in the tray. */
export function MinerStateIcon({ kind }: { readonly kind: MinerState['kind'] }) {
  const { Icon, colour } = LOOKS[kind];
  return (
    <span className={`flex size-9 shrink-0 items-center justify-center rounded-md ${colour}`}>
      <Icon size={20} aria-hidden />
    </span>
  );
}
