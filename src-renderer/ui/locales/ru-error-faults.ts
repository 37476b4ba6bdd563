import type { enErrorFaults } from './en-error-faults';

/** The same in Russian. */
export const ruErrorFaults: Record<keyof typeof enErrorFaults, string> = {
  invalid_address_empty: 'Введите или вставьте адрес. Он начинается с {{prefix}}.',
  invalid_address_mixed_case: 'В адресе смешаны строчные и прописные буквы: какие-то из них не те.',
  invalid_address_no_prefix: 'Это не адрес: он начинается с {{prefix}}.',
  invalid_address_prefix:
    'Это адрес другого рода: тот, на который можно отправить CPC, начинается с {{prefix}}.',
  invalid_address_character:
    'В адресе есть знак, которого в адресах не бывает, например b, i, o или знак препинания: опечатка.',
  invalid_address_length: 'Адрес слишком короткий или слишком длинный: части не хватает или есть лишнее.',
  invalid_address_checksum:
    'В адресе опечатка: его контрольная сумма не сходится. Скопируйте его заново там, откуда он взят.',
  invalid_address_padding: 'Этот адрес составлен неверно: таких последних знаков у адресов не бывает.',
  invalid_address_own:
    'Это тот самый адрес, с которого отправляют: перевод самому себе стоит комиссии и ничего не меняет.',
  invalid_amount_empty: 'Введите сумму в CPC, например 1,5.',
  invalid_amount_too_long: 'Слишком длинно для суммы.',
  invalid_amount_negative: 'Сумма не может быть меньше нуля.',
  invalid_amount_exponent: 'Запишите сумму цифрами, без показателя степени.',
  invalid_amount_comma:
    'Запятая отделяет дробную часть или тысячи? Поставьте точку перед дробной частью и больше никаких знаков.',
  invalid_amount_not_an_amount:
    'Это не сумма: нужны цифры и не больше одного знака дробной части, например 1,5.',
  invalid_amount_decimals: 'У CPC не больше 18 знаков после запятой, а здесь больше.',
  invalid_amount_zero: 'Отправлять нечего: сумма равна нулю.',
};
