import { advice } from './advice.ts'
import { type Facet, verdict } from './facet.ts'
import { text } from './rule.ts'

const otherType = {
  sent: text('What the app sends has a type that is no longer accepted.', '应用发送的值的类型不再被接受。'),
  received: text('What the app reads has a type that it does not expect.', '应用读到的值的类型出乎其预期。'),
}
const accepted = text('All that was accepted still is.', '原先接受的值仍被接受。')
const narrower = text('What comes is among what came before.', '返回的值仍在原有范围之内。')

const list = {
  sent: verdict('breaking', 'breaking', otherType.sent, advice.send),
  received: verdict('breaking', 'breaking', otherType.received, advice.read),
}

/** Changes of a type. */
export const typeFacets: readonly Facet[] = [
  {
    name: 'type-changed',
    mirror: 'type-changed',
    sentence: text(
      'the type of the {place} `{name}` changed from {before} to {after}',
      '{place} `{name}` 的类型由 {before} 变为 {after}',
    ),
    ...list,
  },
  {
    name: 'array-to-object',
    mirror: 'object-to-array',
    sentence: text(
      'the {place} `{name}` was a list and is one object',
      '{place} `{name}` 由数组变为单个对象',
    ),
    ...list,
  },
  {
    name: 'object-to-array',
    mirror: 'array-to-object',
    sentence: text(
      'the {place} `{name}` was one object and is a list',
      '{place} `{name}` 由单个对象变为数组',
    ),
    ...list,
  },
  {
    name: 'list-of-types-widened',
    mirror: 'list-of-types-narrowed',
    sentence: text(
      'the {place} `{name}` may also be {values} beside {before}',
      '{place} `{name}` 除 {before} 外还可以是 {values}',
    ),
    sent: verdict('info', 'info', accepted, advice.nothing),
    received: list.received,
  },
  {
    name: 'list-of-types-narrowed',
    mirror: 'list-of-types-widened',
    sentence: text(
      'the {place} `{name}` can no longer be {values}, only {after}',
      '{place} `{name}` 不再可以是 {values}，只能是 {after}',
    ),
    sent: list.sent,
    received: verdict('info', 'info', narrower, advice.nothing),
  },
  {
    name: 'type-generalized',
    mirror: 'type-specialized',
    sentence: text(
      'the {place} `{name}` was {before} and is any {after}',
      '{place} `{name}` 由 {before} 放宽为 {after}',
    ),
    sent: verdict('info', 'info', accepted, advice.nothing),
    received: verdict(
      'warning',
      'info',
      text(
        'A fraction may come where whole numbers came; both are `number` to TypeScript.',
        '原为整数之处可能出现小数；对 TypeScript 来说两者都是 `number`。',
      ),
      advice.check,
    ),
  },
  {
    name: 'type-specialized',
    mirror: 'type-generalized',
    sentence: text(
      'the {place} `{name}` was any {before} and must be {after}',
      '{place} `{name}` 由 {before} 收窄为 {after}',
    ),
    sent: verdict(
      'breaking',
      'info',
      text(
        'A fraction is refused where it was accepted; both are `number` to TypeScript.',
        '原先接受的小数将被拒绝；对 TypeScript 来说两者都是 `number`。',
      ),
      advice.send,
    ),
    received: verdict('info', 'info', narrower, advice.nothing),
  },
  {
    name: 'became-nullable',
    mirror: 'became-not-nullable',
    sentence: text('the {place} `{name}` may be null', '{place} `{name}` 可以为 null'),
    sent: verdict('info', 'info', accepted, advice.useIt),
    received: verdict(
      'breaking',
      'breaking',
      text('The app reads null where a value always was.', '应用会在原先必有值之处读到 null。'),
      advice.absent,
    ),
  },
  {
    name: 'became-not-nullable',
    mirror: 'became-nullable',
    sentence: text('the {place} `{name}` may no longer be null', '{place} `{name}` 不再可以为 null'),
    sent: verdict('breaking', 'breaking', text('null is refused.', 'null 将被拒绝。'), advice.send),
    received: verdict('info', 'info', narrower, advice.nothing),
  },
  {
    name: 'one-of-added',
    mirror: 'one-of-removed',
    sentence: text(
      'the {place} `{name}` has another form: {value}',
      '{place} `{name}` 新增一种形式：{value}',
    ),
    sent: verdict('info', 'info', accepted, advice.useIt),
    received: list.received,
  },
  {
    name: 'one-of-removed',
    mirror: 'one-of-added',
    sentence: text('the {place} `{name}` lost a form: {value}', '{place} `{name}` 减少一种形式：{value}'),
    sent: list.sent,
    received: verdict('info', 'info', narrower, advice.nothing),
  },
  {
    name: 'any-of-added',
    mirror: 'any-of-removed',
    sentence: text('the {place} `{name}` may also match {value}', '{place} `{name}` 还可以匹配 {value}'),
    sent: verdict('info', 'info', accepted, advice.useIt),
    received: verdict('breaking', 'info', otherType.received, advice.read),
  },
  {
    name: 'any-of-removed',
    mirror: 'any-of-added',
    sentence: text('the {place} `{name}` no longer matches {value}', '{place} `{name}` 不再匹配 {value}'),
    sent: verdict('breaking', 'info', otherType.sent, advice.send),
    received: verdict('info', 'info', narrower, advice.nothing),
  },
]
