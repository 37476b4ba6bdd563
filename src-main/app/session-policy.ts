import type { Session, WebContents } from 'electron';

/** No permission is ever granted: the pages need none (the graphics card is not asked for through one). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Switched off it would still fetch a dictionary to check by, which is begun for every session in this very turn.
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Requests leave the machine from main alone: a page may load its own origin and nothing else. */
export function denyNetwork(session: Session, origin: string): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = details.url.startsWith(`${origin}/`);
    const tools = details.url.startsWith('devtools://');
    answer({ cancel: !own && !tools });
  });
}

/** A window shows its page for life: no navigation, no new windows, no frames from elsewhere, no webview. */
export function denyNavigation(contents: WebContents, pageUrl: string): void {
  const stop = (event: { preventDefault(): void; url: string }) => {
    if (event.url !== pageUrl) event.preventDefault();
  };
  contents.on('will-navigate', stop);
  contents.on('will-redirect', stop);
  contents.on('will-frame-navigate', stop);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
