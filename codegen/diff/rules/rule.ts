import type { Direction, Level } from './level.ts'
import { shortened } from './shortened.ts'

/** A text in English and Chinese. */
export interface Text {
  en: string
  zh: string
}

/** One kind of change: how it is judged and what the reports say about it. */
export interface Rule<Id extends string = string> {
  /** oasdiff's id, where oasdiff has the rule. */
  id: Id
  /** Absent for changes of a whole operation or domain. */
  direction?: Direction
  /** For a deployed app that keeps its SDK. */
  wire: Level
  /** For an app that upgrades and compiles; applies where the generated types cover the node. */
  types: Level
  /** The message of a change, with placeholders such as `{name}`. */
  sentence: Text
  why: Text
  /** What the developer of an app should do. */
  advice: Text
  /** The rules that report the same change with both sides swapped. */
  mirror: readonly Id[]
}

/** A text in both languages. */
export function text(en: string, zh: string): Text {
  return { en, zh }
}

/** Values for the placeholders of a sentence; `null` where a document has no value. */
export type Names = Partial<Record<Placeholder, string | null>>

type Placeholder = 'name' | 'in' | 'before' | 'after' | 'value' | 'values' | 'keyword' | 'count' | 'total'

const none: Text = { en: 'none', zh: '无' }

/** Fills in the placeholders of a sentence, long values cut. A placeholder without a value stays visible. */
export function fill(sentence: Text, whole: Names): Text {
  const names = { ...whole, ...shortened(whole.before, whole.after) }
  const put = (language: keyof Text) =>
    sentence[language].replace(/\{(\w+)\}/g, (whole, key: Placeholder) =>
      names[key] === null ? none[language] : (names[key] ?? whole),
    )
  const en = put('en')
  return { en: en.charAt(0).toUpperCase() + en.slice(1), zh: put('zh') }
}
