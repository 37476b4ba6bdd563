import type { ServerResponse } from 'node:http';
import { type JsonValue, stringifyJson } from '../../src-shared/chain/json';
import { toJson, type Wire } from './wire';

/** What a route answers. */
export type Answer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const JSON_TYPE = 'application/json';

export function ok(value: Wire): Answer {
  return jsonAnswer(200, toJson(value));
}

/** 200 with JSON that is text already. */
export function okText(body: string, contentType = JSON_TYPE): Answer {
  return { status: 200, contentType, body };
}

export function jsonAnswer(
  status: number,
  value: JsonValue,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, contentType: JSON_TYPE, body: stringifyJson(value), headers };
}

/** FastAPI's way with errors: `{"detail": …}`. */
export function detail(
  status: number,
  what: JsonValue,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return jsonAnswer(status, { detail: what }, headers);
}

export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...headers,
    ...answer.headers,
    'Content-Type': answer.contentType,
    'Content-Length': body.length,
  });
  response.end(body);
}
