import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../src-shared/errors';
import { useStateStore } from '../stores/state-store';
import { Button } from './button';
import { remedyAction } from './remedy-action';

/** The one thing to do about an error; nothing where no button of this window helps. */
export function RemedyButton({ report }: { readonly report: ErrorReport }) {
  const { t } = useTranslation();
  const state = useStateStore((store) => store.state);
  const action = state === null ? null : remedyAction(report, state);
  if (action === null) return null;
  return (
    <Button variant="primary" data-testid="remedy-button" data-remedy={report.remedy} onClick={action.run}>
      {t(`action.${action.label}`)}
    </Button>
  );
}
