import { z } from 'zod';

/** How a region writes dates and the time of day, whatever language the words are in. */
export const regionalTimeSchema = z.object({
  hours: z.union([z.literal(12), z.literal(24)]),
  /** `26 Nov`, not `Nov 26`. */
  dayFirst: z.boolean(),
});
export type RegionalTime = z.infer<typeof regionalTimeSchema>;

/** How a moment is to be written: words in one language, in the way of a region that need not be the language's. */
export type TimeStyle = RegionalTime & { readonly language: string };

/** What is written of a moment. */
export type MomentParts = { readonly date: boolean; readonly time: 'none' | 'minutes' | 'seconds' };

/**
 * The way of the region that a BCP 47 tag names (`de-DE`), by CLDR. A language that is not the region's own (`en-RU`)
 * writes as the region's does; a tag without a region, as its language does where most speak it.
 */
export function regionalTime(tag: string): RegionalTime {
  const locale = localeOfRegion(tag);
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).formatToParts(0);
  const types = date.map(({ type }) => type);
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  return {
    hours: hourCycle === 'h11' || hourCycle === 'h12' ? 12 : 24,
    dayFirst: types.indexOf('day') < types.indexOf('month'),
  };
}

/** The locale and options with which `Intl.DateTimeFormat` writes a moment in a style. */
export function momentFormat(
  { language, hours, dayFirst }: TimeStyle,
  { date, time }: MomentParts,
): { readonly locale: string; readonly options: Intl.DateTimeFormatOptions } {
  return {
    // English is the one language here whose order of day and month depends on who writes.
    locale: language === 'en' ? (dayFirst ? 'en-GB' : 'en-US') : language,
    options: {
      ...(date && ({ day: 'numeric', month: 'short', year: 'numeric' } as const)),
      ...(time !== 'none' && hours === 12 && ({ hour: 'numeric', hourCycle: 'h12' } as const)),
      ...(time !== 'none' && hours === 24 && ({ hour: '2-digit', hourCycle: 'h23' } as const)),
      ...(time !== 'none' && ({ minute: '2-digit' } as const)),
      ...(time === 'seconds' && ({ second: '2-digit' } as const)),
    },
  };
}

/** A moment with its date and seconds, in the machine's time zone. @param atMs since the epoch */
export function momentText(atMs: number, style: TimeStyle): string {
  const { locale, options } = momentFormat(style, { date: true, time: 'seconds' });
  return new Intl.DateTimeFormat(locale, options).format(atMs);
}

/** A moment for "until …": the time of day to the minute, with the date where it is not today's. Both since the epoch. */
export function untilText(atMs: number, nowMs: number, style: TimeStyle): string {
  const date = new Date(atMs).toDateString() !== new Date(nowMs).toDateString();
  const { locale, options } = momentFormat(style, { date, time: 'minutes' });
  return new Intl.DateTimeFormat(locale, options).format(atMs);
}

function localeOfRegion(tag: string): string {
  const { region } = new Intl.Locale(tag);
  const known = new Intl.DateTimeFormat(tag).resolvedOptions().locale;
  if (region === undefined || new Intl.Locale(known).region === region) return known;
  return new Intl.Locale(`und-${region}`).maximize().toString();
}
