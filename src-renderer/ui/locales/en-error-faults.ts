/** What exactly is wrong with something that was typed: the code, and the fault that its report names. */
export const enErrorFaults = {
  invalid_address_empty: 'Type the address, or paste it. It starts with {{prefix}}.',
  invalid_address_mixed_case: 'The address mixes small and capital letters: one of them is wrong.',
  invalid_address_no_prefix: 'This is no address: one starts with {{prefix}}.',
  invalid_address_prefix:
    'This is an address of another kind: one that CPC can be sent to starts with {{prefix}}.',
  invalid_address_character:
    'The address has a character that addresses never have, such as b, i, o or a sign: a typing mistake.',
  invalid_address_length:
    'The address is too short or too long: a part of it is missing, or there is too much.',
  invalid_address_checksum:
    'The address has a typing mistake: its checksum does not match. Copy it anew from where it comes from.',
  invalid_address_padding: 'This address was not made right: its last characters can’t be those of any.',
  invalid_address_own:
    'This is the address that it would come from: sending to oneself costs a fee and changes nothing.',
  invalid_amount_empty: 'Type how much, in CPC, such as 1.5.',
  invalid_amount_too_long: 'This is too long to be an amount.',
  invalid_amount_negative: 'An amount can’t be below zero.',
  invalid_amount_exponent: 'Write the amount out in digits, without an exponent.',
  invalid_amount_comma:
    'Is the comma a decimal mark, or for thousands? Write a point for decimals and no other marks.',
  invalid_amount_not_an_amount:
    'This is not an amount: use digits and at most one decimal mark, such as 1.5.',
  invalid_amount_decimals: 'CPC has at most 18 decimals, and this has more.',
  invalid_amount_zero: 'Nothing would be sent: the amount is zero.',
};
