import type { enErrorDetails } from './en-error-details';

/** Подробные фразы для ошибок, которые называют, о чём они. */
export const ruErrorDetails: Record<keyof typeof enErrorDetails, string> = {
  node_unreachable: 'Узел недоступен: по адресу {{url}} никто не отвечает.',
  node_timeout: 'Узел {{url}} не ответил за {{seconds}} с.',
  node_bad_answer: 'Ответ узла {{url}} не соответствует протоколу.',
  node_refused: 'Узел {{url}} отклонил запрос (HTTP {{status}}).',
  node_stalled: 'Узел отвечает, но нового блока нет уже {{seconds}} с.',
  block_invalid: 'Узел отдал блок {{height}}, который не проходит проверку на этом компьютере: {{failed}}.',
  invalid_block: 'Результат нельзя доказать по его блоку: на этом компьютере не проходит {{failed}}.',
  not_found: 'У узла нет блока {{height}}.',
  tx_rejected: 'Транзакция не попала в блок: {{word}}.',
  tx_gas_price_too_low: 'Узел требует более высокую цену газа: {{word}}.',
  insufficient_balance: 'Баланса {{balance}} не хватает на комиссию за один результат, {{fee}}.',
  fee_ceiling_reached: 'Комиссии за последний час, {{spent}}, и ещё одна, {{fee}}, выше предела {{ceiling}}.',
  invalid_matrix_size: 'Размеру {{value}} нужно {{needed}} байт памяти, доступно не больше {{limit}}.',
  compute_timeout: 'Вычисление шло больше {{seconds}} с и было остановлено.',
  compute_cancelled: 'Блок задачи отстал от последнего на {{behind}}: отправлять поздно.',
  disk_full: 'На диске нет места, записать {{path}} нельзя.',
  profile_unwritable: 'В папку приложения нельзя записывать: {{path}}.',
};
