import type { Database } from './database';
import { inTransaction } from './database';

/** One chain as one node showed it first; tasks belong to a chapter. */
export type Chapter = {
  readonly id: number;
  /** The node's URL, or `built-in`. */
  readonly node: string;
  readonly chainId: string;
  readonly genesisHash: string;
};

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
      'SELECT id, node, chain_id, genesis_hash FROM chapters WHERE node = ? AND ended_at IS NULL',
      node,
    ) as Row | undefined;
    return row === undefined
      ? null
      : { id: row.id, node: row.node, chainId: row.chain_id, genesisHash: row.genesis_hash };
  }

  /** Ends a node's chapter, if it has one, and starts the next; tasks of the old one stay where they are. */
  begin(node: string, chainId: string, genesisHash: string, now: number): Chapter {
    return inTransaction(this.#database, () => {
      this.#database.run('UPDATE chapters SET ended_at = ? WHERE node = ? AND ended_at IS NULL', now, node);
      const { lastInsertRowid } = this.#database.run(
        'INSERT INTO chapters (node, chain_id, genesis_hash, started_at) VALUES (?, ?, ?, ?)',
        node,
        chainId,
        genesisHash,
        now,
      );
      return { id: Number(lastInsertRowid), node, chainId, genesisHash };
    });
  }
}
