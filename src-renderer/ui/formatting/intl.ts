// Making an Intl formatter costs many times what using one does, and a list formats hundreds of values a frame.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const relativeFormats = new Map<string, Intl.RelativeTimeFormat>();

/** An `Intl.NumberFormat` made once for each locale and options. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return once(numberFormats, locale, options, () => new Intl.NumberFormat(locale, options));
}

/** An `Intl.DateTimeFormat` made once for each locale and options, in the machine's time zone. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once(dateFormats, locale, options, () => new Intl.DateTimeFormat(locale, options));
}

/** An `Intl.RelativeTimeFormat` made once for each locale and options. */
export function relativeFormat(
  locale: string,
  options: Intl.RelativeTimeFormatOptions,
): Intl.RelativeTimeFormat {
  return once(relativeFormats, locale, options, () => new Intl.RelativeTimeFormat(locale, options));
}

function once<T>(made: Map<string, T>, locale: string, options: object, make: () => T): T {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = make();
  made.set(key, format);
  return format;
}
