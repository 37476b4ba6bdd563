import type { MenuItemConstructorOptions } from 'electron';
import { parseUnits } from '../../src-shared/chain/amount';
import { AMOUNT_FORMAT, shownAmount, writtenAmount } from '../../src-shared/chain/shown-amount';
import type { PausePreset } from '../../src-shared/mining/pause';
import type { AppState } from '../../src-shared/state/state';
import { TRAY_TEXTS } from './tray-texts';

export type TrayCommands = {
  readonly open: () => void;
  readonly pause: (preset: PausePreset) => void;
  readonly resume: () => void;
  readonly topUp: () => void;
  readonly quit: () => void;
};

/** What the icon says: the figures too, which change with each block; a menu that did would close under the pointer. */
export function trayToolTip({ app, miner, balance, tasks }: AppState): string {
  const texts = TRAY_TEXTS[app.locale];
  const amount =
    balance.units === null
      ? '…'
      : writtenAmount(
          shownAmount(parseUnits(balance.units)),
          new Intl.NumberFormat(app.locale, AMOUNT_FORMAT),
        );
  return [
    `ComputeChain Miner: ${texts.states[miner.kind]}`,
    `${texts.balance}: ${amount}`,
    texts.today(tasks.today),
  ].join('\n');
}

/** The tray menu for what main tells: nothing in it changes as long as the state is the same. */
export function trayMenu(state: AppState, commands: TrayCommands): MenuItemConstructorOptions[] {
  const texts = TRAY_TEXTS[state.app.locale];
  const { miner, faucet } = state;
  const presets = Object.entries(texts.presets) as [PausePreset, string][];
  const pause: MenuItemConstructorOptions =
    miner.kind === 'paused'
      ? { label: texts.resume, click: commands.resume }
      : {
          label: texts.pause,
          enabled: miner.kind !== 'idle',
          submenu: presets.map(([preset, label]) => ({ label, click: () => commands.pause(preset) })),
        };
  return [
    { label: texts.states[miner.kind], enabled: false },
    { type: 'separator' },
    pause,
    { label: texts.open, click: commands.open },
    ...(faucet.available ? [{ label: texts.topUp, click: commands.topUp }] : []),
    { type: 'separator' },
    { label: texts.quit, click: commands.quit },
  ];
}
