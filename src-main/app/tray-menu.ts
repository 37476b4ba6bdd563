import type { MenuItemConstructorOptions } from 'electron';
import { parseUnits } from '../../src-shared/chain/amount';
import { AMOUNT_FORMAT, shownAmount, writtenAmount } from '../../src-shared/chain/shown-amount';
import type { PausePreset } from '../../src-shared/mining/pause';
import { untilText } from '../../src-shared/regional-time';
import type { AppState } from '../../src-shared/state/state';
import { pauseText } from './pause-texts';
import { TRAY_TEXTS } from './tray-texts';

export type TrayCommands = {
  readonly open: () => void;
  readonly pause: (preset: PausePreset) => void;
  readonly resume: () => void;
  readonly finish: () => void;
  /** Mines on where it was to finish. */
  readonly start: () => void;
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

/**
 * The tray menu for what main tells: nothing in it changes as long as the state is the same.
 * @param now ms since the epoch
 */
export function trayMenu(state: AppState, commands: TrayCommands, now: number): MenuItemConstructorOptions[] {
  const texts = TRAY_TEXTS[state.app.locale];
  const { miner, faucet } = state;
  return [
    { label: texts.states[miner.kind], enabled: false },
    ...reasons(state, now).map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    ...powerItems(state, commands),
    { label: texts.open, click: commands.open },
    ...(faucet.available ? [{ label: texts.topUp, click: commands.topUp }] : []),
    { type: 'separator' },
    { label: texts.quit, click: commands.quit },
  ];
}

/** Each reason of a pause with its end. */
function reasons({ miner, settings, app }: AppState, now: number): string[] {
  if (miner.kind !== 'paused') return [];
  const timeOf = (atMs: number) => untilText(atMs, now, { language: app.locale, ...app.time });
  return miner.reasons.map((pause) => pauseText(pause, settings, app.locale, timeOf));
}

/** To pause, go on or finish: whatever the miner's state leaves to do. */
function powerItems({ app, miner }: AppState, commands: TrayCommands): MenuItemConstructorOptions[] {
  const texts = TRAY_TEXTS[app.locale];
  if (miner.kind === 'finishing') return [{ label: texts.keepMining, click: commands.start }];
  const isOn = miner.kind !== 'idle';
  const presets = Object.entries(texts.presets) as [PausePreset, string][];
  const pause: MenuItemConstructorOptions = {
    label: texts.pause,
    enabled: isOn,
    submenu: presets.map(([preset, label]) => ({ label, click: () => commands.pause(preset) })),
  };
  const finish = { label: texts.finish, enabled: isOn, click: commands.finish };
  if (miner.kind !== 'paused') return [pause, finish];
  const resume = { label: texts.resume, click: commands.resume };
  return miner.reasons.some(({ reason }) => reason === 'manual') ? [resume] : [resume, pause];
}
