// Every control that is tried by taking it out: where it stands, what takes its place, and the tests that must notice.
// `from` stands in its file exactly once.

const FAUCET = 'src-main/chain/faucet.test.ts';
const NODE = 'src-main/chain/node-client.test.ts';
const HTTP = 'src-main/chain/http-text.test.ts';
const SEALED = 'src-main/keys/sealed-key.test.ts';
const VAULT = 'src-main/keys/file-vault.test.ts';
const VERIFIER = 'src-main/chain/block-verifier.test.ts';
const BLOCK = 'src-shared/chain/verify-block.test.ts';
const FOLLOWER = 'src-main/chain/head-follower.test.ts';
const HANDLE = 'src-main/ipc/handle.test.ts';
const HEADERS = 'src-main/app/content-security.test.ts';
const LOG = 'src-main/diagnostics/log.test.ts';
const CEILING = 'src-main/submissions/fee-ceiling.test.ts';
const JOURNAL = 'src-main/submissions/journal.test.ts';
const SUBMISSIONS = 'e2e/integration/submissions.test.ts';

const FIGURES = 'e2e/integration/figures.test.ts';
const HANDS = 'src-main/app/hands.test.ts';
const INSTALLER = 'src-main/updates/installer.test.ts';
const UPDATES = 'src-main/updates/updates.test.ts';
// A run of the simulator stands for a test: it breaks off at the first invariant that does not hold.
const SIMULATION = ['simulate --blocks 2000 --seed 1'];

const control = (name, file, from, to, ...tests) => ({ name, file, from, to, tests });
const header = (line) =>
  control(`header without ${line}`, 'src-main/app/content-security.ts', `  ${line},\n`, '', HEADERS);

export const CONTROLS = [
  control(
    'figures by any name',
    'src-main/metrics/metrics-server.ts',
    'if (!isLoopback(hostOf(headers.host)))',
    'if (isLoopback(hostOf(headers.host)) && false)',
    FIGURES,
  ),
  control(
    'figures for pages',
    'src-main/metrics/metrics-server.ts',
    'if (headers.origin !== undefined)',
    'if (headers.origin === "")',
    FIGURES,
  ),
  control(
    'figures on every address',
    'src-main/metrics/metrics-server.ts',
    "const HOST = '127.0.0.1';",
    "const HOST = '0.0.0.0';",
    FIGURES,
  ),
  control(
    'a secret that others can read',
    'src-main/app/read-input.ts',
    'const FOR_OTHERS = 0o077;',
    'const FOR_OTHERS = 0;',
    HANDS,
  ),
  control(
    'faucet on another machine',
    'src-main/chain/faucet.ts',
    'return this.#loopback && this.#head()',
    'return this.#head()',
    FAUCET,
  ),
  control(
    'faucet on another network',
    'src-main/chain/faucet.ts',
    'this.#head().binding?.chapter.chainId === NETWORKS.devnet.chainId',
    'this.#head().binding !== null',
    FAUCET,
  ),
  control(
    'a redirect is an answer',
    'src-main/chain/http-text.ts',
    '    refuseRedirect(answer, origin);\n',
    '',
    HTTP,
  ),
  control(
    'no end to a request',
    'src-main/chain/http-text.ts',
    'const TIMEOUT_MS = 10_000;',
    'const TIMEOUT_MS = 3_600_000;',
    HTTP,
  ),
  control(
    'any balance',
    'src-main/chain/node-client.ts',
    'balanceSchema = z.object({ balance: decimal,',
    'balanceSchema = z.object({ balance: z.string(),',
    NODE,
  ),
  control(
    'any nonce',
    'src-main/chain/node-client.ts',
    'nonceSchema = z.object({ nonce: count })',
    'nonceSchema = z.object({ nonce: z.number() })',
    NODE,
  ),
  control(
    'any hash of the tip',
    'src-main/chain/node-client.ts',
    '  last_hash: hash,\n',
    '  last_hash: z.string(),\n',
    NODE,
  ),
  control(
    'http: to any machine',
    'src-main/mining/allowed-node-url.ts',
    'if (!insecure ||',
    'if (insecure || !insecure ||',
    'e2e/integration/handlers.test.ts',
  ),
  control(
    'a cheaper scrypt than the file states',
    'src-main/keys/sealed-key.ts',
    '{ ...SCRYPT, maxmem',
    '{ ...SCRYPT, N: 2 ** 10, maxmem',
    SEALED,
  ),
  control(
    'one salt for all',
    'src-main/keys/sealed-key.ts',
    'return bytesToHex(randomBytes(SALT_BYTES));',
    `return '00'.repeat(SALT_BYTES);`,
    SEALED,
  ),
  control(
    'one nonce for all',
    'src-main/keys/sealed-key.ts',
    'const nonce = randomBytes(NONCE_BYTES);',
    'const nonce = new Uint8Array(NONCE_BYTES);',
    SEALED,
  ),
  control(
    'the address not sealed in',
    'src-main/keys/sealed-key.ts',
    'xchacha20poly1305(derived, hexToBytes(nonce), utf8ToBytes(address)).decrypt',
    'xchacha20poly1305(derived, hexToBytes(nonce)).decrypt',
    SEALED,
  ),
  control(
    'key files for everybody',
    'src-main/keys/file-vault.ts',
    'await writeFileAtomic(path, text, 0o600);',
    'await writeFileAtomic(path, text, 0o644);',
    VAULT,
  ),
  control(
    'key folder for everybody',
    'src-main/keys/file-vault.ts',
    '{ recursive: true, mode: 0o700 }',
    '{ recursive: true, mode: 0o755 }',
    VAULT,
  ),
  control(
    'senders not looked at',
    'src-main/chain/block-verifier.ts',
    'withTxSignatures(verification, valid)',
    'verification',
    VERIFIER,
  ),
  control(
    'a signature by anybody',
    'src-shared/chain/transaction.ts',
    'return isSendersKey(signing) && verifyHash',
    'return verifyHash',
    VERIFIER,
  ),
  control(
    'gas over its limit',
    'src-shared/chain/verify-block.ts',
    'ok: fits && gas === header.gasUsed',
    'ok: gas === header.gasUsed',
    BLOCK,
  ),
  control(
    'any timestamp',
    'src-shared/chain/verify-block.ts',
    `compare('timestamp', slot?.toString(), header.timestamp.toString())`,
    `compare('timestamp', undefined, header.timestamp.toString())`,
    BLOCK,
  ),
  control(
    'a link not looked at in catching up',
    'src-main/chain/head-follower.ts',
    'if (follows && block.header.prevHash !== before.hash)',
    'if (follows && block.header.prevHash === undefined)',
    FOLLOWER,
  ),
  control(
    'slots not handed to the check',
    'src-main/chain/head-follower.ts',
    '        ...(slots === undefined ? {} : { slots }),\n',
    '',
    FOLLOWER,
  ),
  control(
    'the hash that the node says not handed to the check',
    'src-main/chain/head-follower.ts',
    '        ...(lastHash === null ? {} : { expectedHash: lastHash }),\n',
    '',
    FOLLOWER,
  ),
  control(
    'block 0 not checked where a chain is bound',
    'src-main/chain/chain-binding.ts',
    'if (ok) return { network, hash };',
    'if (ok || !ok) return { network, hash };',
    'src-main/chain/chain-binding.test.ts',
  ),
  control('secrets in the log', 'src-main/diagnostics/log.ts', 'redact(String(part))', 'String(part)', LOG),
  control(
    'a log without end',
    'src-main/diagnostics/log.ts',
    'const FILE_BYTES = 10 << 20;',
    'const FILE_BYTES = 10 << 25;',
    LOG,
  ),
  control('ipc from any frame', 'src-main/ipc/handle.ts', 'frame?.isMain === true', 'frame != null', HANDLE),
  control('ipc for any role', 'src-main/ipc/handle.ts', 'role === entry.role && ', '', HANDLE),
  control(
    'ipc from any origin',
    'src-main/ipc/handle.ts',
    ' && frame.origin === origins[entry.role]',
    '',
    HANDLE,
  ),
  control(
    'ipc of any shape',
    'src-main/ipc/handle.ts',
    'if (!request.success) throw invalid(channel);\n  return request.data;',
    'return payload as never;',
    HANDLE,
  ),
  control(
    'a link that leads out of the app',
    'src-main/app/asset-path.ts',
    'realPath(join(root, path))',
    'join(root, path)',
    'src-main/app/asset-path.test.ts',
  ),
  control(
    'one account, two at once',
    'src-main/async/lock.ts',
    'this.#last.then(work, work)',
    'work()',
    SUBMISSIONS,
    'e2e/integration/wallet.test.ts',
  ),
  control(
    'a nonce equal to that of a live task supersedes it',
    'src-main/submissions/reconciler.ts',
    'nonce > task.accountNonce',
    'nonce >= task.accountNonce',
    'src-main/submissions/reconciler.test.ts',
  ),
  control(
    'a ceiling that is passed by one',
    'src-main/submissions/fee-ceiling.ts',
    'if (spent + feeUnits <= ceiling) return null;',
    'if (spent <= ceiling) return null;',
    CEILING,
  ),
  control(
    'what is sent waits for no disk',
    'src-main/submissions/journal.ts',
    `const flush = FOUND_AGAIN.has(to) ? 'unflushed' : 'flushed';`,
    `const flush = 'unflushed';`,
    JOURNAL,
  ),
  control(
    'evidence is always good',
    'src-main/submissions/prove.ts',
    'ok: checks.every(({ ok }) => ok !== false)',
    'ok: true',
    'src-main/submissions/prove.test.ts',
  ),
  control(
    'update signed by anybody',
    'src-main/updates/envelope.ts',
    '  if (isSigned) return payload;',
    '  return payload;',
    INSTALLER,
  ),
  control(
    'update of another channel',
    'src-main/updates/release.ts',
    'if (release.data.channel !== channel)',
    'if (channel === undefined)',
    INSTALLER,
  ),
  control(
    'update by any name',
    'src-main/updates/release.ts',
    String.raw`/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/`,
    '/./',
    INSTALLER,
  ),
  control(
    'update of any size',
    'src-main/updates/release.ts',
    ".max(MOST_BYTES, 'a file is too large')",
    '',
    INSTALLER,
  ),
  control(
    'update led on to http',
    'src-main/updates/fetch-update.ts',
    'if (next !== null && isSafe(next, from)) return next;',
    'if (next !== null) return next;',
    INSTALLER,
  ),
  control(
    'update longer than signed',
    'src-main/updates/fetch-update.ts',
    'if (got > bytes)',
    'if (got < 0)',
    INSTALLER,
  ),
  control(
    'update not looked at again before it is installed',
    'src-main/updates/installer.ts',
    '      await checkFile(downloaded.path, downloaded.file);\n',
    '',
    INSTALLER,
  ),
  control(
    'AppImage of another program',
    'src-main/updates/package-kind.ts',
    'realpathSync(executable).startsWith(realpathSync(APPDIR) + sep) ? APPIMAGE : null',
    'APPIMAGE',
    'src-main/updates/package-kind.test.ts',
  ),
  control(
    'older version than was offered before',
    'src-main/updates/updates.ts',
    '      if (found !== null) this.#refuseOlder(found);\n',
    '',
    UPDATES,
  ),
  control(
    'update in the midst of work',
    'src-main/updates/updates.ts',
    "if (this.#doing !== 'finishing' || this.#parts.work.isGoing) return;",
    "if (this.#doing !== 'finishing') return;",
    UPDATES,
  ),
  control(
    'updates looked for unasked',
    'src-main/updates/updates.ts',
    "this.#parts.openInstaller !== null && this.#parts.settings.current.updates !== 'off'",
    'this.#parts.openInstaller !== null',
    UPDATES,
  ),
  control(
    'a node that is behind its chain is mined on',
    'src-main/chain/node-time.ts',
    'return slots > MOST_SLOTS_BEHIND ? slots : 0;',
    'return 0;',
    ...SIMULATION,
  ),
  control(
    'ages by the wall clock, however it is set',
    'src-main/clock/wall-jumps.ts',
    'return Math.max(0, this.#clock.monotonic() - moment);',
    'return Math.max(0, this.#clock.now() - storedMs);',
    ...SIMULATION,
  ),
  control(
    'events shorten the wait after a failure',
    'src-main/chain/head-follower.ts',
    'if (error !== null || height <=',
    'if (height <=',
    ...SIMULATION,
  ),
  control(
    'an event during a look shortens the wait after its failure',
    'src-main/chain/head-follower.ts',
    'if (this.#isLooking) this.#hintedMeanwhile = true;\n    else wake.fire();',
    'wake.fire();',
    ...SIMULATION,
  ),
  control(
    'each event brings a look',
    'src-main/chain/head-follower.ts',
    '    if (this.#hintedAt === tip && now - this.#hintedMs < this.#blockTimeMs) return;\n',
    '',
    ...SIMULATION,
  ),
  ...[
    `"default-src 'none'"`,
    `"connect-src 'none'"`,
    `"base-uri 'none'"`,
    `"form-action 'none'"`,
    `"frame-ancestors 'none'"`,
    `"object-src 'none'"`,
    `  'cross-origin-opener-policy': 'same-origin'`,
    `  'cross-origin-embedder-policy': 'require-corp'`,
    `  'cross-origin-resource-policy': 'same-origin'`,
    `  'x-content-type-options': 'nosniff'`,
    `  'referrer-policy': 'no-referrer'`,
    `  'cache-control': 'no-store'`,
  ].map(header),
];
