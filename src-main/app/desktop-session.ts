/** What shows windows here. */
export type DesktopSession = 'x11' | 'wayland' | 'none' | 'own';

/** The kind of the session that the app runs in; `own` where the system has but one. */
export function desktopSession(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): DesktopSession {
  if (platform !== 'linux') return 'own';
  // An X server is there for old apps on Wayland too, and knows nothing of the others.
  if (env.XDG_SESSION_TYPE === 'wayland' || isSet(env.WAYLAND_DISPLAY)) return 'wayland';
  return isSet(env.DISPLAY) ? 'x11' : 'none';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
