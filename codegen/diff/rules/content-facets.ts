import { advice } from './advice.ts'
import { type Facet, verdict } from './facet.ts'
import { text } from './rule.ts'

const cipher = text(
  'A deployed app sends plain text where cipher text is due; the client of the new version encrypts by itself.',
  '已上线的应用在应为密文之处发送明文；新版本的客户端会自动加密。',
)
const plain = text(
  'A deployed app sends cipher text where plain text is due.',
  '已上线的应用在应为明文之处发送密文。',
)
const upgrade = text('Upgrade before WeChat Pay enforces it.', '在微信支付强制执行之前升级。')
const otherForm = text('What stands in the text has another form.', '文本内容的形式不同了。')

/** Changes of what a value means: encryption, what a text holds, defaults, units. */
export const contentFacets: readonly Facet[] = [
  {
    name: 'became-encrypted',
    mirror: 'became-not-encrypted',
    sentence: text('the {place} `{name}` is encrypted ({after})', '{place} `{name}` 变为加密传输（{after}）'),
    sent: verdict('breaking', 'info', cipher, upgrade),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app reads cipher text as if it were plain.', '已上线的应用会把密文当明文读取。'),
      upgrade,
    ),
  },
  {
    name: 'became-not-encrypted',
    mirror: 'became-encrypted',
    sentence: text('the {place} `{name}` is no longer encrypted', '{place} `{name}` 不再加密传输'),
    sent: verdict('breaking', 'info', plain, upgrade),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app fails to decrypt plain text.', '已上线的应用解密明文会失败。'),
      upgrade,
    ),
  },
  {
    name: 'encryption-changed',
    mirror: 'encryption-changed',
    sentence: text(
      'the key that encrypts the {place} `{name}` changed from {before} to {after}',
      '{place} `{name}` 的加密密钥由 {before} 变为 {after}',
    ),
    sent: verdict(
      'breaking',
      'info',
      text('A deployed app encrypts with the wrong key.', '已上线的应用使用了错误的密钥加密。'),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app decrypts with the wrong key.', '已上线的应用使用了错误的密钥解密。'),
      upgrade,
    ),
  },
  {
    name: 'became-embedded-json',
    mirror: 'became-not-embedded-json',
    sentence: text(
      'the {place} `{name}` was {before} and is a text that holds JSON',
      '{place} `{name}` 由 {before} 变为内含 JSON 的字符串',
    ),
    sent: verdict(
      'breaking',
      'info',
      text(
        'A deployed app sends the object itself; the new client writes the text, and the types are those of what it holds.',
        '已上线的应用直接发送对象；新客户端会写成文本，类型即其内容的类型。',
      ),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app reads a text as an object.', '已上线的应用会把文本当作对象读取。'),
      upgrade,
    ),
  },
  {
    name: 'became-not-embedded-json',
    mirror: 'became-embedded-json',
    sentence: text(
      'the {place} `{name}` was a text that holds JSON and is {after}',
      '{place} `{name}` 由内含 JSON 的字符串变为 {after}',
    ),
    sent: verdict(
      'breaking',
      'info',
      text('A deployed app sends a text.', '已上线的应用发送的是文本。'),
      upgrade,
    ),
    received: verdict(
      'breaking',
      'info',
      text('A deployed app parses what is no text.', '已上线的应用会去解析并非文本的值。'),
      upgrade,
    ),
  },
  {
    name: 'content-schema-added',
    mirror: 'content-schema-removed',
    sentence: text(
      'the text of the {place} `{name}` is told to hold JSON: {after}',
      '{place} `{name}` 的文本内容被说明为 JSON：{after}',
    ),
    sent: verdict(
      'warning',
      'breaking',
      text(
        'Any text was accepted before; the types are now those of what it holds.',
        '此前可为任意文本；现在类型为其内容的类型。',
      ),
      advice.compile,
    ),
    received: verdict(
      'info',
      'breaking',
      text(
        'The text is the same; the client parses it and the types are those of what it holds.',
        '文本不变；客户端会解析它，类型为其内容的类型。',
      ),
      advice.compile,
    ),
  },
  {
    name: 'content-schema-removed',
    mirror: 'content-schema-added',
    sentence: text(
      'what the text of the {place} `{name}` holds is no longer told: {before}',
      '{place} `{name}` 的文本内容不再说明：{before}',
    ),
    sent: verdict(
      'info',
      'breaking',
      text('A text of JSON is still a text; the type is now string.', 'JSON 文本仍是文本；类型变为 string。'),
      advice.compile,
    ),
    received: verdict(
      'warning',
      'breaking',
      text(
        'The text may hold something else; the type is now string.',
        '文本内容可能不同；类型变为 string。',
      ),
      advice.read,
    ),
  },
  {
    name: 'content-media-type-changed',
    mirror: 'content-media-type-changed',
    sentence: text(
      'the text of the {place} `{name}` holds {after}, not {before}',
      '{place} `{name}` 的文本内容由 {before} 变为 {after}',
    ),
    sent: verdict('breaking', 'info', otherForm, advice.send),
    received: verdict('breaking', 'info', otherForm, advice.read),
  },
  {
    name: 'content-encoding-changed',
    mirror: 'content-encoding-changed',
    sentence: text(
      'the text of the {place} `{name}` is encoded as {after}, not {before}',
      '{place} `{name}` 的文本编码由 {before} 变为 {after}',
    ),
    sent: verdict('breaking', 'info', otherForm, advice.send),
    received: verdict('breaking', 'info', otherForm, advice.read),
  },
  {
    name: 'default-value-added',
    mirror: 'default-value-removed',
    sentence: text('the {place} `{name}` has the default {after}', '{place} `{name}` 有了默认值 {after}'),
    sent: verdict(
      'info',
      'info',
      text('It says what happens anyway.', '只是说明了既有行为。'),
      advice.nothing,
    ),
    received: verdict('info', 'info', text('It is told, not sent.', '仅为说明。'), advice.nothing),
  },
  {
    name: 'default-value-removed',
    mirror: 'default-value-added',
    sentence: text(
      'the {place} `{name}` has no default any more, it was {before}',
      '{place} `{name}` 不再有默认值，原为 {before}',
    ),
    sent: verdict(
      'warning',
      'info',
      text('An app that leaves it out may get something else.', '未传该字段的应用可能得到不同的结果。'),
      advice.check,
    ),
    received: verdict('info', 'info', text('It is told, not sent.', '仅为说明。'), advice.nothing),
  },
  {
    name: 'default-value-changed',
    mirror: 'default-value-changed',
    sentence: text(
      'the default of the {place} `{name}` changed from {before} to {after}',
      '{place} `{name}` 的默认值由 {before} 变为 {after}',
    ),
    sent: verdict(
      'warning',
      'info',
      text('An app that leaves it out gets something else.', '未传该字段的应用会得到不同的结果。'),
      advice.check,
    ),
    received: verdict('info', 'info', text('It is told, not sent.', '仅为说明。'), advice.nothing),
  },
  {
    name: 'unit-changed',
    mirror: 'unit-changed',
    sentence: text(
      'the unit of the {place} `{name}` changed from {before} to {after}',
      '{place} `{name}` 的单位由 {before} 变为 {after}',
    ),
    sent: verdict(
      'warning',
      'info',
      text('The same number may mean another amount.', '同一数字的含义可能不同。'),
      text('Compare with a real call before anything else.', '先与真实调用核对。'),
    ),
    received: verdict(
      'warning',
      'info',
      text('The same number may mean another amount.', '同一数字的含义可能不同。'),
      text('Compare with a real answer before anything else.', '先与真实应答核对。'),
    ),
  },
  {
    name: 'additional-properties-forbidden',
    mirror: 'additional-properties-allowed',
    sentence: text(
      'the {place} `{name}` accepts the listed properties only',
      '{place} `{name}` 只接受所列字段',
    ),
    sent: verdict(
      'warning',
      'warning',
      text('An app that sends others is refused.', '发送其他字段的应用将被拒绝。'),
      advice.check,
    ),
    received: verdict(
      'info',
      'warning',
      text(
        'Properties without a name in the spec can no longer be read.',
        '未在规范中列出的字段不能再读取。',
      ),
      advice.check,
    ),
  },
  {
    name: 'additional-properties-allowed',
    mirror: 'additional-properties-forbidden',
    sentence: text('the {place} `{name}` may hold further properties', '{place} `{name}` 可以包含其他字段'),
    sent: verdict(
      'info',
      'info',
      text('All that was accepted still is.', '原先接受的值仍被接受。'),
      advice.useIt,
    ),
    received: verdict(
      'info',
      'info',
      text('Readers ignore what they do not know.', '读取方会忽略不认识的字段。'),
      advice.nothing,
    ),
  },
  {
    name: 'schema-changed',
    mirror: 'schema-changed',
    sentence: text(
      '`{keyword}` of the {place} `{name}` changed in a way that no rule judges',
      '{place} `{name}` 的 `{keyword}` 发生了规则未覆盖的变化',
    ),
    sent: verdict(
      'warning',
      'warning',
      text('This project writes no such keyword; read it yourself.', '本项目不使用该关键字，请人工判断。'),
      advice.check,
    ),
    received: verdict(
      'warning',
      'warning',
      text('This project writes no such keyword; read it yourself.', '本项目不使用该关键字，请人工判断。'),
      advice.check,
    ),
  },
]
