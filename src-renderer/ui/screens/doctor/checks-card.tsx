import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DoctorReport, Finding } from '../../../../src-shared/doctor/report';
import { Button } from '../../components/button';
import { Card } from '../../components/card';
import { ErrorMessage } from '../../components/error-message';
import { Moment } from '../../components/moment';
import { useRequest } from '../../stores/use-request';
import { FindingRow } from './finding-row';

/** All looks and what they found; looks at once where nothing was found yet. */
export function ChecksCard() {
  const { t } = useTranslation();
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const looking = useRequest();
  const saving = useRequest();
  const { send } = looking;
  const look = async () => {
    setPath(null);
    const answer = await send(() => window.miner.examine());
    if (answer.ok) setReport(answer.value);
  };
  useEffect(() => {
    let wanted = true;
    void send(() => window.miner.examine()).then((answer) => {
      if (wanted && answer.ok) setReport(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [send]);
  const save = async (found: DoctorReport) => {
    const answer = await saving.send(() => window.miner.saveDoctorReport(found));
    if (answer.ok) setPath(answer.value.path);
  };
  return (
    <Card
      heading={t('doctor.heading')}
      className="min-h-0 flex-1"
      aside={
        <div className="flex items-center gap-2">
          {report !== null && (
            <Button busy={saving.busy} data-testid="doctor-save" onClick={() => void save(report)}>
              {t('doctor.save')}
            </Button>
          )}
          <Button variant="primary" busy={looking.busy} data-testid="doctor-look" onClick={() => void look()}>
            {t('doctor.look')}
          </Button>
        </div>
      }
    >
      <div className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto narrow:overflow-visible pt-1">
        <p role="status" data-testid="doctor-summary" className="text-muted">
          {looking.busy || report === null ? t('doctor.looking') : <Summary report={report} />}
        </p>
        {looking.error !== null && <ErrorMessage report={looking.error} />}
        {saving.error !== null && <ErrorMessage report={saving.error} />}
        <p role="status" data-testid="doctor-saved" className="break-words select-text empty:hidden">
          {path !== null && t('doctor.saved', { path })}
        </p>
        <ul className="flex flex-col">
          {report?.findings.map((finding) => (
            <FindingRow key={finding.check} finding={finding} />
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Summary({ report: { findings, atMs } }: { readonly report: DoctorReport }) {
  const { t } = useTranslation();
  const countOf = (wanted: Finding['verdict']) => findings.filter(({ verdict }) => verdict === wanted).length;
  const [failed, worthALook] = [countOf('failed'), countOf('notice')];
  const words =
    failed > 0
      ? t('doctor.failed', { count: failed })
      : worthALook > 0
        ? t('doctor.worthALook', { count: worthALook })
        : t('doctor.allWell');
  return (
    <>
      {words} · <Moment atMs={atMs} />
    </>
  );
}
