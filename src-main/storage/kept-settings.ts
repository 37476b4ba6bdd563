import { existsSync } from 'node:fs';
import Sqlite from 'libsql';
import type { z } from 'zod';
import { SETTING_NAMES, type SettingName, type Settings } from '../../src-shared/settings/settings';
import { settingsSchema } from '../../src-shared/settings/settings-schema';
import { mapDiskError } from './disk-error';
import { jsonColumn } from './json-column';

/**
 * The settings that a profile's database has, read beside whoever uses it; nothing is written, mended or set aside.
 * @throws AppError as `mapDiskError` names it
 */
export function keptSettings(path: string): Partial<Settings> {
  if (!existsSync(path)) return {};
  try {
    const sqlite = new Sqlite(path, { readonly: true });
    try {
      const rows = sqlite.prepare('SELECT name, value FROM settings').all() as {
        name: string;
        value: string;
      }[];
      const values = new Map(rows.map(({ name, value }) => [name, value]));
      return Object.fromEntries(SETTING_NAMES.flatMap((name) => fitting(name, values.get(name))));
    } finally {
      sqlite.close();
    }
  } catch (error) {
    throw mapDiskError(error, path);
  }
}

function fitting(name: SettingName, text: string | undefined): [SettingName, unknown][] {
  const schema: z.ZodType = settingsSchema.shape[name];
  const { success, data } = jsonColumn(schema).safeParse(text);
  return success ? [[name, data]] : [];
}
