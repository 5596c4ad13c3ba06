/** The longest label, and the longest first clause that is taken for one, in characters. */
const longest = { label: 32, clause: 16 }

// Words that begin a sentence or a condition, not the name of a thing.
const sentence =
  /^(?:根据|当|如|若|请|取|仅|只|特指|用于|表示|标识|描述|展示|符合|标志|该|此|本|在|由|被|与|对|从|为|一笔|单位|必须|序号|设置|计划明细)/
const condition = /(?:后|时|中|下|有效|返回|开始)$/

/**
 * The short label of a field: the text itself if it is a term, else its first clause that is one. A sentence of a page
 * is not copied into the spec.
 * @param text the first line of a description, without its enum
 */
export function readTerm(text: string): string | undefined {
  const label = text.replace(/[:：]$/, '').trim()
  if (label === '' || label === '枚举值') return undefined
  if (label.length <= longest.label && !/[。，；！？,;!?、：\n]|\.\s|https?:/.test(label)) return label
  const [first = '', second = ''] = label.replace(/^\d+[、.]\s*/, '').split(/[。，；！？,;!?：:\n（(|]|\.\s/)
  return clauseTerm(/(?:后|时)$|^(?:单位|指定|购买)/.test(first.trim()) ? second : first)
}

function clauseTerm(text: string): string | undefined {
  const clause = text.trim()
  const named = /\p{Script=Han}{2}/u.test(clause) && !/枚举|、/.test(clause)
  return named && clause.length <= longest.clause && !sentence.test(clause) && !condition.test(clause)
    ? clause
    : undefined
}
