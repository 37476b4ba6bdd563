import { useTranslation } from 'react-i18next';
import type { TaskTrail } from '../../../../src-shared/ipc/task-row';
import { CheckList } from '../../components/check-list';
import { MerklePath } from '../../components/merkle-path';
import { EvidenceNotKept } from './evidence-not-kept';
import { evidenceState } from './evidence-state';
import { SaveReceipt } from './save-receipt';
import { TrailPart } from './trail-part';

/** What stands behind "proved": the checks and the path to compute_root; else why there is nothing to show. */
export function TrailEvidence({ trail }: { readonly trail: TaskTrail }) {
  const { t } = useTranslation();
  const { task, checks, inclusion } = trail;
  const state = evidenceState(trail);
  return (
    <>
      <TrailPart heading={t('trail.checks')}>
        <div data-testid="evidence" data-state={state} className={state === 'here' ? '' : 'text-muted'}>
          {state === 'here' && <CheckList checks={checks} testId="trail-check" />}
          {state === 'to_come' && t('trail.checksToCome')}
          {state === 'never' && t('trail.checksNever')}
          {state === 'not_kept' && <EvidenceNotKept height={task.confirmedHeight} />}
        </div>
      </TrailPart>
      {(state === 'here' || state === 'to_come') && (
        <TrailPart heading={t('trail.path')}>
          {inclusion !== null ? (
            <MerklePath inclusion={inclusion} />
          ) : (
            <p className="text-muted">{t(state === 'here' ? 'trail.pathNone' : 'trail.pathToCome')}</p>
          )}
        </TrailPart>
      )}
      {task.state === 'proved' && <SaveReceipt taskId={task.taskId} />}
    </>
  );
}
