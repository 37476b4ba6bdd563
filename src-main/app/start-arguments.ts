type Start = {
  /** Of a profile other than the usual one; null for that. */
  readonly profileFolder: string | null;
  /** Without its window. */
  readonly hidden: boolean;
};

/** What the program is started with when nobody types it: at login, and after an update. In a checkout also the app's folder. */
export function startArguments(
  app: { readonly isPackaged: boolean; getAppPath(): string },
  { profileFolder, hidden }: Start,
): string[] {
  return [
    ...(app.isPackaged ? [] : [app.getAppPath()]),
    ...(hidden ? ['--hidden'] : []),
    ...(profileFolder === null ? [] : ['--profile', profileFolder]),
  ];
}
