import { ChevronDown, Pause } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { fireCommand } from '../stores/send-command';
import { Button } from './button';

const PRESETS = [
  { preset: '15m', label: 'pause15m' },
  { preset: '1h', label: 'pause1h' },
  { preset: 'tomorrow', label: 'pauseTomorrow' },
  { preset: 'manual', label: 'pauseManual' },
] as const;

const ITEM = 'cursor-pointer rounded px-3 py-1.5 outline-none data-[highlighted]:bg-raised';

/** Pauses mining for a time to choose, or ends it with the task in hand. Not modal: a modal menu would inject a style element, which the CSP forbids. */
export function PauseMenu({ canFinish }: { readonly canFinish: boolean }) {
  const { t } = useTranslation();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button icon={Pause} data-testid="pause-button">
          {t('miner.pause')}
          <ChevronDown size={14} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        className="z-40 min-w-44 rounded-md border border-line bg-surface p-1 shadow-lg"
      >
        {PRESETS.map(({ preset, label }) => (
          <DropdownMenu.Item
            key={preset}
            data-testid={`pause-${preset}`}
            onSelect={() => fireCommand(() => window.miner.pauseMining(preset))}
            className={ITEM}
          >
            {t(`miner.${label}`)}
          </DropdownMenu.Item>
        ))}
        {canFinish && (
          <>
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            <DropdownMenu.Item
              data-testid="finish"
              onSelect={() => fireCommand(() => window.miner.finishMining())}
              className={ITEM}
            >
              {t('miner.finish')}
            </DropdownMenu.Item>
          </>
        )}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
