/** The wording of the page. */
export const words = {
  en: {
    levels: { breaking: 'breaking', warning: 'warning', info: 'info' },
    wire: 'wire',
    types: 'types',
    either: 'either',
    wireWho: 'Deployed apps',
    wireWhat: 'that keep their SDK',
    typesWho: 'Apps that upgrade',
    typesWhat: 'and compile again',
    nothing: 'No changes',
    harmless: (/** @type {number} */ count) => `${changes(count)}, none breaking`,
    verdict: (/** @type {number} */ breaking, /** @type {number} */ count) =>
      breaking === count
        ? count === 1
          ? 'One change, and it is breaking'
          : `${number(count)} changes, all breaking`
        : `${number(breaking)} of ${changes(count)} ${breaking === 1 ? 'is' : 'are'} breaking`,
    suspicions: 'Probably a mistake in the page',
    suspicionsHint: 'Check these first: a mistake in the page is more likely than a change of the API.',
    explains: (/** @type {number} */ count) => `explains ${changes(count)}`,
    domains: 'Domains',
    all: 'All domains',
    judgement: 'Judgement',
    level: 'Level',
    search: 'Search path, title, field, rule…',
    shown: (/** @type {number} */ shown, /** @type {number} */ count) =>
      shown === count ? changes(count) : `${number(shown)} of ${changes(count)}`,
    noMatch: 'No changes match these filters.',
    reset: 'Show all',
    more: 'Show more',
    openAll: 'Expand all',
    closeAll: 'Collapse all',
    before: 'before',
    after: 'after',
    absent: 'absent',
    hidden: (/** @type {number} */ count) => `${number(count)} unchanged ${count === 1 ? 'line' : 'lines'}`,
    same: 'This excerpt is the same on both sides.',
    why: 'Why',
    advice: 'What to do',
    rule: 'Rule',
    official: 'official document',
    accept: 'Accept',
    copy: 'Copy the command that accepts this change',
    copied: 'Copied',
    reason: 'Accepted because',
    accepted: (/** @type {number} */ count) => `${changes(count)} accepted earlier`,
    stale: (/** @type {number} */ count) =>
      count === 1
        ? '1 accepted entry no longer matches a change: remove it'
        : `${number(count)} accepted entries no longer match a change: remove them`,
    whole: 'The whole domain',
    skip: 'Skip to the changes',
    directions: { request: 'request', response: 'response', notification: 'notification' },
    foot: 'Wire: a deployed app that keeps its SDK. Types: an app that upgrades and compiles. Apps send requests; they receive responses and notifications.',
  },
  zh: {
    levels: { breaking: '不兼容', warning: '需留意', info: '无影响' },
    wire: '线上',
    types: '类型',
    either: '任一',
    wireWho: '已上线的应用',
    wireWhat: 'SDK 保持不变',
    typesWho: '升级 SDK 的应用',
    typesWhat: '升级后重新编译',
    nothing: '没有变更',
    harmless: (/** @type {number} */ count) => `${number(count)} 处变更，没有不兼容的`,
    verdict: (/** @type {number} */ breaking, /** @type {number} */ count) =>
      breaking === count
        ? `${number(count)} 处变更，${count === 1 ? '' : '全部'}不兼容`
        : `${number(count)} 处变更，其中 ${number(breaking)} 处不兼容`,
    suspicions: '疑似文档页面有误',
    suspicionsHint: '请先检查这些：更可能是页面有误，而不是接口变了。',
    explains: (/** @type {number} */ count) => `可解释 ${number(count)} 处变更`,
    domains: '产品',
    all: '全部产品',
    judgement: '判断角度',
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
    hidden: (/** @type {number} */ count) => `${number(count)} 行未变`,
    same: '两侧的摘录相同。',
    why: '原因',
    advice: '处理建议',
    rule: '规则',
    official: '官方文档',
    accept: '接受',
    copy: '复制用于接受此变更的命令',
    copied: '已复制',
    reason: '接受原因',
    accepted: (/** @type {number} */ count) => `此前已接受 ${number(count)} 处变更`,
    stale: (/** @type {number} */ count) => `${number(count)} 条接受记录已不对应任何变更，请删除`,
    whole: '整个产品',
    skip: '跳到变更列表',
    directions: { request: '请求', response: '应答', notification: '通知' },
    foot: '线上：已上线且 SDK 不变的应用。类型：升级 SDK 并重新编译的应用。应用发送请求，接收应答和通知。',
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

/** A mark for each level, for readers who do not see colours. */
export const marks = { breaking: '✕', warning: '!', info: '·' }
