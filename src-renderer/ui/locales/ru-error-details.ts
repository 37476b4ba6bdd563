import type { enErrorDetails } from './en-error-details';

/** Подробные фразы для ошибок, которые называют, о чём они. */
export const ruErrorDetails: Record<keyof typeof enErrorDetails, string> = {
  node_unreachable: 'Узел недоступен: по адресу {{url}} никто не отвечает.',
  node_name_unknown: 'Имя из {{url}} никому не известно: в нём ошибка, или нет сети ({{detail}}).',
  node_no_route: 'Отсюда до {{url}} не дойти: сети нет, или что-то мешает по пути ({{detail}}).',
  node_connection_lost: 'Связь с {{url}} оборвалась раньше ответа ({{detail}}).',
  node_tls_failed:
    '{{url}} не говорит по https:// ({{detail}}). Возможно, адрес должен начинаться с http://.',
  node_certificate_expired:
    'Сертификат {{url}} сегодня не действует: он истёк, или часы этого компьютера неверны.',
  node_certificate_wrong_host: '{{url}} показывает сертификат другого сервера. Проверьте адрес.',
  node_certificate_untrusted: 'Сертификат {{url}} выдан тем, кому этот компьютер не доверяет ({{detail}}).',
  node_redirects: '{{url}} перенаправляет на {{to}}, значит, это не узел.',
  node_web_page:
    'По адресу {{url}} отвечает веб-страница, а не узел: возможно, сеть сначала требует входа, или это адрес другого сервера.',
  node_busy: 'Узел {{url}} просит не спрашивать его ещё {{seconds}} с.',
  proxy_unreachable: 'Прокси {{proxy}} недоступен ({{detail}}).',
  proxy_refused: 'Прокси {{proxy}} не пропускает приложение к {{url}}.',
  proxy_invalid: 'В {{variable}} или ALL_PROXY указан неверный прокси. Нужен вид http://host:port.',
  node_timeout: 'Узел {{url}} не ответил за {{seconds}} с.',
  node_bad_answer: 'Ответ узла {{url}} не соответствует протоколу.',
  node_refused: 'Узел {{url}} отклонил запрос (HTTP {{status}}).',
  node_syncing:
    'Узел ещё догоняет цепочку: показывает блок {{height}}, отстаёт на {{behind}} бл. До тех пор ничего не вычисляется и не подписывается.',
  node_stalled: 'Узел отвечает, но нового блока нет уже {{seconds}} с.',
  block_invalid: 'Узел отдал блок {{height}}, который не проходит проверку на этом компьютере: {{failed}}.',
  invalid_block: 'Результат нельзя доказать по его блоку: на этом компьютере не проходит {{failed}}.',
  not_found: 'У узла нет блока {{height}}.',
  tx_rejected: 'Транзакция не попала в блок: {{word}}.',
  tx_gas_price_too_low: 'Узел требует более высокую цену газа: {{word}}.',
  task_already_done:
    'В блоке {{height}} уже есть результат этой задачи от этого ключа: его отправила другая программа. Второй стоил бы только ещё одной комиссии.',
  profile_unreadable: '{{path}} на месте, но прочитать его нельзя ({{detail}}). Ничего взамен не создаётся.',
  database_busy:
    '{{path}} держит другая программа, например резервное копирование или антивирус. Попытка повторится.',
  disk_failed: 'Диск, на котором {{path}}, отвечает ошибками или отключён ({{detail}}).',
  insufficient_balance: 'Баланса {{balance}} не хватает на комиссию за один результат, {{fee}}.',
  fee_ceiling_reached: 'Комиссии за последний час, {{spent}}, и ещё одна, {{fee}}, выше предела {{ceiling}}.',
  invalid_matrix_size: 'Размеру {{value}} нужно {{needed}} байт памяти, доступно не больше {{limit}}.',
  compute_timeout: 'Вычисление шло больше {{seconds}} с и было остановлено.',
  compute_cancelled: 'Блок задачи отстал от последнего на {{behind}}: отправлять поздно.',
  disk_full: 'На диске нет места, записать {{path}} нельзя.',
  profile_unwritable: 'В папку приложения нельзя записывать: {{path}}.',
};
