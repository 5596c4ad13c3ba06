import type { Level } from '../rules/level.ts'

export type Language = 'en' | 'zh'

/** The values of `--lang`. */
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
  omitted: (count: number) => string
  official: string
  whole: string
  workingTree: string
  title: string
}

/** The wording of the reports, except the sentences of the rules. */
export const words: Record<Language, Words> = {
  en: {
    levels: { breaking: 'breaking', warning: 'warning', info: 'info' },
    wire: 'wire',
    types: 'types',
    wireWho: 'Deployed apps that keep their SDK',
    typesWho: 'Apps that upgrade and compile',
    suspicions: 'Probably a mistake in the page',
    none: 'No changes.',
    changes: (count) => (count === 1 ? '1 change' : `${count} changes`),
    accepted: (count) => (count === 1 ? '1 accepted change' : `${count} accepted changes`),
    stale: (count) =>
      count === 1
        ? '1 accepted entry no longer matches a change; remove it from the file'
        : `${count} accepted entries no longer match a change; remove them from the file`,
    omitted: (count) =>
      count === 1 ? '1 more change is omitted here' : `${count} more changes are omitted here`,
    official: 'official document',
    whole: 'the whole domain',
    workingTree: 'working tree',
    title: 'API review',
  },
  zh: {
    levels: { breaking: '不兼容', warning: '需留意', info: '无影响' },
    wire: '线上',
    types: '类型',
    wireWho: '已上线且 SDK 不变的应用',
    typesWho: '升级 SDK 并重新编译的应用',
    suspicions: '疑似文档页面有误',
    none: '没有变更。',
    changes: (count) => `${count} 处变更`,
    accepted: (count) => `${count} 处已接受的变更`,
    stale: (count) => `${count} 条接受记录已不对应任何变更，请从文件中删除`,
    omitted: (count) => `另有 ${count} 处变更未列出`,
    official: '官方文档',
    whole: '整个产品',
    workingTree: '工作区',
    title: '接口变更评审',
  },
}
