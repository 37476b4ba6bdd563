import type { z } from 'zod';

/** One entry of a 422's detail list, as FastAPI names what is wrong. */
export type RequestProblem = {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
};

// A body may be wrong in a thousand places; nobody reads on after some.
const MOST_PROBLEMS = 20;

/** What is wrong with a part of a request. @param where `body` or `query`, and where in it */
export function problemsOf({ issues }: z.ZodError, where: readonly string[]): RequestProblem[] {
  return issues.slice(0, MOST_PROBLEMS).map(({ code, path, message }) => ({
    type: code,
    // Symbols name nothing in JSON.
    loc: [...where, ...path.map((key) => (typeof key === 'symbol' ? String(key) : key))],
    msg: message,
  }));
}
