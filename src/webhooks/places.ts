import type { Places } from '../../generated/operations.ts'

/** Where resources have fields that are encrypted once more or hold JSON texts, by event. A test compares it with the spec. */
export const places: Readonly<Record<string, Places>> = {
  'BRAND_MEMBER_CARD_SP.USER_CARD.CREATE': {
    encrypted: [
      'phone_number',
      'user_information.common_field_list[].value',
      'user_information.custom_field_list[].user_chosen_values[]',
    ],
  },
  'BRAND_MEMBER_CARD_SP.USER_CARD.DELETE': {
    encrypted: [
      'phone_number',
      'user_information.common_field_list[].value',
      'user_information.custom_field_list[].user_chosen_values[]',
    ],
  },
  'MCHTRANSFER.QQWALLETBILL.FINISHED': { encrypted: ['user_name'] },
  'MEDICAL_INSURANCE.SUCCESS': { json: ['passthrough_response_content', 'passthrough_request_content'] },
  'MEMBERCARD.ACCEPT_CARD': { encrypted: ['phone_number'] },
}
