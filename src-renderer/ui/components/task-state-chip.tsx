import {
  Ban,
  CircleCheckBig,
  CircleDashed,
  CircleX,
  Clock,
  Cpu,
  Hash,
  type LucideIcon,
  PackageCheck,
  PenLine,
  Send,
  Shuffle,
  Timer,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TaskState } from '../../../src-shared/ipc/task-state';

const LOOKS: Record<TaskState, { readonly icon: LucideIcon; readonly colour: string }> = {
  planned: { icon: CircleDashed, colour: 'text-muted' },
  computed: { icon: Cpu, colour: 'text-muted' },
  reserved: { icon: Hash, colour: 'text-muted' },
  signed: { icon: PenLine, colour: 'text-muted' },
  sent: { icon: Send, colour: 'text-muted' },
  in_pool: { icon: Clock, colour: 'text-muted' },
  confirmed: { icon: PackageCheck, colour: 'text-text' },
  proved: { icon: CircleCheckBig, colour: 'text-accent' },
  rejected: { icon: CircleX, colour: 'text-danger' },
  expired: { icon: Timer, colour: 'text-warning' },
  superseded: { icon: Shuffle, colour: 'text-warning' },
  abandoned: { icon: Ban, colour: 'text-warning' },
};

/** A task's state, told apart by shape as well as by colour. */
export function TaskStateChip({ state }: { readonly state: TaskState }) {
  const { t } = useTranslation();
  const { icon: Icon, colour } = LOOKS[state];
  return (
    <span className={`inline-flex items-center gap-1.5 align-middle whitespace-nowrap ${colour}`}>
      <Icon size={14} aria-hidden className="shrink-0" />
      {t(`taskState.${state}`)}
    </span>
  );
}
