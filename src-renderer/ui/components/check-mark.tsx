import { Check as CheckIcon, Minus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Check } from '../../../src-shared/ipc/task-row';

/** Whether a check passed, by shape and word. `word` shows the word to everybody, not only to screen readers. */
export function CheckMark({ ok, word = false }: { readonly ok: Check['ok']; readonly word?: boolean }) {
  const { t } = useTranslation();
  const { Icon, colour, key } = look(ok);
  return (
    <span className={`inline-flex items-center gap-1 align-middle whitespace-nowrap ${colour}`}>
      <Icon size={15} aria-hidden className="shrink-0" />
      <span className={word ? '' : 'sr-only'}>{t(`check.${key}`)}</span>
    </span>
  );
}

function look(ok: Check['ok']) {
  if (ok === 'not_checked') return { Icon: Minus, colour: 'text-muted', key: 'notChecked' } as const;
  return ok
    ? ({ Icon: CheckIcon, colour: 'text-accent', key: 'passed' } as const)
    : ({ Icon: X, colour: 'text-danger', key: 'failed' } as const);
}
