import { SETTING_NAMES, settingsSchema, type Settings } from './settings.schema';

/** One wrong setting: its name and what was expected, Chinese and English. Never its value, which may be a password. */
export type WrongSetting = Readonly<{ name: string; expected: string }>;

export class SettingsError extends Error {
  constructor(readonly wrong: readonly WrongSetting[]) {
    super(wrong.map(({ name, expected }) => `${name}: ${expected}`).join('\n'));
    this.name = 'SettingsError';
  }
}

/** Reads all settings from the environment; throws a SettingsError that names each wrong one. */
export const loadSettings = (env: Readonly<Record<string, string | undefined>>): Settings => {
  const given = Object.fromEntries(SETTING_NAMES.flatMap((name) => (env[name]?.trim() ? [[name, env[name].trim()]] : [])));
  const result = settingsSchema.safeParse(given);
  if (result.success) return result.data;
  throw new SettingsError(result.error.issues.map(({ path, message }) => ({ name: path.join('.'), expected: message })));
};
