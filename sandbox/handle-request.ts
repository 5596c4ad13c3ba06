import type { Account } from './keys/accounts.ts'
import type { Keyring } from './keys/keyring.ts'
import { authorizationJudge } from './receive/check-authorization.ts'
import { checkBody } from './receive/check-json-body.ts'
import { checkParameters } from './receive/check-parameters.ts'
import { checkUpload, formSchema, signedBytes } from './receive/check-upload.ts'
import { opener } from './receive/decrypt-fields.ts'
import { type Route, router } from './receive/operation-router.ts'
import { paramError, Refusal } from './receive/refusal.ts'
import type { RequestRecord } from './receive/request-record.ts'
import { certificates, certificatesDocument, isCertificates } from './respond/platform-certificates.ts'
import { type Answer, failure, signed, success } from './respond/signed-response.ts'
import { compilers } from './spec/schema-compiler.ts'
import type { Document } from './spec/spec-types.ts'

/** What the judge found: the answer, and the header that is signed in its body's place. */
export interface Verdict {
  answer: Answer
  digest?: string
}

/** Makes the judge of whole requests: it checks one and answers as WeChat Pay would. */
export function judge(
  documents: readonly Document[],
  accounts: readonly Account[],
  keys: Keyring,
  now: () => number,
): (request: RequestRecord) => Promise<Verdict> {
  const known = documents.some((document) => document.paths?.['/v3/certificates'])
  const route = router(known ? documents : [...documents, certificatesDocument])
  const compile = compilers()
  const authorize = authorizationJudge(accounts, now)

  async function verdict(request: RequestRecord): Promise<Verdict> {
    const found = attempt(() => route(request.method, request.target))
    checkHeaders(request, keys)
    const open = found instanceof Refusal ? undefined : found
    const free = open?.operation.security?.length === 0
    const account = free ? undefined : authorize(request, signedBytes(open, request))
    // That there is no such operation is told to those only who may ask.
    if (found instanceof Refusal) throw found
    await check(found, request, account)
    const { operation } = found
    const answer = isCertificates(found.path) ? certificates(keys, account) : success(found, account)
    if (operation['x-unsigned-response']) return { answer }
    const digest = operation['x-signed-digest']
    const serial = request.headers['wechatpay-serial']
    const given = typeof serial === 'string' ? { serial } : {}
    return { answer: signed(answer, keys, now, given, digest), ...(digest && { digest }) }
  }

  async function check(found: Route, request: RequestRecord, account: Account | undefined): Promise<void> {
    request.operation = `${request.method} ${found.path}`
    if (account) request.account = 'mchid' in account ? account.mchid : account.brandId
    const compiled = compile(found.document)
    const open = opener(found.document, request, keys, compiled)
    checkParameters(found, request, compiled, open)
    if (formSchema(found)) await checkUpload(found, request, compiled, open)
    else checkBody(found, request, compiled, open)
  }

  return (request) =>
    verdict(request).catch((thrown) => {
      if (thrown instanceof Refusal) return { answer: failure(thrown) }
      const reason = thrown instanceof Error ? thrown.message : String(thrown)
      return { answer: failure(new Refusal(500, 'SYSTEM_ERROR', `the sandbox failed: ${reason}`)) }
    })
}

function attempt<T>(find: () => T): T | Refusal {
  try {
    return find()
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown
    throw thrown
  }
}

function checkHeaders({ headers }: RequestRecord, keys: Keyring): void {
  if (!/(^|[\s,])(application\/json|application\/\*|\*\/\*)/i.test(headers.accept ?? '')) {
    throw paramError('header', 'Accept', 'missing, or application/json is not among it')
  }
  if (!headers['user-agent']) throw paramError('header', 'User-Agent', 'missing')
  const serial = headers['wechatpay-serial']
  // The official Java SDK sends an empty one as long as it has no certificate.
  if (serial && !keys.find(String(serial))) {
    throw paramError(
      'header',
      'Wechatpay-Serial',
      'not a key of WeChat Pay; never send the merchant’s own serial',
    )
  }
}
