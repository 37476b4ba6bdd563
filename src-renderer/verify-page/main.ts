import { toErrorReport } from '../../src-shared/errors';
import type { Inclusion } from '../../src-shared/ipc/task-row';
import { LONGEST_RECEIPT, parseReceipt } from '../../src-shared/receipt/receipt';
import {
  type ReceiptCheck,
  type ReceiptVerdict,
  verifyReceipt,
} from '../../src-shared/receipt/verify-receipt';
import { textsFor } from './texts';

// A page by itself (docs/verify.html): no part of the app, no network, nothing but one file that a person gives it.
const texts = textsFor(navigator.language);
document.documentElement.lang = texts === textsFor('ru') ? 'ru' : 'en';
document.title = texts.title;
for (const id of ['title', 'intro', 'choose', 'limits'] as const) byId(id).textContent = texts[id];

const drop = byId('drop');
const input = byId('file') as HTMLInputElement;
input.addEventListener('change', () => void judge(input.files?.[0]));
// Else the browser leaves for the file that is dropped beside the field.
for (const event of ['dragover', 'drop'])
  window.addEventListener(event, (dragged) => dragged.preventDefault());
drop.addEventListener('dragover', () => drop.classList.add('over'));
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', ({ dataTransfer }) => {
  drop.classList.remove('over');
  void judge(dataTransfer?.files[0]);
});

async function judge(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  try {
    // Read no further than a receipt can go.
    show(verifyReceipt(parseReceipt(await file.slice(0, LONGEST_RECEIPT + 1).text())));
  } catch (error) {
    byId('outcome').replaceChildren(
      element('h2', texts.noReceipt, 'bad'),
      element('p', toErrorReport(error).message),
    );
  }
}

function show({ ok, checks, height, chainId, blockHash, txHash, inclusion }: ReceiptVerdict): void {
  const list = document.createElement('dl');
  for (const check of checks) list.append(...rows(check));
  byId('outcome').replaceChildren(
    element('h2', ok ? texts.holds : texts.fails, ok ? 'good' : 'bad'),
    facts(
      [texts.block(height, chainId), blockHash],
      ...(txHash === null ? [] : [[texts.transaction, txHash] as const]),
    ),
    list,
    ...(inclusion === null ? [] : [element('h3', texts.path), drawnPath(inclusion)]),
  );
}

/** The way from the result's leaf up to compute_root, drawn as in the app's trail. */
function drawnPath({ leafIndex, leafHash, path, root }: Inclusion): HTMLElement {
  const list = document.createElement('ol');
  list.append(
    pathItem('node', texts.leaf(leafIndex), leafHash),
    ...(path.length === 0 ? [element('li', texts.onlyLeaf)] : []),
    ...path.map(({ side, hash }, index) =>
      pathItem(side, `${texts.step(index + 1)} · ${texts.sibling[side]}`, hash),
    ),
    pathItem('node', 'compute_root', root),
  );
  return list;
}

function pathItem(kind: 'node' | 'left' | 'right', name: string, hash: string): HTMLElement {
  const item = element('li', name, kind);
  const code = document.createElement('code');
  code.textContent = hash;
  item.append(' ', code);
  return item;
}

function facts(...pairs: (readonly [name: string, value: string])[]): HTMLElement {
  const list = document.createElement('dl');
  for (const [name, value] of pairs) list.append(element('dt', name), element('dd', value));
  return list;
}

function rows({ name, ok, detail }: ReceiptCheck): HTMLElement[] {
  const mark = ok === 'not_checked' ? '–' : ok ? '✓' : '✗';
  const title = element(
    'dt',
    `${mark} ${texts.checks[name]}`,
    ok === false ? 'bad' : ok === true ? 'good' : '',
  );
  if (ok === 'not_checked') title.append(` (${texts.notChecked})`);
  title.dataset.check = name;
  title.dataset.ok = String(ok);
  return [title, element('dd', detail)];
}

function element(name: 'h2' | 'h3' | 'p' | 'dt' | 'dd' | 'li', text: string, className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no #${id}`);
  return found;
}
