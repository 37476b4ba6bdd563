import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../src-shared/errors';
import { errorText } from '../formatting/error-text';

type ErrorMessageProps = {
  readonly report: ErrorReport;
  /** Leaves out what to do, for errors that are over. */
  readonly over?: boolean;
};

/** What happened, why, and what to do, in the person's language; the original message stays on hover. */
export function ErrorMessage({ report, over = false }: ErrorMessageProps) {
  const { t, i18n } = useTranslation();
  return (
    <div role="alert" className="flex gap-2 text-danger">
      <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0" />
      <p className="min-w-0 break-words select-text" title={`${report.code}: ${report.message}`}>
        <span data-testid="error-text" data-code={report.code}>
          {errorText(t, report, i18n.language)}
        </span>{' '}
        {!over && <span className="text-muted">{t(`hint.${report.remedy}`)}</span>}
      </p>
    </div>
  );
}
