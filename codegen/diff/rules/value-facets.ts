import { advice } from './advice.ts'
import { type Facet, verdict } from './facet.ts'
import { text } from './rule.ts'

const accepted = text('All that was accepted still is.', '原先接受的值仍被接受。')
const narrower = text('What comes is among what came before.', '返回的值仍在原有范围之内。')
const refused = text('A value that the app may send is refused.', '应用可能发送的某个值将被拒绝。')
const unknown = text('A value may come that the app does not know.', '可能出现应用不认识的值。')
const untyped = text(
  'A value that the app may send is refused; the generated types do not express it.',
  '应用可能发送的某个值将被拒绝；生成的类型不体现这一约束。',
)
const known = text(
  'A value may come that was ruled out; the generated types do not express it.',
  '可能出现原先被排除的值；生成的类型不体现这一约束。',
)
const harmless = verdict('info', 'info', narrower, advice.nothing)
const welcome = verdict('info', 'info', accepted, advice.nothing)
const strict = verdict('breaking', 'info', untyped, advice.send)
const loose = verdict('warning', 'info', known, advice.check)

/** Changes of the values that a schema allows. */
export const valueFacets: readonly Facet[] = [
  {
    name: 'enum-value-added',
    mirror: 'enum-value-removed',
    sentence: text('the {place} `{name}` may also be {values}', '{place} `{name}` 新增取值 {values}'),
    sent: verdict('info', 'info', accepted, advice.useIt),
    received: verdict('breaking', 'breaking', unknown, advice.read),
  },
  {
    name: 'enum-value-removed',
    mirror: 'enum-value-added',
    sentence: text(
      'the {place} `{name}` can no longer be {values}',
      '{place} `{name}` 不再支持取值 {values}',
    ),
    sent: verdict('breaking', 'breaking', refused, advice.send),
    received: harmless,
  },
  {
    name: 'became-enum',
    mirror: 'became-not-enum',
    sentence: text('the {place} `{name}` must be one of {values}', '{place} `{name}` 只能取 {values} 之一'),
    sent: verdict('breaking', 'breaking', refused, advice.send),
    received: harmless,
  },
  {
    name: 'became-not-enum',
    mirror: 'became-enum',
    sentence: text(
      'the {place} `{name}` is no longer limited to {values}',
      '{place} `{name}` 不再限于 {values}',
    ),
    sent: welcome,
    received: verdict('breaking', 'breaking', unknown, advice.read),
  },
  {
    name: 'extensible-enum-value-added',
    mirror: 'extensible-enum-value-removed',
    sentence: text('the {place} `{name}` may also be {values}', '{place} `{name}` 新增取值 {values}'),
    sent: verdict('info', 'info', accepted, advice.useIt),
    received: verdict(
      'warning',
      'info',
      text(
        'A deployed app meets a value that its code does not name; the types were open to it.',
        '已上线的应用会遇到代码中未列出的取值；类型上本就是开放的。',
      ),
      text(
        'Give the new values a branch, or see that the default branch is right.',
        '为新取值增加分支，或确认默认分支的处理是正确的。',
      ),
    ),
  },
  {
    name: 'extensible-enum-value-removed',
    mirror: 'extensible-enum-value-added',
    sentence: text('the {place} `{name}` no longer lists {values}', '{place} `{name}` 不再列出取值 {values}'),
    sent: verdict(
      'warning',
      'info',
      text('The value may be refused; the types are open.', '该值可能被拒绝；类型上是开放的。'),
      advice.check,
    ),
    received: harmless,
  },
  {
    name: 'extensible-enum-added',
    mirror: 'extensible-enum-removed',
    sentence: text(
      'the known values of the {place} `{name}` are listed: {values}',
      '{place} `{name}` 列出了已知取值：{values}',
    ),
    sent: welcome,
    received: harmless,
  },
  {
    name: 'extensible-enum-removed',
    mirror: 'extensible-enum-added',
    sentence: text(
      'the known values of the {place} `{name}` are no longer listed: {values}',
      '{place} `{name}` 不再列出已知取值：{values}',
    ),
    sent: welcome,
    received: verdict('info', 'info', text('The types were open.', '类型本就是开放的。'), advice.nothing),
  },
  {
    name: 'const-added',
    mirror: 'const-removed',
    sentence: text('the {place} `{name}` must be {after}', '{place} `{name}` 必须为 {after}'),
    sent: strict,
    received: harmless,
  },
  {
    name: 'const-removed',
    mirror: 'const-added',
    sentence: text('the {place} `{name}` need not be {before}', '{place} `{name}` 不再固定为 {before}'),
    sent: welcome,
    received: loose,
  },
  {
    name: 'const-changed',
    mirror: 'const-changed',
    sentence: text(
      'the {place} `{name}` must be {after}, not {before}',
      '{place} `{name}` 的固定值由 {before} 变为 {after}',
    ),
    sent: strict,
    received: verdict('breaking', 'info', unknown, advice.read),
  },
  {
    name: 'format-added',
    mirror: 'format-removed',
    sentence: text(
      'the {place} `{name}` must have the format {after}',
      '{place} `{name}` 必须符合格式 {after}',
    ),
    sent: strict,
    received: harmless,
  },
  {
    name: 'format-removed',
    mirror: 'format-added',
    sentence: text(
      'the {place} `{name}` need not have the format {before}',
      '{place} `{name}` 不再限于格式 {before}',
    ),
    sent: welcome,
    received: loose,
  },
  {
    name: 'format-changed',
    mirror: 'format-changed',
    sentence: text(
      'the format of the {place} `{name}` changed from {before} to {after}',
      '{place} `{name}` 的格式由 {before} 变为 {after}',
    ),
    sent: strict,
    received: loose,
  },
  {
    name: 'format-hint-changed',
    mirror: 'format-hint-changed',
    sentence: text(
      'the format noted of the {place} `{name}` changed from {before} to {after}',
      '{place} `{name}` 标注的格式由 {before} 变为 {after}',
    ),
    sent: verdict('info', 'info', text('No validator checks it.', '校验器并不检查它。'), advice.nothing),
    received: verdict('info', 'info', text('No validator checks it.', '校验器并不检查它。'), advice.nothing),
  },
  {
    name: 'constraint-tightened',
    mirror: 'constraint-loosened',
    sentence: text(
      '`{keyword}` of the {place} `{name}` got tighter: {before} to {after}',
      '{place} `{name}` 的 `{keyword}` 收紧：由 {before} 变为 {after}',
    ),
    sent: strict,
    received: harmless,
  },
  {
    name: 'constraint-loosened',
    mirror: 'constraint-tightened',
    sentence: text(
      '`{keyword}` of the {place} `{name}` got looser: {before} to {after}',
      '{place} `{name}` 的 `{keyword}` 放宽：由 {before} 变为 {after}',
    ),
    sent: welcome,
    received: loose,
  },
  {
    name: 'constraint-changed',
    mirror: 'constraint-changed',
    sentence: text(
      '`{keyword}` of the {place} `{name}` changed from {before} to {after}',
      '{place} `{name}` 的 `{keyword}` 由 {before} 变为 {after}',
    ),
    sent: strict,
    received: loose,
  },
]
