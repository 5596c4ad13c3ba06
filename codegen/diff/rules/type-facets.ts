import { type Facet, harmless, useful, verdict } from './facet.ts'
import { advice } from './phrases.ts'
import { text } from './rule.ts'

const otherType = {
  sent: text('The app sends a type that is no longer accepted.', '应用发送的类型不再被接受。'),
  received: text('The app reads a type that it does not expect.', '应用读到的类型与预期不符。'),
}
const breaks = {
  sent: verdict('breaking', 'breaking', otherType.sent, advice.send),
  received: verdict('breaking', 'breaking', otherType.received, advice.read),
}

/** Changes of the types that a schema allows. */
export const typeFacets = [
  {
    name: 'type-changed',
    mirror: 'type-changed',
    sentence: text(
      'the type of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的类型由 {before} 变为 {after}',
    ),
    ...breaks,
  },
  {
    name: 'array-to-object',
    mirror: 'object-to-array',
    sentence: text(
      '{element} `{name}` changed from an array to a single object',
      '{element} `{name}` 由数组变为单个对象',
    ),
    ...breaks,
  },
  {
    name: 'object-to-array',
    mirror: 'array-to-object',
    sentence: text(
      '{element} `{name}` changed from a single object to an array',
      '{element} `{name}` 由单个对象变为数组',
    ),
    ...breaks,
  },
  {
    name: 'list-of-types-widened',
    mirror: 'list-of-types-narrowed',
    sentence: text(
      '{element} `{name}` can now be {values} as well as {before}',
      '{element} `{name}` 除 {before} 外还可以是 {values}',
    ),
    sent: harmless.sent,
    received: breaks.received,
  },
  {
    name: 'list-of-types-narrowed',
    mirror: 'list-of-types-widened',
    sentence: text(
      '{element} `{name}` can no longer be {values}, only {after}',
      '{element} `{name}` 不能再是 {values}，只能是 {after}',
    ),
    sent: breaks.sent,
    received: harmless.received,
  },
  {
    name: 'type-generalized',
    mirror: 'type-specialized',
    sentence: text(
      '{element} `{name}` can now be any {after}, not only {before}',
      '{element} `{name}` 由 {before} 放宽为 {after}',
    ),
    sent: harmless.sent,
    received: verdict(
      'warning',
      'info',
      text(
        'Fractions may arrive where there were only integers; TypeScript types both as `number`.',
        '原先只有整数的地方可能出现小数；在 TypeScript 中两者都是 `number`。',
      ),
      advice.check,
    ),
  },
  {
    name: 'type-specialized',
    mirror: 'type-generalized',
    sentence: text(
      '{element} `{name}` could be any {before} and must now be {after}',
      '{element} `{name}` 由 {before} 收窄为 {after}',
    ),
    sent: verdict(
      'breaking',
      'info',
      text(
        'Fractions are now refused; TypeScript types both as `number`.',
        '小数现在会被拒绝；在 TypeScript 中两者都是 `number`。',
      ),
      advice.send,
    ),
    received: harmless.received,
  },
  {
    name: 'became-nullable',
    mirror: 'became-not-nullable',
    sentence: text('{element} `{name}` can now be null', '{element} `{name}` 可以为 null'),
    sent: useful,
    received: verdict(
      'breaking',
      'breaking',
      text('The app may get null where there was always a value.', '应用在原先必有值的地方可能读到 null。'),
      advice.absent,
    ),
  },
  {
    name: 'became-not-nullable',
    mirror: 'became-nullable',
    sentence: text('{element} `{name}` can no longer be null', '{element} `{name}` 不能再为 null'),
    sent: verdict('breaking', 'breaking', text('null is refused.', 'null 会被拒绝。'), advice.send),
    received: harmless.received,
  },
  {
    name: 'one-of-added',
    mirror: 'one-of-removed',
    sentence: text(
      '{element} `{name}` has a new alternative: {value}',
      '{element} `{name}` 新增一种形式：{value}',
    ),
    sent: useful,
    received: breaks.received,
  },
  {
    name: 'one-of-removed',
    mirror: 'one-of-added',
    sentence: text(
      '{element} `{name}` lost an alternative: {value}',
      '{element} `{name}` 减少一种形式：{value}',
    ),
    sent: breaks.sent,
    received: harmless.received,
  },
  {
    name: 'any-of-added',
    mirror: 'any-of-removed',
    sentence: text('{element} `{name}` can now also match {value}', '{element} `{name}` 还可以匹配 {value}'),
    sent: useful,
    received: verdict('breaking', 'info', otherType.received, advice.read),
  },
  {
    name: 'any-of-removed',
    mirror: 'any-of-added',
    sentence: text('{element} `{name}` can no longer match {value}', '{element} `{name}` 不能再匹配 {value}'),
    sent: verdict('breaking', 'info', otherType.sent, advice.send),
    received: harmless.received,
  },
] as const satisfies readonly Facet[]
