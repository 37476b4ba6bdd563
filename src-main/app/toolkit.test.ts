import { expect, it } from 'vitest';
import { withoutOpenGl } from './toolkit';

it('the toolkit starts without OpenGL, and what is started by the app later knows nothing of it', () => {
  const env: NodeJS.ProcessEnv = {};
  const putBack = withoutOpenGl(env);
  expect(env).toEqual({ GDK_GL: 'disable' });
  putBack();
  expect(env).toEqual({});
});

it("what a person told the toolkit stays a person's", () => {
  const env: NodeJS.ProcessEnv = { GDK_GL: 'always' };
  withoutOpenGl(env)();
  expect(env).toEqual({ GDK_GL: 'always' });
});
