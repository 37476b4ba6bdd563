/** What the system tells of where it is used. */
export type SystemTells = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Electron's `app.getSystemLocale()`: on Windows and macOS the format of the region. */
  readonly systemLocale: string;
};

/**
 * The locale in whose way the system wants dates and times, as BCP 47: on Unix the first of `LC_ALL`, `LC_TIME` and
 * `LANG` that is set (POSIX.1-2017, 8.2), elsewhere what the system says. Null where that names no region, as `C` does.
 */
export function timeLocale({ platform, env, systemLocale }: SystemTells): string | null {
  const told = platform === 'win32' || platform === 'darwin' ? null : fromEnvironment(env);
  return told ?? withRegion(systemLocale);
}

function fromEnvironment(env: SystemTells['env']): string | null {
  // POSIX takes an empty one for one that is not set.
  const name = env.LC_ALL || env.LC_TIME || env.LANG || '';
  // language[_territory][.codeset][@modifier]
  const [, language, territory] = /^([a-z]{2,3})(?:_([a-z]{2}))?(?:\..*)?(?:@.*)?$/i.exec(name) ?? [];
  if (language === undefined) return null;
  return withRegion(territory === undefined ? language : `${language}-${territory}`);
}

/** The tag with the region it means; null where it is no tag, or its region or language is none. */
function withRegion(tag: string): string | null {
  try {
    const { language, region } = new Intl.Locale(tag).maximize();
    if (region === undefined || nameOf('region', region) === undefined) return null;
    return nameOf('language', language) === undefined ? null : `${language}-${region}`;
  } catch {
    return null;
  }
}

function nameOf(type: 'region' | 'language', code: string): string | undefined {
  return new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code);
}
