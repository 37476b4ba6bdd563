import { useTranslation } from 'react-i18next';
import { DECIMALS } from '../../../../src-shared/chain/amount';
import { Button } from '../../components/button';
import { ErrorMessage } from '../../components/error-message';
import { TextField } from '../../components/text-field';
import { exactCpc } from '../../formatting/amount';
import { parseFeeCeiling } from '../../formatting/fee-ceiling';
import { useAppState } from '../../stores/state-store';
import { FeeCeilingReach } from './fee-ceiling-reach';
import { useSettingDraft } from './use-setting-draft';

const LONGEST = 64;

/** Sets the most fees of any hour, checked as it is typed; an empty field is no ceiling. */
export function FeeCeilingField() {
  const { t, i18n } = useTranslation();
  const saved = useAppState((state) => state.settings.feeCeilingUnits);
  const { typed, error, type, save } = useSettingDraft();
  const shown = typed ?? (saved === null ? '' : exactCpc(saved));
  const ceiling = parseFeeCeiling(shown, i18n.language);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ceiling.ok) void save({ feeCeilingUnits: ceiling.units });
      }}
    >
      <TextField
        label={t('settings.feeCeiling')}
        data-testid="settings-fee-ceiling"
        inputMode="decimal"
        maxLength={LONGEST}
        className="placeholder:text-muted"
        placeholder={t('settings.feeCeilingNone')}
        value={shown}
        onChange={(event) => type(event.target.value)}
        help={t('settings.feeCeilingHelp')}
        problem={
          !ceiling.ok ? (
            t(`settings.feeCeilingProblem.${ceiling.problem}`, { decimals: DECIMALS })
          ) : error === null ? null : (
            <ErrorMessage report={error} />
          )
        }
        action={
          <Button
            type="submit"
            data-testid="save-fee-ceiling"
            disabled={!ceiling.ok || ceiling.units === saved}
          >
            {t('settings.save')}
          </Button>
        }
      />
      {ceiling.ok && ceiling.units !== null && <FeeCeilingReach units={ceiling.units} />}
    </form>
  );
}
