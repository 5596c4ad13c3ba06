import { attempts } from '../exchange/attempts.ts'
import { exchange } from '../exchange/exchange.ts'
import { sealForm } from '../exchange/seal.ts'
import { decrypter } from '../keys/decrypter.ts'
import { ownProperties } from '../own.ts'
import { authorizer } from '../signature/authorizer.ts'
import { calls } from './call.ts'
import { downloadTools } from './download.ts'
import { inspectable } from './inspect.ts'
import { withInternals } from './internals.ts'
import { type ClientOptions, checkOptions } from './options.ts'
import { keySource } from './platform-keys.ts'
import { type Init, methods } from './prepare.ts'

/** Composes a client. The entries of the package document it and give it its type. */
export function createClient<C>(given: ClientOptions): C {
  const options = ownProperties(given ?? {})
  checkOptions(options)
  const { privateKey, hooks = {} } = options
  const attempt = attempts(authorizer(options), hooks)
  const keys = keySource(options, attempt)
  const send = exchange({ attempt, keys, options })
  const call = calls({
    exchange: send,
    sealForm: (body, operation, signal) => sealForm(body, operation, keys, hooks, signal),
    decrypter: decrypter(privateKey),
    options,
  })
  const verbs = methods.map((method) => [method, (path: string, init?: Init) => call(method, path, init)])
  const client = inspectable<object>(Object.fromEntries(verbs), options)
  return withInternals(client, { download: downloadTools(send, options), keys }) as C
}
