import { run } from '../run.ts'

/** A module of workerd: it takes the input by POST, and answers when all checks are done. */
export default {
  async fetch(request: Request): Promise<Response> {
    await run(await request.json())
    return new Response('done')
  },
}
