import { ConfigError } from '../errors.ts'
import { attempts } from '../exchange/attempts.ts'
import { exchange } from '../exchange/exchange.ts'
import { formSnapshot } from '../exchange/form-snapshot.ts'
import { hooksUntil } from '../hooks.ts'
import { knownOperations } from '../operations/operation.ts'
import type { Operations } from '../operations/table.ts'
import { ownProperties } from '../own.ts'
import { authorizer } from '../signature/authorizer.ts'
import { calls } from './call.ts'
import { downloadTools } from './download.ts'
import { inspectable } from './inspect.ts'
import { withInternals } from './internals.ts'
import { dataOpener } from './open-data.ts'
import { type BrandOptions, type ClientOptions, checkOptions, type MerchantOptions } from './options.ts'
import { keySource } from './platform-keys.ts'
import { type Init, methods } from './prepare.ts'

/**
 * A merchant's client that knows the operations of some tables. What `generate` writes calls it, and gives it its type.
 *
 * @throws {ConfigError} for an option that is missing or malformed, and for a table that is none
 * @throws {KeyError} for a key that is certainly wrong
 */
export function clientOf<Client>(tables: readonly Operations[], given: MerchantOptions): Client {
  const options = ownProperties(given ?? {})
  if (options.brandId !== undefined)
    throw new ConfigError('ERR_CONFIG', 'brandId is not for createClient', {
      hint: 'For a brand, use createBrandClient of wechatpay-fetch/brand. createClient takes a mchid',
    })
  return composed(tables, options)
}

/** The same for a brand. */
export function brandClientOf<Client>(tables: readonly Operations[], given: BrandOptions): Client {
  const options = ownProperties(given ?? {})
  if (options.brandId === undefined)
    throw new ConfigError('ERR_CONFIG', 'brandId is missing', {
      hint: 'It is the id of the brand, as a string. For a merchant, use createClient',
    })
  return composed(tables, options)
}

function composed<Client>(tables: readonly Operations[], options: ClientOptions): Client {
  const operations = knownOperations(tables)
  checkOptions(options)
  const { privateKey, hooks = {} } = options
  const attempt = attempts(authorizer(options), hooks)
  const keys = keySource(options, attempt)
  const send = exchange({ attempt, keys, operations, options })
  const call = calls({
    exchange: send,
    async sealForm(body, operation, signal) {
      // Before anything is awaited, so that what the caller changes later is neither signed nor sent.
      const taken = formSnapshot(body, operation.traits.form!, operation.name)
      // Loaded here, as most apps never upload.
      const { sealForm } = await import('../exchange/seal-fields.ts')
      return sealForm(taken, operation, keys, hooksUntil(signal, hooks), signal)
    },
    openData: dataOpener(privateKey),
    operations,
    options,
  })
  const verbs = methods.map((method) => [method, (path: string, init?: Init) => call(method, path, init)])
  const client = inspectable<object>(Object.fromEntries(verbs), options)
  const download = downloadTools(send, operations, options)
  const internals = { download, keys, operations, call, privateKey }
  // For `paginate`, which takes the function alone.
  withInternals((client as { GET: object }).GET, internals)
  return withInternals(client, internals) as Client
}
