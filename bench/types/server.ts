/** A place in a text, both from 0. */
export interface Place {
  line: number
  character: number
}

/** A language server with one file open, as an editor drives it. */
export interface Server {
  open(file: string, text: string): Promise<void>
  /** Brings the file to another text, by the smallest edit. */
  change(file: string, text: string): Promise<void>
  /** The messages of the file's errors. */
  diagnostics(file: string): Promise<string[]>
  /** The number of entries offered. */
  completions(file: string, at: Place): Promise<number>
  /** Peak resident memory of the server's processes, in MB. */
  memory(): number
  close(): Promise<void>
}

/** What an editor waits for, in ms, and the figures that do not depend on the machine. */
export interface Waits {
  open: number
  edit: number
  path: number
  paths: number
  field: number
  fields: number
  memory: number
}

/** The place of the `|` in a text, and the text without it. */
function cursor(marked: string): { text: string; at: Place } {
  const before = marked.slice(0, marked.indexOf('|')).split('\n')
  return {
    text: marked.replace('|', ''),
    at: { line: before.length - 1, character: before.at(-1)!.length },
  }
}

/** What is asked: a text to be written at the end of the file, with the cursor in it. */
export interface Asked {
  path: string
  field: string
}

/** Opens a file, edits it, and asks in it; each figure is the median of some rounds, each after an edit. */
export async function drive(server: Server, file: string, text: string, asked: Asked): Promise<Waits> {
  try {
    return await measure(server, file, text, asked)
  } finally {
    await server.close()
  }
}

async function measure(server: Server, file: string, text: string, asked: Asked): Promise<Waits> {
  let revision = 1
  const edited = () => text.replace('revision = 1', `revision = ${++revision}`)
  async function completions(marked: string): Promise<{ time: number; count: number }> {
    let count = 0
    const time = await repeated(async () => {
      const { text: own, at } = cursor(edited() + marked)
      await server.change(file, own)
      count = await server.completions(file, at)
    })
    return { time, count }
  }
  const open = await timed(async () => {
    await server.open(file, text)
    const [error] = await server.diagnostics(file)
    if (error) throw new Error(`${file}: ${error}`)
  })
  const edit = await repeated(async () => {
    await server.change(file, edited())
    await server.diagnostics(file)
  })
  const path = await completions(asked.path)
  const field = await completions(asked.field)
  return {
    open,
    edit,
    path: path.time,
    paths: path.count,
    field: field.time,
    fields: field.count,
    memory: server.memory(),
  }
}

const rounds = 5

async function repeated(action: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) times.push(await timed(action))
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!
}

async function timed(action: () => Promise<void>): Promise<number> {
  const since = performance.now()
  await action()
  return performance.now() - since
}
