import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { dismissNotice, useNoticeStore } from '../stores/notice-store';
import { ErrorMessage } from './error-message';
import { RemedyButton } from './remedy-button';

/** Failed commands, at the lower right over everything, until they are dismissed. */
export function NoticeRegion() {
  const { t } = useTranslation();
  const { notices, announcement } = useNoticeStore();
  return (
    <>
      <p aria-live="polite" data-testid="announcement" className="sr-only">
        {announcement}
      </p>
      <section
        aria-label={t('app.notices')}
        className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-96 flex-col gap-2"
      >
        {notices.map(({ id, report }) => (
          <div
            key={id}
            className="pointer-events-auto flex gap-2 rounded-md border border-danger bg-surface p-3 shadow-lg"
          >
            <div className="flex min-w-0 flex-1 flex-col items-start gap-2">
              <ErrorMessage report={report} />
              <RemedyButton report={report} />
            </div>
            <button
              type="button"
              aria-label={t('app.dismiss')}
              onClick={() => dismissNotice(id)}
              className="size-6 shrink-0 rounded text-muted hover:text-text"
            >
              <X size={16} aria-hidden className="m-auto" />
            </button>
          </div>
        ))}
      </section>
    </>
  );
}
