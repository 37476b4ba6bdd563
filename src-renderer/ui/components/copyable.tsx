import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortHash } from '../formatting/short-hash';
import { announce } from '../stores/notice-store';
import { sendCommand } from '../stores/send-command';

const MARK_SHOWN_MS = 1500;

type CopyableProps = {
  /** The whole text: shown on hover, and what is copied. */
  readonly text: string;
  /** What it is, for screen readers, such as "Transaction hash". */
  readonly what: string;
  /** Shows the text as it is instead of shortening it in the middle. */
  readonly whole?: boolean;
  /** The same, over as many lines as it takes. */
  readonly wrapped?: boolean;
};

/** A hash, id or address, shortened in the middle; one click copies the whole. */
export function Copyable({ text, what, whole = false, wrapped = false }: CopyableProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), MARK_SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    if (!(await sendCommand(() => window.miner.copyText(text)))) return;
    setCopied(true);
    announce(t('app.copied'));
  };
  const Icon = copied ? Check : Copy;
  const shown = whole || wrapped ? text : shortHash(text);
  return (
    <button
      type="button"
      title={text}
      aria-label={`${t('app.copy', { what })} ${shown}`}
      onClick={(event) => {
        // A copy inside a table row must not open the row.
        event.stopPropagation();
        void copy();
      }}
      className="group inline-flex max-w-full items-center gap-1 rounded align-middle font-mono text-xs hover:text-accent"
    >
      <span className={wrapped ? 'text-left break-all' : 'truncate'}>{shown}</span>
      <Icon
        size={12}
        aria-hidden
        className={copied ? 'shrink-0 text-accent' : 'shrink-0 text-muted group-hover:text-accent'}
      />
    </button>
  );
}
