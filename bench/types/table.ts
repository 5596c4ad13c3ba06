/** A Markdown table of figures, a row each; behind each figure its share of the first row's. */
export function table<Figures>(
  rows: [name: string, figures: Figures][],
  columns: [name: string, pick: (figures: Figures) => number][],
): string {
  const first = rows[0]![1]
  const lines = rows.map(([name, figures]) => {
    const cells = columns.map(([, pick]) => cell(pick(figures), pick(first), figures === first))
    return `| ${[name, ...cells].join(' | ')} |`
  })
  const names = ['', ...columns.map(([name]) => name)]
  return `\n| ${names.join(' | ')} |\n| --- |${' ---: |'.repeat(columns.length)}\n${lines.join('\n')}\n`
}

function cell(value: number, first: number, alone: boolean): string {
  const figure = Math.round(value).toLocaleString('en')
  const share = value / first
  if (alone || !Number.isFinite(share)) return figure
  return `${figure} (${share < 0.1 ? share.toFixed(3) : share.toFixed(2)})`
}
