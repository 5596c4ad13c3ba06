import { type Text, text } from './rule.ts'

/** What each suspicion says. */
export const suspicionTexts = {
  'table-vanished': text(
    'all {count} fields of `{name}` are gone: was the table lost from the page?',
    '`{name}` 的全部 {count} 个字段都消失了：页面上的表格是否丢失？',
  ),
  'domain-halved': text(
    '{count} of {total} operations of `{name}` are gone: were pages moved or lost?',
    '`{name}` 的 {total} 个接口中有 {count} 个消失了：页面是否被移走或丢失？',
  ),
  'enums-swapped': text(
    '`{before}` and `{after}` swapped their values: were two rows of the page mixed up?',
    '`{before}` 与 `{after}` 的取值互换了：页面上的两行是否写反？',
  ),
  'response-is-request': text(
    'the response has exactly the fields of the request of `{name}`: was the wrong table copied?',
    '应答字段与 `{name}` 的请求字段完全相同：是否复制错了表格？',
  ),
} as const satisfies Record<string, Text>

export type SuspicionId = keyof typeof suspicionTexts
