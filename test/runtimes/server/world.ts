import { createPrivateKey, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { rsaPair } from '../../support/keys.ts'
import { certificatePlatform, mchid, publicKeyPlatform, serial } from '../../support/platform-keys.ts'
import type { Input } from '../program/input.ts'
import { tradeBill } from './bill.ts'
import { faults } from './faults.ts'
import { type Sandbox, specDocuments, startSandbox } from './sandbox.ts'
import { type SideServer, startSideServer } from './side-server.ts'

/** The other side of one runtime's calls. */
export interface World {
  input: Input
  sandbox: Sandbox
  side: SideServer
  merchant: { publicKey: string }
  /** What nothing that is printed may hold. */
  secrets: string[]
  close(): Promise<void>
}

const names = ['bill', 'billdownload', 'merchant', 'merchant-service', 'pay', 'smartguide', 'webhooks']
const documents = specDocuments(names)
const bill = tradeBill(10_000)
const otherBill = tradeBill(10_001)

/** Starts one, with keys of its own. */
export async function startWorld(runtime: string, gunzips: boolean): Promise<World> {
  const merchant = rsaPair()
  const strangeKey = rsaPair().privateKey
  const known = publicKeyPlatform()
  const certified = certificatePlatform(3)
  const apiV3Key = randomBytes(16).toString('hex')
  const sandbox: Sandbox = await startSandbox({
    documents: Object.values(await documents),
    merchants: [{ mchid, serial, publicKey: merchant.publicKey, apiV3Key }],
    platform: [known, certified],
    fault: faults({ url: () => sandbox.url, bill, otherBill, merchantKey: merchant.publicKey, strangeKey }),
  })
  const side = await startSideServer(known.serial)
  const resource = {
    mchid,
    out_trade_no: 'notification-1',
    trade_state: 'SUCCESS',
    amount: { total: 100, payer_total: 100, currency: 'CNY', payer_currency: 'CNY' },
  }
  const notify = (signer: string) => sandbox.notification('TRANSACTION.SUCCESS', { resource, serial: signer })
  const good = await notify(known.serial)
  const pkcs1 = createPrivateKey(merchant.privateKey).export({ type: 'pkcs1', format: 'pem' }).toString()
  const input: Input = {
    runtime,
    reports: `${side.url}/reports`,
    baseUrl: sandbox.url,
    brokenUrl: side.url,
    closedUrl: await closedUrl(),
    gunzips,
    mchid,
    serial,
    apiV3Key,
    privateKey: merchant.privateKey,
    pkcs1,
    strangeKey,
    publicKeyId: known.serial,
    publicKey: known.publicKey,
    certificateSerial: certified.serial,
    notifications: {
      good,
      forged: { ...good, body: good.body.replace('{', '{ ') },
      certified: await notify(certified.serial),
    },
  }
  side.input = input
  return {
    input,
    sandbox,
    side,
    merchant,
    secrets: [apiV3Key, ...[merchant.privateKey, pkcs1, strangeKey].map(middle)],
    async close() {
      await Promise.all([sandbox.close(), side.close()])
    },
  }
}

/** A line that no other key has. */
function middle(pem: string): string {
  return pem.split('\n')[10]!
}

async function closedUrl(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
