import { ChartLine, Table } from 'lucide-react';
import { useTranslation } from 'react-i18next';

type TableToggleProps = {
  /** What is shown, for screen readers. */
  readonly what: string;
  readonly asTable: boolean;
  readonly onToggle: () => void;
  readonly testId: string;
};

/** Shows the figures of a chart as a table, or the chart again. */
export function TableToggle({ what, asTable, onToggle, testId }: TableToggleProps) {
  const { t } = useTranslation();
  const Icon = asTable ? ChartLine : Table;
  const words = t(asTable ? 'history.asChart' : 'history.asTable');
  return (
    <button
      type="button"
      title={words}
      aria-label={`${what}: ${words}`}
      data-testid={testId}
      onClick={onToggle}
      className="flex size-7 shrink-0 items-center justify-center rounded border border-control-line bg-surface text-muted hover:bg-raised hover:text-text"
    >
      <Icon size={15} aria-hidden />
    </button>
  );
}
