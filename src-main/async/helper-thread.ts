import { parentPort, type Transferable, Worker } from 'node:worker_threads';
import { AppError } from '../../src-shared/errors';
import type { Clock } from '../clock/clock';

// A thread that has nothing to do holds megabytes for nothing.
const IDLE_MS = 30_000;

type Asked<Question> = { readonly id: number; readonly question: Question };
type Answered<Answer> = { readonly id: number; readonly answer: Answer };
type Waiting<Answer> = {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
};

/** A thread that answers questions in order, so that main goes on meanwhile. It is there only while it is needed. */
export class HelperThread<Question, Answer> {
  readonly #program: string;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #waiting = new Map<number, Waiting<Answer>>();
  #thread: Worker | null = null;
  #lastId = 0;
  #callOffEnd: () => void = () => undefined;

  /** @param program the thread's script, built; it calls `answerQuestions` */
  constructor(program: string, clock: Pick<Clock, 'after'>) {
    this.#program = program;
    this.#clock = clock;
  }

  /** @param moved memory that goes over to the thread, and is of no use here afterwards @throws Error where the thread fails */
  ask(question: Question, moved: readonly Transferable[] = []): Promise<Answer> {
    const id = ++this.#lastId;
    this.#callOffEnd();
    this.#thread ??= this.#start();
    const message: Asked<Question> = { id, question };
    this.#thread.postMessage(message, moved);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  close(): void {
    this.#end(new AppError('cancelled', 'The app is closing.'));
  }

  #start(): Worker {
    const thread = new Worker(this.#program);
    thread.on('message', ({ id, answer }: Answered<Answer>) => {
      this.#waiting.get(id)?.resolve(answer);
      this.#waiting.delete(id);
      if (this.#waiting.size > 0) return;
      this.#callOffEnd();
      this.#callOffEnd = this.#clock.after(IDLE_MS, () => this.#end(new Error('idle')));
    });
    thread.on('error', (error) => this.#thread === thread && this.#end(error));
    thread.on('exit', (code) => this.#thread === thread && this.#end(new Error(`it ended with ${code}`)));
    return thread;
  }

  #end(why: Error): void {
    this.#callOffEnd();
    void this.#thread?.terminate();
    this.#thread = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(why);
  }
}

/**
 * In the thread's program: answers whatever is asked.
 * @param movedOf memory of an answer that goes over to main
 */
export function answerQuestions<Question, Answer>(
  answerTo: (question: Question) => Answer,
  movedOf: (answer: Answer) => readonly Transferable[] = () => [],
): void {
  parentPort?.on('message', ({ id, question }: Asked<Question>) => {
    const message: Answered<Answer> = { id, answer: answerTo(question) };
    parentPort?.postMessage(message, movedOf(message.answer));
  });
}
