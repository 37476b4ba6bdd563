import { z } from 'zod';
import { appNamesSchema } from '../pause-rules/app-names';
import { scheduleSchema } from '../pause-rules/schedule';
import { LONGEST_ADDRESS, type Setting } from './setting';
import { SETTING_NAMES, SETTINGS, type SettingName, type Settings } from './settings';

/** Settings as they are kept and travel. */
export const settingsSchema = z.object(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, schemaOf(SETTINGS[name])])) as {
    [N in SettingName]: z.ZodType<Settings[N]>; // each name with its own schema
  },
);

function schemaOf(setting: Setting): z.ZodType {
  switch (setting.kind) {
    case 'wholeNumber':
      return z.number().int().min(setting.limits.least).max(setting.limits.most);
    case 'wholeNumberOrNone':
      return z.number().int().min(setting.limits.least).max(setting.limits.most).nullable();
    case 'choice':
      return z.enum([...setting.choices]);
    case 'nodeAddress':
    case 'validatorAddress':
      return z.string().max(LONGEST_ADDRESS).nullable();
    case 'amount':
      return z
        .string()
        .regex(/^[1-9]\d{0,39}$/)
        .nullable();
    case 'onOff':
      return z.boolean();
    case 'hours':
      return scheduleSchema;
    case 'appNames':
      return appNamesSchema;
  }
}
