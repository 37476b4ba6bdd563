import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BUILT_IN_VALIDATOR } from '../../../../src-shared/jobs/built-in-validator';
import { RadioOption } from '../../components/radio-option';
import { fireCommand } from '../../stores/send-command';
import { useAppState } from '../../stores/state-store';
import { ValidatorUrlForm } from './validator-url-form';

/** Chooses between no validator, the built-in network's where it has one, and one by its address. */
export function ValidatorChoice() {
  const { t } = useTranslation();
  const validatorUrl = useAppState((state) => state.settings.validatorUrl);
  const marketAvailable = useAppState((state) => state.jobs.marketAvailable);
  const [entersUrl, setEntersUrl] = useState(false);
  const isBuiltIn = validatorUrl === BUILT_IN_VALIDATOR;
  const byAddress = entersUrl || (validatorUrl !== null && !isBuiltIn);
  const choose = (chosen: string | null) => {
    setEntersUrl(false);
    if (validatorUrl !== chosen) fireCommand(() => window.miner.updateSettings({ validatorUrl: chosen }));
  };
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t('jobs.validator')}</legend>
      <RadioOption
        group="validator"
        checked={validatorUrl === null && !byAddress}
        testId="validator-choose-none"
        name={t('jobs.choice.none')}
        help={t('jobs.choiceHelp.none')}
        onChoose={() => choose(null)}
      />
      {(marketAvailable || isBuiltIn) && (
        <RadioOption
          group="validator"
          checked={isBuiltIn && !byAddress}
          testId="validator-choose-built-in"
          name={t('jobs.choice.builtIn')}
          help={t('jobs.choiceHelp.builtIn')}
          onChoose={() => choose(BUILT_IN_VALIDATOR)}
        />
      )}
      <RadioOption
        group="validator"
        checked={byAddress}
        testId="validator-choose-address"
        name={t('jobs.choice.address')}
        help={t('jobs.choiceHelp.address')}
        onChoose={() => setEntersUrl(true)}
      />
      {byAddress && (
        <ValidatorUrlForm
          key={validatorUrl}
          inUse={isBuiltIn ? null : validatorUrl}
          onSaved={() => setEntersUrl(false)}
        />
      )}
    </fieldset>
  );
}
