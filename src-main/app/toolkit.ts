/**
 * GTK, in which Electron draws menus and dialogs on X11, asks OpenGL at its start which windows it could draw on, and
 * what answers stays in memory: of a software one 17 MiB. Nothing here is drawn so. It reads the environment once, before
 * Electron is ready. @returns puts the environment back, for the programs that are started later
 */
export function withoutOpenGl(env: NodeJS.ProcessEnv): () => void {
  const { GDK_GL: before } = env;
  if (before !== undefined) return () => undefined;
  env.GDK_GL = 'disable';
  return () => {
    delete env.GDK_GL;
  };
}
