import { CornerDownLeft, CornerDownRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Inclusion } from '../../../src-shared/ipc/task-row';
import { Copyable } from './copyable';

/** The way from a result's leaf up to compute_root: each step names the hash it is joined with, and its side. */
export function MerklePath({ inclusion }: { readonly inclusion: Inclusion }) {
  const { t } = useTranslation();
  const { leafIndex, leafHash, path, root } = inclusion;
  return (
    <ol data-testid="merkle-path" className="relative flex flex-col gap-2 border-l-2 border-line pl-4">
      <PathNode label={t('merkle.leaf', { index: leafIndex })} hash={leafHash} />
      {path.length === 0 && <li className="text-muted">{t('merkle.onlyLeaf')}</li>}
      {path.map(({ side, hash }, index) => {
        const Icon = side === 'left' ? CornerDownRight : CornerDownLeft;
        const sideText = t(side === 'left' ? 'merkle.siblingLeft' : 'merkle.siblingRight');
        return (
          // The hash of a path may repeat where an odd node is paired with itself; its place may not.
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the step's identity
          <li key={index} className="flex flex-wrap items-center gap-x-2">
            <Icon size={14} aria-hidden className="shrink-0 text-muted" />
            <span className="text-muted">
              {t('merkle.step', { step: index + 1 })} · {sideText}
            </span>
            <Copyable text={hash} what={sideText} />
          </li>
        );
      })}
      <PathNode label={t('merkle.root')} hash={root} />
    </ol>
  );
}

function PathNode({ label, hash }: { readonly label: string; readonly hash: string }) {
  return (
    <li className="relative flex flex-wrap items-center gap-x-2">
      <span aria-hidden className="absolute top-1.5 -left-[21px] size-2 rounded-full bg-accent" />
      <span className="font-medium">{label}</span>
      <Copyable text={hash} what={label} />
    </li>
  );
}
