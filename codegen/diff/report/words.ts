import type { Level } from '../compare/change.ts'

/** Languages of the reports. */
export type Language = 'en' | 'zh'

/** Languages of the reports, by the option's value. */
export const languages = ['en', 'zh'] as const satisfies readonly Language[]

interface Words {
  levels: Record<Level, string>
  wire: string
  types: string
  wireWho: string
  typesWho: string
  suspicions: string
  none: string
  changes: (count: number) => string
  accepted: (count: number) => string
  stale: (count: number) => string
  staleHint: string
  leftOut: (count: number) => string
  official: string
  page: string
  whole: string
  workingTree: string
  title: string
}

/** What the reports say of themselves; sentences of the rules come with the changes. */
export const words: Record<Language, Words> = {
  en: {
    levels: { breaking: 'breaking', warning: 'warning', info: 'info' },
    wire: 'wire',
    types: 'types',
    wireWho: 'Deployed apps, SDK as it is',
    typesWho: 'Apps that upgrade and compile',
    suspicions: 'Probably an error of the page',
    none: 'No change.',
    changes: (count) => (count === 1 ? '1 change' : `${count} changes`),
    accepted: (count) => (count === 1 ? '1 accepted change' : `${count} accepted changes`),
    stale: (count) =>
      count === 1
        ? '1 accepted entry matches nothing any more'
        : `${count} accepted entries match nothing any more`,
    staleHint: 'remove them from the file',
    leftOut: (count) =>
      count === 1 ? '1 more change is left out here' : `${count} more changes are left out here`,
    official: 'official document',
    page: 'page',
    whole: 'the whole domain',
    workingTree: 'working tree',
    title: 'API review',
  },
  zh: {
    levels: { breaking: '不兼容', warning: '需留意', info: '无影响' },
    wire: '线上',
    types: '类型',
    wireWho: '已上线的应用，SDK 不动',
    typesWho: '升级 SDK 后重新编译的应用',
    suspicions: '很可能是文档页面有误',
    none: '没有变更。',
    changes: (count) => `${count} 处变更`,
    accepted: (count) => `${count} 处已认可的变更`,
    stale: (count) => `${count} 条认可记录已对不上任何变更`,
    staleHint: '请从文件中删除',
    leftOut: (count) => `另有 ${count} 处变更未列出`,
    official: '官方文档',
    page: '页面',
    whole: '整个产品',
    workingTree: '工作区',
    title: '接口变更评审',
  },
}
