import { z } from 'zod';
import type { Database } from './database';
import { keepCopy, reasonOf } from './set-aside';
import { inTransaction } from './transaction';

/**
 * One chain, by chain id and block 0; tasks belong to a chapter. Every node of a chain has the same one, and a node that
 * comes back to a chain comes back to its chapter: else a result could be paid for once in each.
 */
export type Chapter = {
  readonly id: number;
  /** The node's URL, or `built-in`. */
  readonly node: string;
  readonly chainId: string;
  readonly genesisHash: string;
};

/** A block of a chapter, by height and hash. */
export type FollowedBlock = { readonly height: number; readonly hash: string };

/** The newest block that a chapter's tasks have been held against, and the first from which on none is left out. */
export type Followed = FollowedBlock & { readonly coveredFrom: number };

const height = z.number().int().min(0);
const followedSchema = z.object({ height, hash: z.string().regex(/^[0-9a-f]{64}$/), coveredFrom: height });

// Each row says which chain a node is bound to; the chain's first row is its chapter.
const FIRST_OF_CHAIN = `(SELECT MIN(id) FROM chapters first
  WHERE first.chain_id = one.chain_id AND first.genesis_hash = one.genesis_hash)`;

/** SQL for the chapters that a node is bound to now. */
export const CURRENT_CHAPTERS = `SELECT ${FIRST_OF_CHAIN} FROM chapters one WHERE one.ended_at IS NULL`;

type Row = { id: number; node: string; chain_id: string; genesis_hash: string };

/** Which chain each node is bound to: by chain id and block 0, from its first answer on. */
export class Chapters {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The chapter a node is bound to, or null before its first answer. */
  current(node: string): Chapter | null {
    const row = this.#database.get(
      `SELECT ${FIRST_OF_CHAIN} AS id, node, chain_id, genesis_hash FROM chapters one
       WHERE node = ? AND ended_at IS NULL`,
      node,
    ) as Row | undefined;
    return row === undefined
      ? null
      : { id: row.id, node: row.node, chainId: row.chain_id, genesisHash: row.genesis_hash };
  }

  /** The newest block that a chapter's tasks have been held against, or null. */
  followed(chapter: number): Followed | null {
    const row = this.#database.get(
      'SELECT followed_height AS height, followed_hash AS hash, covered_from AS coveredFrom FROM chapters WHERE id = ?',
      chapter,
    ) as Record<keyof Followed, unknown> | undefined;
    if (row === undefined || row.height === null || row.hash === null) return null;
    const followed = followedSchema.safeParse({ ...row, coveredFrom: row.coveredFrom ?? row.height });
    if (followed.success) return followed.data;
    // Without it the journal's own blocks tell where to go on from.
    inTransaction(this.#database, () => {
      keepCopy(this.#database, { table: 'chapters', rowid: chapter, reason: reasonOf(followed.error) });
      this.#database.run(
        'UPDATE chapters SET followed_height = NULL, followed_hash = NULL, covered_from = NULL WHERE id = ?',
        chapter,
      );
    });
    return null;
  }

  /**
   * Keeps how far a chapter has been followed, null for not at all; unflushed, as blocks are taken in again.
   * @throws AppError `disk_full`, `database_failed`
   */
  keepFollowed(chapter: number, followed: Followed | null): void {
    inTransaction(
      this.#database,
      () =>
        this.#database.run(
          'UPDATE chapters SET followed_height = ?, followed_hash = ?, covered_from = ? WHERE id = ?',
          followed?.height ?? null,
          followed?.hash ?? null,
          followed?.coveredFrom ?? null,
          chapter,
        ),
      'unflushed',
    );
  }

  /** Binds a node to a chain; tasks of the one it was bound to stay where they are. */
  begin(node: string, chainId: string, genesisHash: string, now: number): Chapter {
    return inTransaction(this.#database, () => {
      this.#database.run('UPDATE chapters SET ended_at = ? WHERE node = ? AND ended_at IS NULL', now, node);
      this.#database.run(
        'INSERT INTO chapters (node, chain_id, genesis_hash, started_at) VALUES (?, ?, ?, ?)',
        node,
        chainId,
        genesisHash,
        now,
      );
      const begun = this.current(node);
      if (begun === null) throw new Error(`the chapter of ${node} did not begin`);
      return begun;
    });
  }
}
