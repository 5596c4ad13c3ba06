import { type Facet, harmless, useful, verdict } from './facet.ts'
import { advice } from './phrases.ts'
import { text } from './rule.ts'

const refused = text('A value that the app may send is now refused.', '应用可能发送的某个值会被拒绝。')
const unknown = text('The app may get a value that it does not know.', '应用可能收到不认识的值。')
const refusedUntyped = text(
  'A value that the app may send is now refused; the generated types do not show this.',
  '应用可能发送的某个值会被拒绝；生成的类型不体现这一约束。',
)
const unknownUntyped = text(
  'The app may get a value that was excluded before; the generated types do not show this.',
  '应用可能收到原先不允许的值；生成的类型不体现这一约束。',
)
const notChecked = text('Validators do not check it.', '校验器不检查它。')

const breaksTypes = {
  sent: verdict('breaking', 'breaking', refused, advice.send),
  received: verdict('breaking', 'breaking', unknown, advice.read),
}
// `const`, formats and bounds are not part of the generated types.
const untyped = {
  sent: verdict('breaking', 'info', refusedUntyped, advice.send),
  received: verdict('warning', 'info', unknownUntyped, advice.check),
}

/** Changes of the values that a schema allows. */
export const valueFacets = [
  {
    name: 'enum-value-added',
    mirror: 'enum-value-removed',
    sentence: text('{element} `{name}` can now also be {values}', '{element} `{name}` 新增取值 {values}'),
    sent: useful,
    received: verdict(
      'warning',
      'warning',
      text(
        'A deployed app may get the value; a `switch` without `default` no longer compiles.',
        '已上线的应用可能收到该取值；没有 `default` 的 `switch` 无法通过编译。',
      ),
      text('Add a branch for the new value, and a `default`.', '为新取值增加分支，并写好 `default`。'),
    ),
  },
  {
    name: 'enum-value-removed',
    mirror: 'enum-value-added',
    sentence: text(
      '{element} `{name}` can no longer be {values}',
      '{element} `{name}` 不再支持取值 {values}',
    ),
    sent: breaksTypes.sent,
    received: harmless.received,
  },
  {
    name: 'became-enum',
    mirror: 'became-not-enum',
    sentence: text(
      '{element} `{name}` must now be one of {values}',
      '{element} `{name}` 只能取 {values} 之一',
    ),
    sent: breaksTypes.sent,
    received: harmless.received,
  },
  {
    name: 'became-not-enum',
    mirror: 'became-enum',
    sentence: text(
      '{element} `{name}` is no longer limited to {values}',
      '{element} `{name}` 不再限于 {values}',
    ),
    sent: harmless.sent,
    received: breaksTypes.received,
  },
  {
    name: 'extensible-enum-value-added',
    mirror: 'extensible-enum-value-removed',
    sentence: text('{element} `{name}` can now also be {values}', '{element} `{name}` 新增取值 {values}'),
    sent: useful,
    received: verdict(
      'warning',
      'info',
      text(
        'A deployed app may get a value that its code does not list; the types already allowed any value.',
        '已上线的应用可能收到代码中未列出的取值；类型上本来就允许任意取值。',
      ),
      text(
        'Add a branch for the new values, or make sure that the default branch handles them.',
        '为新取值增加分支，或确认默认分支能正确处理。',
      ),
    ),
  },
  {
    name: 'extensible-enum-value-removed',
    mirror: 'extensible-enum-value-added',
    sentence: text('{element} `{name}` no longer lists {values}', '{element} `{name}` 不再列出取值 {values}'),
    sent: verdict(
      'warning',
      'info',
      text(
        'The value may be refused; the types still allow any value.',
        '该值可能被拒绝；类型上仍允许任意取值。',
      ),
      advice.check,
    ),
    received: harmless.received,
  },
  {
    name: 'extensible-enum-added',
    mirror: 'extensible-enum-removed',
    sentence: text(
      'the known values of {element} `{name}` are now listed: {values}',
      '{element} `{name}` 列出了已知取值：{values}',
    ),
    ...harmless,
  },
  {
    name: 'extensible-enum-removed',
    mirror: 'extensible-enum-added',
    sentence: text(
      'the known values of {element} `{name}` are no longer listed: {values}',
      '{element} `{name}` 不再列出已知取值：{values}',
    ),
    sent: harmless.sent,
    received: verdict(
      'info',
      'info',
      text('The types already allowed any value.', '类型上本来就允许任意取值。'),
      advice.nothing,
    ),
  },
  {
    name: 'const-added',
    mirror: 'const-removed',
    sentence: text('{element} `{name}` must now be {after}', '{element} `{name}` 必须为 {after}'),
    sent: untyped.sent,
    received: harmless.received,
  },
  {
    name: 'const-removed',
    mirror: 'const-added',
    sentence: text(
      '{element} `{name}` no longer has to be {before}',
      '{element} `{name}` 不再固定为 {before}',
    ),
    sent: harmless.sent,
    received: untyped.received,
  },
  {
    name: 'const-changed',
    mirror: 'const-changed',
    sentence: text(
      'the only value of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的固定值由 {before} 变为 {after}',
    ),
    sent: untyped.sent,
    received: verdict('breaking', 'info', unknown, advice.read),
  },
  {
    name: 'format-added',
    mirror: 'format-removed',
    sentence: text(
      '{element} `{name}` must now have the format {after}',
      '{element} `{name}` 必须符合格式 {after}',
    ),
    sent: untyped.sent,
    received: harmless.received,
  },
  {
    name: 'format-removed',
    mirror: 'format-added',
    sentence: text(
      '{element} `{name}` no longer has to have the format {before}',
      '{element} `{name}` 不再要求格式 {before}',
    ),
    sent: harmless.sent,
    received: untyped.received,
  },
  {
    name: 'format-changed',
    mirror: 'format-changed',
    sentence: text(
      'the format of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的格式由 {before} 变为 {after}',
    ),
    ...untyped,
  },
  {
    name: 'format-hint-changed',
    mirror: 'format-hint-changed',
    sentence: text(
      'the format hint of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的格式提示由 {before} 变为 {after}',
    ),
    sent: verdict('info', 'info', notChecked, advice.nothing),
    received: verdict('info', 'info', notChecked, advice.nothing),
  },
  {
    name: 'constraint-tightened',
    mirror: 'constraint-loosened',
    sentence: text(
      '`{keyword}` of {element} `{name}` was tightened from {before} to {after}',
      '{element} `{name}` 的 `{keyword}` 收紧：由 {before} 变为 {after}',
    ),
    sent: untyped.sent,
    received: harmless.received,
  },
  {
    name: 'constraint-loosened',
    mirror: 'constraint-tightened',
    sentence: text(
      '`{keyword}` of {element} `{name}` was loosened from {before} to {after}',
      '{element} `{name}` 的 `{keyword}` 放宽：由 {before} 变为 {after}',
    ),
    sent: harmless.sent,
    received: untyped.received,
  },
  {
    name: 'constraint-changed',
    mirror: 'constraint-changed',
    sentence: text(
      '`{keyword}` of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的 `{keyword}` 由 {before} 变为 {after}',
    ),
    ...untyped,
  },
] as const satisfies readonly Facet[]
