import { advice, why } from './phrases.ts'
import { type Rule, text } from './rule.ts'

const statusAndSignatureRules = [
  {
    id: 'response-success-status-added',
    direction: 'response',
    wire: 'info',
    types: 'info',
    sentence: text('success status {value} was added', '新增成功状态码 {value}'),
    why: text('The client treats every 2xx as success.', '客户端把所有 2xx 都视为成功。'),
    advice: advice.check,
    mirror: ['response-success-status-removed'],
  },
  {
    id: 'response-success-status-removed',
    direction: 'response',
    wire: 'warning',
    types: 'info',
    sentence: text('success status {value} was removed', '移除成功状态码 {value}'),
    why: text('Apps that wait for this status never see it.', '等待该状态码的应用将等不到。'),
    advice: advice.check,
    mirror: ['response-success-status-added'],
  },
  {
    id: 'response-success-status-changed',
    direction: 'response',
    wire: 'warning',
    types: 'info',
    sentence: text(
      'the success status changed from {before} to {after}',
      '成功状态码由 {before} 变为 {after}',
    ),
    why: text('Apps that compare the status fail.', '比较状态码的应用会出错。'),
    advice: advice.check,
    mirror: ['response-success-status-changed'],
  },
  {
    id: 'response-non-success-status-added',
    direction: 'response',
    wire: 'info',
    types: 'info',
    sentence: text('error status {value} is now documented', '文档新增错误状态码 {value}'),
    why: text('Errors were always possible.', '错误本来就可能出现。'),
    advice: advice.nothing,
    mirror: ['response-non-success-status-removed'],
  },
  {
    id: 'response-non-success-status-removed',
    direction: 'response',
    wire: 'info',
    types: 'info',
    sentence: text('error status {value} is no longer documented', '文档不再列出错误状态码 {value}'),
    why: text('Errors are still possible.', '错误仍可能出现。'),
    advice: advice.nothing,
    mirror: ['response-non-success-status-added'],
  },
  {
    id: 'response-header-added',
    direction: 'response',
    wire: 'info',
    types: 'info',
    sentence: text('response header `{name}` was added', '新增应答头 `{name}`'),
    why: why.unknownIgnored,
    advice: advice.nothing,
    mirror: ['response-header-removed'],
  },
  {
    id: 'response-header-removed',
    direction: 'response',
    wire: 'warning',
    types: 'info',
    sentence: text('response header `{name}` was removed', '应答头 `{name}` 已移除'),
    why: text('Apps that read it get nothing.', '读取它的应用将取不到值。'),
    advice: advice.absent,
    mirror: ['response-header-added'],
  },
  {
    id: 'response-became-unsigned',
    direction: 'response',
    wire: 'breaking',
    types: 'info',
    sentence: text('responses are no longer signed', '应答不再签名'),
    why: text('A deployed app rejects responses without a signature.', '已上线的应用会拒绝没有签名的应答。'),
    advice: text(
      'Upgrade: the new version knows that the response is unsigned.',
      '升级：新版本知道该应答没有签名。',
    ),
    mirror: ['response-became-signed'],
  },
  {
    id: 'response-became-signed',
    direction: 'response',
    wire: 'info',
    types: 'info',
    sentence: text('responses are now signed', '应答改为带签名'),
    why: text('A deployed app ignores the signature.', '已上线的应用会忽略签名。'),
    advice: text('Upgrade to verify the signature.', '升级后即会验签。'),
    mirror: ['response-became-unsigned'],
  },
  {
    id: 'response-signed-digest-changed',
    direction: 'response',
    wire: 'breaking',
    types: 'info',
    sentence: text(
      'the digest that is signed instead of the body changed from {before} to {after}',
      '代替应答体参与签名的摘要由 {before} 变为 {after}',
    ),
    why: text(
      'A deployed app verifies the wrong content and rejects the response.',
      '已上线的应用验签的内容不对，会拒绝应答。',
    ),
    advice: text('Upgrade: the new version verifies the right digest.', '升级：新版本会验证正确的摘要。'),
    mirror: ['response-signed-digest-changed'],
  },
] as const satisfies readonly Rule[]

function bodyRules<const To extends 'response' | 'notification'>(direction: To, zh: string) {
  // Apps get a notification decrypted and parsed, so its media type is not in their types.
  const types = direction === 'response' ? 'breaking' : 'info'
  return [
    {
      id: `${direction}-body-added`,
      direction,
      wire: 'info',
      types: 'info',
      sentence: text(`a ${direction} body was added`, `新增${zh}体`),
      why: why.unknownIgnored,
      advice: advice.useIt,
      mirror: [`${direction}-body-removed`],
    },
    {
      id: `${direction}-body-removed`,
      direction,
      wire: 'breaking',
      types: 'breaking',
      sentence: text(`the ${direction} body was removed`, `${zh}体已移除`),
      why: text('Apps get nothing where there were values.', '应用在原先有值的地方取不到值。'),
      advice: advice.absent,
      mirror: [`${direction}-body-added`],
    },
    {
      id: `${direction}-media-type-added`,
      direction,
      wire: 'info',
      types: 'info',
      sentence: text(`the ${direction} body can also be {value}`, `${zh}体还可以是 {value}`),
      why: text('The client still asks for the old media type.', '客户端仍请求原有的媒体类型。'),
      advice: advice.nothing,
      mirror: [`${direction}-media-type-removed`],
    },
    {
      id: `${direction}-media-type-removed`,
      direction,
      wire: 'breaking',
      types,
      sentence: text(`the ${direction} body can no longer be {value}`, `${zh}体不再支持 {value}`),
      why: text(
        'Apps that read this media type get a different one.',
        '读取该媒体类型的应用会得到另一种类型。',
      ),
      advice: advice.read,
      mirror: [`${direction}-media-type-added`],
    },
    {
      id: `${direction}-media-type-changed`,
      direction,
      wire: 'breaking',
      types,
      sentence: text(
        `the media type of the ${direction} body changed from {before} to {after}`,
        `${zh}体的媒体类型由 {before} 变为 {after}`,
      ),
      why: text('Apps that read the old media type fail.', '按旧媒体类型读取的应用会出错。'),
      advice: advice.read,
      mirror: [`${direction}-media-type-changed`],
    },
  ] as const satisfies readonly Rule[]
}

/** Changes of responses and of notification bodies: statuses, headers, signatures, media types. */
export const responseRules = [
  ...statusAndSignatureRules,
  ...bodyRules('response', '应答'),
  ...bodyRules('notification', '通知'),
]
