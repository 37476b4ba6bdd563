/**
 * The schema's steps; step n takes `user_version` from n to n + 1. A step, once released, is never edited.
 * What a column means today is said where it is used: a chapter, for one, belongs to a chain and no longer to a node.
 * Amounts are decimal text (they outgrow 64 bits); times are ms since the epoch; hashes lower-case hex.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  -- A chapter is one chain as one node first showed it: chain id and hash of block 0.
  CREATE TABLE chapters (
    id INTEGER PRIMARY KEY,
    node TEXT NOT NULL,
    chain_id TEXT NOT NULL,
    genesis_hash TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
  ) STRICT;
  CREATE UNIQUE INDEX chapters_current ON chapters (node) WHERE ended_at IS NULL;

  CREATE TABLE tasks (
    id INTEGER PRIMARY KEY,
    chapter INTEGER NOT NULL REFERENCES chapters (id),
    account TEXT NOT NULL,
    task_id TEXT NOT NULL,
    block_height INTEGER NOT NULL,
    block_hash TEXT NOT NULL,
    task_nonce INTEGER NOT NULL,
    matrix_size INTEGER NOT NULL,
    state TEXT NOT NULL,
    engine TEXT,
    timings TEXT,
    result_hash TEXT,
    proof TEXT,
    fee_units TEXT,
    account_nonce TEXT,
    raw TEXT,
    tx_hash TEXT,
    sends INTEGER NOT NULL DEFAULT 0,
    last_sent_at INTEGER,
    confirmed_height INTEGER,
    confirmed_index INTEGER,
    evidence TEXT,
    reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (chapter, task_id)
  ) STRICT;
  -- At most one transaction that may be alive, or is in the chain, for each nonce.
  CREATE UNIQUE INDEX tasks_nonce ON tasks (chapter, account, account_nonce)
    WHERE state IN ('reserved', 'signed', 'sent', 'in_pool', 'confirmed', 'proved');
  CREATE UNIQUE INDEX tasks_tx ON tasks (chapter, tx_hash) WHERE tx_hash IS NOT NULL;
  CREATE INDEX tasks_live ON tasks (chapter, state)
    WHERE state NOT IN ('proved', 'rejected', 'expired', 'superseded', 'abandoned');
  CREATE INDEX tasks_time ON tasks (created_at);

  CREATE TABLE task_history (
    task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX task_history_task ON task_history (task);
  `,
  `
  -- What is known of an adapter, by its name, its driver and the app's version: another of these is measured anew.
  CREATE TABLE kernel_choices (
    adapter TEXT NOT NULL,
    size_class TEXT NOT NULL,
    choice TEXT NOT NULL,
    PRIMARY KEY (adapter, size_class)
  ) STRICT;
  CREATE TABLE self_check_failures (
    adapter TEXT NOT NULL,
    at INTEGER NOT NULL,
    matrix_size INTEGER NOT NULL,
    why TEXT NOT NULL
  ) STRICT;
  CREATE INDEX self_check_failures_time ON self_check_failures (adapter, at);
  -- What happened since midnight is counted for each snapshot.
  CREATE INDEX task_history_time ON task_history (at, state, task);
  -- The newest block that a chapter's tasks have been held against, all since covered_from included.
  ALTER TABLE chapters ADD COLUMN followed_height INTEGER;
  ALTER TABLE chapters ADD COLUMN followed_hash TEXT;
  ALTER TABLE chapters ADD COLUMN covered_from INTEGER;
  -- The journal grows to 100 000 tasks: what is asked at every block is asked of one of these.
  CREATE INDEX tasks_hash ON tasks (tx_hash) WHERE tx_hash IS NOT NULL;
  CREATE INDEX tasks_in_blocks ON tasks (chapter, confirmed_height) WHERE state IN ('confirmed', 'proved');
  CREATE INDEX tasks_of_account_in_blocks ON tasks (chapter, account) WHERE state IN ('confirmed', 'proved');
  CREATE INDEX tasks_superseded ON tasks (chapter, block_height) WHERE state = 'superseded';
  CREATE INDEX tasks_given_up ON tasks (chapter) WHERE state = 'abandoned' AND sends > 0;
  CREATE TABLE quarantines (adapter TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
  `,
  `
  -- Rows that were damaged, whole, out of the way of those that read them: table, the row as JSON, what was wrong.
  -- Nothing goes by the time, which is for whoever looks.
  CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    content TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL DEFAULT (unixepoch() * 1000)
  ) STRICT;
  -- What has to be known of a task whose row was set aside, as far as it could be read.
  CREATE TABLE lost_tasks (
    chapter INTEGER NOT NULL,
    account TEXT NOT NULL,
    task_id TEXT NOT NULL,
    block_hash TEXT NOT NULL,
    task_nonce INTEGER NOT NULL,
    tx_hash TEXT,
    account_nonce TEXT,
    fee_units TEXT,
    signed_at INTEGER,
    holds_nonce INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX lost_tasks_chapter ON lost_tasks (chapter);
  CREATE INDEX lost_tasks_signed ON lost_tasks (signed_at);
  `,
  `
  -- A validator's jobs, known by its address and its own name for each: kept before they are computed, answers before
  -- they are sent. The payload is as it travels, until it is answered; the answer is the frame's very text.
  CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    validator TEXT NOT NULL,
    job_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    account TEXT NOT NULL,
    challenge TEXT NOT NULL,
    shape TEXT NOT NULL,
    matrix_size INTEGER NOT NULL,
    payload TEXT,
    state TEXT NOT NULL,
    answer TEXT,
    result_hash TEXT,
    proof TEXT,
    engine TEXT,
    compute_ms REAL,
    error TEXT,
    -- 1 while the result is still to be handed to the journal, for the chain.
    to_submit INTEGER,
    received_at INTEGER NOT NULL,
    answered_at INTEGER,
    delivered_at INTEGER,
    UNIQUE (validator, job_id)
  ) STRICT;
  CREATE INDEX jobs_state ON jobs (validator, state, id);
  CREATE INDEX jobs_to_submit ON jobs (id) WHERE to_submit = 1;
  -- The job that a task's result is of; NULL for the chain's own.
  ALTER TABLE tasks ADD COLUMN job INTEGER;
  `,
  `
  -- It is in the answer.
  ALTER TABLE jobs DROP COLUMN proof;
  `,
  `
  -- What the miner did, a row a minute and a row an hour; none where it did not run. Times are of a row's beginning.
  CREATE TABLE history_minutes (
    at INTEGER PRIMARY KEY,
    ran_ms REAL NOT NULL,
    busy_ms REAL NOT NULL,
    product_ms REAL NOT NULL,
    operations REAL NOT NULL,
    temperature_c REAL,
    power_w REAL
  ) STRICT;
  CREATE TABLE history_hours (
    at INTEGER PRIMARY KEY,
    ran_ms REAL NOT NULL,
    busy_ms REAL NOT NULL,
    product_ms REAL NOT NULL,
    operations REAL NOT NULL,
    temperature_c REAL,
    power_w REAL
  ) STRICT;
  -- Results by day of the local calendar, as the number 20261126: they stay when their tasks are pruned.
  CREATE TABLE history_days (
    day INTEGER PRIMARY KEY,
    computed INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    proved INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- 1 for what a person sent themselves; a transfer has its recipient and amount, and no result.
  ALTER TABLE tasks ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE tasks ADD COLUMN recipient TEXT;
  ALTER TABLE tasks ADD COLUMN amount_units TEXT;
  CREATE INDEX tasks_transfers ON tasks (id) WHERE recipient IS NOT NULL;

  -- What the verified blocks did to an account: from which block on it is known, with the sums of the older ones up to
  -- folded_height, and a row for each newer block that has something of it.
  CREATE TABLE account_totals (
    chapter INTEGER NOT NULL,
    account TEXT NOT NULL,
    since_height INTEGER NOT NULL,
    folded_height INTEGER NOT NULL,
    received_units TEXT NOT NULL,
    sent_units TEXT NOT NULL,
    fee_units TEXT NOT NULL,
    PRIMARY KEY (chapter, account)
  ) STRICT;
  CREATE TABLE account_blocks (
    chapter INTEGER NOT NULL,
    account TEXT NOT NULL,
    height INTEGER NOT NULL,
    received_units TEXT NOT NULL,
    sent_units TEXT NOT NULL,
    fee_units TEXT NOT NULL,
    PRIMARY KEY (chapter, account, height)
  ) STRICT;
  CREATE TABLE account_transfers (
    chapter INTEGER NOT NULL,
    account TEXT NOT NULL,
    height INTEGER NOT NULL,
    tx_index INTEGER NOT NULL,
    tx_hash TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    amount_units TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (chapter, account, height, tx_index)
  ) STRICT;
  `,
  `
  -- A search looks at every task: without the bytes and proofs that lie between these columns.
  CREATE INDEX tasks_searched ON tasks (task_id, tx_hash, result_hash, block_hash, block_height, recipient)
    WHERE recipient IS NULL;
  `,
  `
  -- What was signed for a task other than the transaction that it has now: where the chain goes back, a block may hold it yet.
  CREATE TABLE other_transactions (
    task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    tx_hash TEXT NOT NULL,
    account_nonce TEXT NOT NULL,
    fee_units TEXT,
    raw TEXT NOT NULL,
    PRIMARY KEY (tx_hash, task)
  ) STRICT;
  CREATE INDEX other_transactions_task ON other_transactions (task);
  `,
];
