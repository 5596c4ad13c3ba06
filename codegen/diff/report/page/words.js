/** What the page says of itself. */
export const words = {
  en: {
    levels: { breaking: 'breaking', warning: 'warning', info: 'info' },
    wire: 'wire',
    types: 'types',
    either: 'either',
    wireWho: 'Deployed apps',
    wireWhat: 'keep the SDK they have',
    typesWho: 'Apps that upgrade',
    typesWhat: 'and compile again',
    nothing: 'No change',
    harmless: (/** @type {number} */ count) => `${changes(count)}, none breaking`,
    verdict: (/** @type {number} */ breaking, /** @type {number} */ count) =>
      breaking === count
        ? count === 1
          ? 'One change, and it is breaking'
          : `${number(count)} changes, all breaking`
        : `${number(breaking)} of ${changes(count)} ${breaking === 1 ? 'is' : 'are'} breaking`,
    suspicions: 'Probably an error of the page',
    suspicionsHint: 'Look at these first: the page, rather than the API, seems to have changed.',
    explains: (/** @type {number} */ count) => `explains ${changes(count)}`,
    domains: 'Domains',
    all: 'All domains',
    judgement: 'Judged by',
    level: 'Level',
    search: 'Search path, title, field, rule…',
    shown: (/** @type {number} */ shown, /** @type {number} */ count) =>
      shown === count ? changes(count) : `${number(shown)} of ${changes(count)}`,
    noMatch: 'No change matches these filters.',
    reset: 'Show all',
    more: 'Show more',
    openAll: 'Open all',
    closeAll: 'Close all',
    before: 'before',
    after: 'after',
    absent: 'not there',
    hidden: (/** @type {number} */ count) => `${number(count)} ${count === 1 ? 'line' : 'lines'} alike`,
    same: 'The schema reads the same on both sides.',
    why: 'Why',
    advice: 'What to do',
    rule: 'Rule',
    official: 'official document',
    accept: 'Accept',
    copy: 'Copy the command that accepts it',
    copied: 'Copied',
    reason: 'accepted:',
    accepted: (/** @type {number} */ count) => `${changes(count)} accepted before`,
    stale: (/** @type {number} */ count) =>
      count === 1
        ? '1 accepted entry matches nothing any more: remove it'
        : `${number(count)} accepted entries match nothing any more: remove them`,
    whole: 'The whole domain',
    skip: 'To the changes',
    directions: { request: 'sent', response: 'received', notification: 'notified' },
    foot: 'Wire: a deployed app with the SDK it has. Types: an app that upgrades and compiles. Requests are sent, responses and notifications are received.',
  },
  zh: {
    levels: { breaking: '不兼容', warning: '需留意', info: '无影响' },
    wire: '线上',
    types: '类型',
    either: '任一',
    wireWho: '已上线的应用',
    wireWhat: 'SDK 保持不动',
    typesWho: '升级 SDK 的应用',
    typesWhat: '重新编译',
    nothing: '没有变更',
    harmless: (/** @type {number} */ count) => `${number(count)} 处变更，均兼容`,
    verdict: (/** @type {number} */ breaking, /** @type {number} */ count) =>
      breaking === count
        ? `${number(count)} 处变更，${count === 1 ? '' : '全部'}不兼容`
        : `${number(count)} 处变更，其中 ${number(breaking)} 处不兼容`,
    suspicions: '很可能是文档页面有误',
    suspicionsHint: '请先看这里：变的似乎是页面，而不是接口。',
    explains: (/** @type {number} */ count) => `可解释 ${number(count)} 处变更`,
    domains: '产品',
    all: '全部产品',
    judgement: '判断依据',
    level: '级别',
    search: '搜索路径、标题、字段、规则…',
    shown: (/** @type {number} */ shown, /** @type {number} */ count) =>
      shown === count ? `${number(count)} 处变更` : `${number(count)} 处变更中的 ${number(shown)} 处`,
    noMatch: '没有符合筛选条件的变更。',
    reset: '显示全部',
    more: '显示更多',
    openAll: '全部展开',
    closeAll: '全部收起',
    before: '变更前',
    after: '变更后',
    absent: '无',
    hidden: (/** @type {number} */ count) => `${number(count)} 行相同`,
    same: '两侧的结构读起来相同。',
    why: '原因',
    advice: '应对',
    rule: '规则',
    official: '官方文档',
    accept: '认可',
    copy: '复制认可此变更的命令',
    copied: '已复制',
    reason: '已认可：',
    accepted: (/** @type {number} */ count) => `此前已认可 ${number(count)} 处变更`,
    stale: (/** @type {number} */ count) => `${number(count)} 条认可记录已对不上任何变更，请删除`,
    whole: '整个产品',
    skip: '跳到变更',
    directions: { request: '发送', response: '接收', notification: '通知' },
    foot: '线上：已部署的应用，SDK 不变。类型：升级 SDK 后重新编译的应用。请求由应用发出；应答与通知由应用接收。',
  },
}

/** @param {number} count */
function changes(count) {
  return count === 1 ? '1 change' : `${number(count)} changes`
}

/** @param {number} count */
export function number(count) {
  return count.toLocaleString('en')
}

/** Levels, worst first, each with a mark for those who do not see colours. */
export const marks = { breaking: '✕', warning: '!', info: '·' }
