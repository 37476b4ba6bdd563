import { type LucideIcon, Repeat, ScanSearch, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../../src-shared/errors';
import type { AuditMode, AuditReport } from '../../../../src-shared/ipc/block-report';
import { Button } from '../../components/button';
import { CheckList } from '../../components/check-list';
import { CheckMark } from '../../components/check-mark';
import { ErrorMessage } from '../../components/error-message';
import { formatDuration } from '../../formatting/duration';
import { formatInteger } from '../../formatting/number';
import { callMain } from '../../stores/call-main';

type AuditResultProps = { readonly height: number; readonly txHash: string };

const MODES: readonly { readonly mode: AuditMode; readonly icon: LucideIcon }[] = [
  { mode: 'sampled', icon: ScanSearch },
  { mode: 'full', icon: Repeat },
];

/** Audits a result on request, and says how much of it was recomputed: never just "verified". */
export function AuditResult({ height, txHash }: AuditResultProps) {
  const { t } = useTranslation();
  /** The id of the audit that is under way. */
  const request = useRef<string | null>(null);
  const [running, setRunning] = useState<AuditMode | null>(null);
  const [report, setReport] = useState<AuditReport | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  const audit = async (mode: AuditMode) => {
    setRunning(mode);
    const requestId = crypto.randomUUID();
    request.current = requestId;
    const answer = await callMain(() => window.miner.auditResult(height, txHash, mode, requestId));
    request.current = null;
    setReport(answer.ok ? answer.value : null);
    // Cancelled by the person: nothing went wrong.
    setError(answer.ok || answer.error.code === 'cancelled' ? null : answer.error);
    setRunning(null);
  };
  const cancel = () => {
    if (request.current !== null) void cancelRequest(request.current);
  };
  // Nobody sees the verdict of one whose screen was left.
  useEffect(
    () => () => {
      if (request.current !== null) void cancelRequest(request.current);
    },
    [],
  );
  return (
    <div className="flex flex-col gap-2">
      <div className="flex min-w-0 items-center gap-3">
        {MODES.map(({ mode, icon }) => (
          <Button
            key={mode}
            icon={icon}
            busy={running === mode}
            disabled={running !== null && running !== mode}
            title={t(`blocks.auditHint.${mode}`)}
            data-testid={`audit-${mode}`}
            onClick={() => void audit(mode)}
          >
            {t(running === mode ? 'blocks.auditing' : `blocks.audit.${mode}`)}
          </Button>
        ))}
        {running !== null && (
          <Button variant="link" icon={X} data-testid="audit-cancel" onClick={cancel}>
            {t('blocks.auditCancel')}
          </Button>
        )}
        <div role="status" className="min-w-0">
          {report !== null && <Verdict report={report} />}
        </div>
        {error !== null && <ErrorMessage report={error} />}
      </div>
      {report?.ok === false && <CheckList checks={report.checks} />}
    </div>
  );
}

async function cancelRequest(requestId: string): Promise<void> {
  await callMain(() => window.miner.cancelRequest(requestId));
}

function Verdict({ report }: { readonly report: AuditReport }) {
  const { t, i18n } = useTranslation();
  const { mode, ok, rows, matrixSize, durationMs } = report;
  const done = t(mode === 'sampled' ? 'blocks.auditSampled' : 'blocks.auditFull', {
    count: rows,
    rows: formatInteger(rows, i18n.language),
    size: formatInteger(matrixSize, i18n.language),
  });
  return (
    <p data-testid="audit-verdict" data-ok={ok} className="flex flex-wrap items-center gap-x-2">
      <CheckMark ok={ok} />
      <span className={`font-medium ${ok ? 'text-accent' : 'text-danger'}`}>
        {t(ok ? 'blocks.auditOk' : 'blocks.auditBad')}
      </span>
      <span>{done}</span>
      <span className="text-muted">{formatDuration(durationMs, i18n.language)}</span>
    </p>
  );
}
