import { X } from 'lucide-react';
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

type DrawerProps = {
  readonly heading: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly testId: string;
};

/**
 * A modal panel at the right edge. The platform's own dialog traps the focus, answers Escape and gives the focus
 * back, without the style elements that the content security policy forbids.
 */
export function Drawer({ heading, onClose, children, testId }: DrawerProps) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  // Before the element leaves the page: only an open dialog that is closed gives the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it with Escape, which the dialog handles
    <dialog
      ref={dialog}
      aria-labelledby={headingId}
      data-testid={testId}
      onCancel={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className="fixed inset-y-0 right-0 left-auto m-0 h-full max-h-none w-[34rem] max-w-[90vw] overflow-hidden border-l border-line bg-surface p-0 text-text"
    >
      <div className="flex h-full flex-col">
        <header className="flex h-12 shrink-0 items-center justify-between border-b border-line px-5">
          <h2 id={headingId} className="text-base font-semibold">
            {heading}
          </h2>
          <button
            type="button"
            aria-label={t('app.close')}
            onClick={onClose}
            className="size-8 rounded text-muted hover:bg-raised hover:text-text"
          >
            <X size={18} aria-hidden className="m-auto" />
          </button>
        </header>
        <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-5">{children}</div>
      </div>
    </dialog>
  );
}
