import { type Facet, useful, verdict } from './facet.ts'
import { advice, why } from './phrases.ts'
import { text } from './rule.ts'

const upgrade = text('Upgrade before WeChat Pay enforces it.', '在微信支付强制执行之前升级。')
const otherContent = text('The content of the string has a different form.', '字符串内容的形式变了。')
const documentedOnly = text('A default does not change what is sent.', '默认值不影响返回的内容。')
const otherUnit = text('The same number may mean a different amount.', '同一个数字的含义可能不同。')
const notJudged = text(
  'This project does not use the keyword; judge the change yourself.',
  '本项目不使用该关键字，请人工判断。',
)

/** Changes of what a value means: encryption, content of strings, defaults, units, other keywords. */
export const contentFacets = [
  {
    name: 'became-encrypted',
    mirror: 'became-not-encrypted',
    sentence: text(
      '{element} `{name}` is now encrypted (key: {after})',
      '{element} `{name}` 改为加密传输（密钥：{after}）',
    ),
    sent: verdict(
      'breaking',
      'info',
      text(
        'A deployed app sends plaintext where ciphertext is expected; the new version encrypts by itself.',
        '已上线的应用在应发送密文的地方发送明文；新版本会自动加密。',
      ),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app reads ciphertext as plaintext.', '已上线的应用会把密文当作明文读取。'),
      upgrade,
    ),
  },
  {
    name: 'became-not-encrypted',
    mirror: 'became-encrypted',
    sentence: text('{element} `{name}` is no longer encrypted', '{element} `{name}` 不再加密传输'),
    sent: verdict(
      'breaking',
      'info',
      text(
        'A deployed app sends ciphertext where plaintext is expected.',
        '已上线的应用在应发送明文的地方发送密文。',
      ),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app tries to decrypt plaintext and fails.', '已上线的应用会尝试解密明文并失败。'),
      upgrade,
    ),
  },
  {
    name: 'encryption-changed',
    mirror: 'encryption-changed',
    sentence: text(
      'the encryption key of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的加密密钥由 {before} 变为 {after}',
    ),
    sent: verdict(
      'breaking',
      'info',
      text('A deployed app encrypts with the wrong key.', '已上线的应用使用错误的密钥加密。'),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app decrypts with the wrong key.', '已上线的应用使用错误的密钥解密。'),
      upgrade,
    ),
  },
  {
    name: 'became-embedded-json',
    mirror: 'became-not-embedded-json',
    sentence: text(
      '{element} `{name}` changed from {before} to a string that contains JSON',
      '{element} `{name}` 由 {before} 变为内含 JSON 的字符串',
    ),
    sent: verdict(
      'breaking',
      'info',
      text(
        'A deployed app sends the object itself; the new version serializes it, and its type stays the same.',
        '已上线的应用直接发送对象；新版本会将其序列化，类型不变。',
      ),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app reads a string as an object.', '已上线的应用会把字符串当作对象读取。'),
      upgrade,
    ),
  },
  {
    name: 'became-not-embedded-json',
    mirror: 'became-embedded-json',
    sentence: text(
      '{element} `{name}` changed from a string that contains JSON to {after}',
      '{element} `{name}` 由内含 JSON 的字符串变为 {after}',
    ),
    sent: verdict(
      'breaking',
      'info',
      text('A deployed app sends a string.', '已上线的应用发送的是字符串。'),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text(
        'A deployed app tries to parse a value that is not a string.',
        '已上线的应用会尝试解析非字符串的值。',
      ),
      upgrade,
    ),
  },
  {
    name: 'content-schema-added',
    mirror: 'content-schema-removed',
    sentence: text(
      '{element} `{name}` is now documented as a string that contains JSON: {after}',
      '{element} `{name}` 的文档注明字符串内容为 JSON：{after}',
    ),
    sent: verdict(
      'warning',
      'breaking',
      text(
        'Any string was accepted before; the type is now that of the JSON.',
        '此前接受任意字符串；现在的类型是其中 JSON 的类型。',
      ),
      advice.compile,
    ),
    received: verdict(
      'info',
      'breaking',
      text(
        'The string stays the same, but the client now parses it, and the type is that of the JSON.',
        '字符串不变，但客户端会解析它，类型是其中 JSON 的类型。',
      ),
      advice.compile,
    ),
  },
  {
    name: 'content-schema-removed',
    mirror: 'content-schema-added',
    sentence: text(
      'the JSON in {element} `{name}` is no longer documented: {before}',
      '{element} `{name}` 的文档不再注明字符串中的 JSON：{before}',
    ),
    sent: verdict(
      'info',
      'breaking',
      text('JSON is still a string; the type is now `string`.', 'JSON 文本仍是字符串；类型变为 `string`。'),
      advice.compile,
    ),
    received: verdict(
      'warning',
      'breaking',
      text(
        'The string may contain something else; the type is now `string`.',
        '字符串的内容可能不同；类型变为 `string`。',
      ),
      advice.read,
    ),
  },
  {
    name: 'content-media-type-changed',
    mirror: 'content-media-type-changed',
    sentence: text(
      'the content media type of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的内容媒体类型由 {before} 变为 {after}',
    ),
    sent: verdict('breaking', 'info', otherContent, advice.send),
    received: verdict('breaking', 'info', otherContent, advice.read),
  },
  {
    name: 'content-encoding-changed',
    mirror: 'content-encoding-changed',
    sentence: text(
      'the content encoding of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的内容编码由 {before} 变为 {after}',
    ),
    sent: verdict('breaking', 'info', otherContent, advice.send),
    received: verdict('breaking', 'info', otherContent, advice.read),
  },
  {
    name: 'default-value-added',
    mirror: 'default-value-removed',
    sentence: text('{element} `{name}` now has the default {after}', '{element} `{name}` 有了默认值 {after}'),
    sent: verdict(
      'info',
      'info',
      text('It documents what happens anyway.', '只是说明了既有行为。'),
      advice.nothing,
    ),
    received: verdict('info', 'info', documentedOnly, advice.nothing),
  },
  {
    name: 'default-value-removed',
    mirror: 'default-value-added',
    sentence: text(
      '{element} `{name}` no longer has the default {before}',
      '{element} `{name}` 不再有默认值 {before}',
    ),
    sent: verdict(
      'warning',
      'info',
      text('Apps that omit it may get a different result.', '省略它的应用可能得到不同的结果。'),
      advice.check,
    ),
    received: verdict('info', 'info', documentedOnly, advice.nothing),
  },
  {
    name: 'default-value-changed',
    mirror: 'default-value-changed',
    sentence: text(
      'the default of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的默认值由 {before} 变为 {after}',
    ),
    sent: verdict(
      'warning',
      'info',
      text('Apps that omit it get a different result.', '省略它的应用会得到不同的结果。'),
      advice.check,
    ),
    received: verdict('info', 'info', documentedOnly, advice.nothing),
  },
  {
    name: 'unit-changed',
    mirror: 'unit-changed',
    sentence: text(
      'the unit of {element} `{name}` changed from {before} to {after}',
      '{element} `{name}` 的单位由 {before} 变为 {after}',
    ),
    sent: verdict(
      'warning',
      'info',
      otherUnit,
      text('Check with a real call before anything else.', '先用真实调用核对。'),
    ),
    received: verdict(
      'warning',
      'info',
      otherUnit,
      text('Check against real data before anything else.', '先用真实数据核对。'),
    ),
  },
  {
    name: 'additional-properties-forbidden',
    mirror: 'additional-properties-allowed',
    sentence: text(
      '{element} `{name}` now accepts only the listed properties',
      '{element} `{name}` 只接受列出的字段',
    ),
    sent: verdict(
      'warning',
      'warning',
      text('Requests with other properties are refused.', '带有其他字段的请求会被拒绝。'),
      advice.check,
    ),
    received: verdict(
      'info',
      'warning',
      text('Code that reads other properties no longer compiles.', '读取其他字段的代码无法编译。'),
      advice.check,
    ),
  },
  {
    name: 'additional-properties-allowed',
    mirror: 'additional-properties-forbidden',
    sentence: text(
      '{element} `{name}` may now contain other properties',
      '{element} `{name}` 可以包含其他字段',
    ),
    sent: useful,
    received: verdict('info', 'info', why.unknownIgnored, advice.nothing),
  },
  {
    name: 'schema-changed',
    mirror: 'schema-changed',
    sentence: text(
      '`{keyword}` of {element} `{name}` changed; no rule judges this keyword',
      '{element} `{name}` 的 `{keyword}` 有变化，没有规则判断该关键字',
    ),
    sent: verdict('warning', 'warning', notJudged, advice.check),
    received: verdict('warning', 'warning', notJudged, advice.check),
  },
] as const satisfies readonly Facet[]
