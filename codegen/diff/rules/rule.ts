import type { Direction, Level } from '../compare/change.ts'

/** A text in both languages. */
export interface Text {
  en: string
  zh: string
}

/** How one kind of change is judged, and what is said of it. */
export interface Rule {
  /** oasdiff's name where it has the rule. */
  id: string
  /** Absent where a change is about an operation or a domain as a whole. */
  direction?: Direction
  /** For a deployed app that keeps its SDK. */
  wire: Level
  /** For an app that upgrades and compiles, where the generated types know the place. */
  types: Level
  /** The sentence of a change; `{name}` and the like are filled in. */
  sentence: Text
  why: Text
  /** What an app should do. */
  advice: Text
  /** What the same change is called with the sides swapped, or why it has no name. */
  mirror: readonly string[] | { none: string }
}

/** A text of both languages. */
export function text(en: string, zh: string): Text {
  return { en, zh }
}

/** The parameters of a sentence. */
export type Names = Record<string, string>

/** The sentence with its names filled in. A name that is missing stays visible. */
export function fill({ en, zh }: Text, names: Names): Text {
  const put = (template: string) => template.replace(/\{(\w+)\}/g, (whole, key) => names[key] ?? whole)
  return { en: put(en.charAt(0).toUpperCase() + en.slice(1)), zh: put(zh) }
}
