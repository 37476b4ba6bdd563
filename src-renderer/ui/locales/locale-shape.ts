/** Keys of `T` that stand for a plural: `results_one` and `results_other` give `results`. */
type PluralBase<T> = keyof T extends infer K ? (K extends `${infer Base}_other` ? Base : never) : never;

type PluralKey<T> = `${PluralBase<T>}_${'one' | 'other'}`;

/**
 * What a Russian locale must hold, given the English one: the same keys, and for each plural the four forms
 * CLDR names for Russian (one, few, many, other). A missing or unknown key is a type error.
 */
export type RussianOf<T> = {
  [K in Exclude<keyof T, PluralKey<T>>]: T[K] extends string ? string : RussianOf<T[K]>;
} & {
  [K in `${PluralBase<T>}_${'one' | 'few' | 'many' | 'other'}`]: string;
};
