import { parseArgs } from 'node:util';
import { bytesToHex } from '@noble/hashes/utils.js';
import { ALICE, FAUCET, resultPayload, signedBlock, transaction } from '../src-main/devnet/test-network';
import { loadVerifier } from '../src-main/signatures/load-verifier';
import { parseBlock } from '../src-shared/chain/block';
import { blockJson } from '../src-shared/chain/block-json';
import { parseJson, stringifyJson } from '../src-shared/chain/json';
import { type BlockExpectations, verifyBlock } from '../src-shared/chain/verify-block';
import { type Figure, figure } from './lib/figures';
import { interleave, type Probe } from './lib/interleave';
import { report } from './lib/report';

// What a proof that opens 8 rows of 1024 takes: 16 bytes and 8 paths of 10 hashes, in hex.
const PROOF_CHARACTERS = 2 * (16 + 8 * 10 * 32);
const ROUND_MS = 400;

/** `npm run bench -- verify [--json]`: blocks a second from their text to every check done. @returns the exit code */
async function main(args: string[]): Promise<number> {
  await loadVerifier();
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const probes = [0, 50, 500].flatMap((results) => {
    const text = blockText(results);
    return [probe(`${results}`, text, {}), probe(`${results} signed`, text, { checkTxSignatures: true })];
  });
  const samples = await interleave(probes, { rounds: 7, budgetMs: 60_000 });
  const rate = (name: string) => samples.median(`${name}.perSecond`);
  const figures: Figure[] = [0, 50, 500].flatMap((results) => [
    figure(
      `blocks of ${results} results verified, one core`,
      rate(`${results}`),
      'blocks/s',
      results === 50 ? { atLeast: 100 } : null,
    ),
    figure(
      `… each transaction's signature too`,
      rate(`${results} signed`),
      'blocks/s',
      results === 50 ? { atLeast: 60 } : null,
    ),
  ]);
  return report(figures, { json: values.json });
}

function probe(name: string, text: string, more: BlockExpectations): Probe {
  const expected = { expectedHeight: 7, proposerPublicKey: bytesToHex(FAUCET.publicKey), ...more };
  const run = async () => {
    const started = performance.now();
    let blocks = 0;
    for (; performance.now() - started < ROUND_MS; blocks++) {
      if (!verifyBlock(parseBlock(parseJson(text)), expected).ok)
        throw new Error('the block does not add up');
    }
    return { perSecond: (blocks * 1000) / (performance.now() - started) };
  };
  return { name, run };
}

/** A block with so many results, as a node serves it. */
function blockText(results: number): string {
  const txs = Array.from({ length: results }, (_, nonce) =>
    transaction(ALICE, nonce, {
      type: 'SUBMIT_RESULT',
      to: null,
      amount: 0n,
      payload: resultPayload(ALICE, { proof: 'a'.repeat(PROOF_CHARACTERS), signature: 'ab'.repeat(64) }),
    }),
  );
  return stringifyJson(blockJson(signedBlock(txs)));
}

process.exit(await main(process.argv.slice(2)));
