/** An operation of a page. Rows are lines of a table. */
export interface PrintedOperation {
  method?: string
  /** As in the samples: `v3/pens/{pen_id}`. */
  path?: string
  title?: string
  text?: string
  /** Text between the heading and the request table. */
  above?: string
  request?: string[]
  response?: string[]
  /** The argument of the samples' calls. */
  options?: string
  /** Text below the request table, instead of the six samples. */
  samples?: string
  /** The status code in the samples. */
  status?: number
  below?: string
}

/** The marker row of a response without content. */
export const nothing = '| 空字符串(无返回内容) {align=center colspan=3}'

/** The row between a string and its embedded rows, and between alternatives. */
export const separator = '| {colspan=3 .im-table-line}'

/** A page: one operation with front matter, or several operations below a `{#mix}` heading. */
export function page(...operations: [PrintedOperation, ...PrintedOperation[]]): string {
  const [first] = operations
  if (operations.length > 1)
    return `# 若干操作 {#mix}\n\n${operations.map((one) => `#${section(one, one.title ?? '写一封信')}`).join('\n')}`
  const matter = `---\ntitle: ${JSON.stringify(first.title ?? '写一封信')}\ndescription: ${JSON.stringify(first.text ?? '')}\n---\n\n`
  return matter + section({ ...first, text: '{{ $frontmatter.description }}' }, '{{ $frontmatter.title }}')
}

/** A table of a page. */
function table(header: string, id: string, rows: string[]): string {
  return [
    `| ${header} | 类型 {.type} | 描述 {.desc}`,
    '| --- | --- | ---',
    ...rows,
    '',
    `{.im-table #${id}}`,
  ].join('\n')
}

function section(operation: PrintedOperation, title: string): string {
  const { method = 'post', text, above, request = [], response = [nothing], below } = operation
  return [
    `# ${title} {#${method}}`,
    text,
    above,
    table('请求参数', 'request', request),
    operation.samples ?? samples(operation),
    table('返回字典', 'response', response),
    below,
    '',
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
}

/** The six samples of a call. */
export function samples({
  method = 'post',
  path = 'v3/pens',
  options = '[]',
  response,
  status = response ? 200 : 204,
}: PrintedOperation): string {
  const chain = path
    .split('/')
    .map((part) => part.replace(/^\{(.*)\}$/, '_$1_').replace(/-([a-z])/g, (_, c: string) => c.toUpperCase()))
    .join('->')
  const heads = {
    纯链式: `$instance->${chain}`,
    声明式: `$instance->chain('${path}')`,
    属性式: `$instance['${path}']`,
  }
  const check = `print_r($response->getStatusCode() === ${status});`
  const fences = Object.entries(heads).flatMap(([style, head]) => [
    `\`\`\`php [异步${style}]\n${head}->${method}Async(${options})\n->then(static function($response) {\n  ${check}\n})\n->wait();\n\`\`\``,
    `\`\`\`php [同步${style}]\n$response = ${head}->${method}(${options});\n${check}\n\`\`\``,
  ])
  return ['::: code-group', ...fences, ':::'].join('\n\n')
}

/** The parts of a notification's page that differ. */
export interface PrintedNotification {
  event?: string
  title?: string
  /** Rows after the ciphertext. */
  plaintext?: string[]
  /** Rows of the resource, instead of the usual ones. */
  resource?: string[]
  /** Text below the request table. */
  below?: string
}

const usual = [
  '| original_type {data-required data-indent=2} | string | 原始类型',
  '| ciphertext {data-required data-indent=2} | string {data-encrypted=by-aes-gcm} | 密文',
]

/** A page of a notification. */
export function notificationPage({
  event = 'PEN.SOLD',
  title,
  plaintext,
  resource,
  below,
}: PrintedNotification): string {
  const rows = [
    '| headers {data-required} | object | 头参数',
    '| Wechatpay-Serial {data-required data-indent=1} | string | 序列号',
    '| body {data-required} | object | 数据',
    `| event_type {data-required data-indent=1} | string | 类型<br/>\`${event}\` 枚举值`,
    '| resource {data-required data-indent=1} | object | 资源',
    ...(resource ?? usual),
    ...(plaintext ? [separator, ...plaintext] : []),
  ]
  const reply = [
    '| body | object | 应答',
    '| code {data-indent=1} | string | 返回码<br/>`SUCCESS` \\| `FAIL` 枚举值之一',
  ]
  return [
    `---\ntitle: ${JSON.stringify(title ?? `售出(${event})通知`)}\ndescription: ''\n---`,
    '# {{ $frontmatter.title }} {#post}',
    table('请求参数', 'request', rows),
    below,
    '```php [处理程序]\nfunction handle() {}\n```',
    table('应答规范', 'response', reply),
    '',
  ]
    .filter((part) => part !== undefined)
    .join('\n\n')
}
