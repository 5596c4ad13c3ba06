import { annotationsReport } from '../diff/report/annotations-report.ts'
import type { Links } from '../diff/report/html-data.ts'
import { htmlReport } from '../diff/report/html-report.ts'
import { jsonReport } from '../diff/report/json-report.ts'
import { markdownReport } from '../diff/report/markdown-report.ts'
import { textReport } from '../diff/report/text-report.ts'
import type { Language } from '../diff/report/words.ts'
import type { Judgement, Review } from '../diff/review/review.ts'

/** What `--format` of a diff may be. */
export const formats = ['text', 'markdown', 'json', 'html', 'github'] as const

export type Format = (typeof formats)[number]

interface Asked {
  format: Format
  judgement: Judgement
  language?: Language
  links: Links
  /** A file gets no colours. */
  toFile: boolean
}

/** A review in the format asked for. */
export function report(review: Review, { format, judgement, language, links, toFile }: Asked): string {
  const spoken = language && { language }
  if (format === 'json') return jsonReport(review)
  if (format === 'html') return htmlReport(review, { ...spoken, links })
  if (format === 'markdown') return markdownReport(review, { ...spoken })
  if (format === 'github') return annotationsReport(review, { ...spoken, judgement })
  return textReport(review, { ...spoken, ...(toFile && { colour: false }) })
}
