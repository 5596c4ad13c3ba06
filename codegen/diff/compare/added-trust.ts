import type { Endpoint } from './endpoint.ts'
import { endpointsOf } from './endpoint.ts'
import { type Field, fieldNodesOf } from './field-nodes.ts'
import { listOf, shown } from './json.ts'
import { member, type NamedDocument, rootOf } from './json-node.ts'
import { serversOf, urlsOf } from './lifecycle.ts'
import { note, type Scope } from './record.ts'

/** What the older side knows of hosts and of encrypted fields. */
export interface Known {
  hosts: ReadonlySet<string>
  /** An operation that encrypts the field, by name and label; by name alone where no operation has it plain. */
  encrypted: ReadonlyMap<string, string>
}

// Documents that did not change are not compared, so that there may be none that names a host.
const usualHosts = ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com']

/** Collects the hosts of the documents and the fields that their operations encrypt. */
export function knownOf(documents: readonly NamedDocument[]): Known {
  const named = documents.flatMap((document) => urlsOf(member(rootOf(document), 'servers')))
  const hosts = new Set(named.length > 0 ? named : usualHosts)
  const encrypted = new Map<string, string>()
  const plain = new Set<string>()
  for (const endpoint of documents.flatMap(endpointsOf)) {
    for (const { name, label, isEncrypted } of fieldNodesOf(endpoint)) {
      if (isEncrypted) {
        if (label !== undefined) encrypted.set(`${name}\n${label}`, endpoint.key)
        encrypted.set(name, endpoint.key)
      } else plain.add(name)
    }
  }
  for (const name of plain) encrypted.delete(name)
  return { hosts, encrypted }
}

/**
 * Notes what a reviewer must confirm of a new operation: a host of its own, a response without a signature, a field in
 * plain text that another operation encrypts. Nothing of it is harmless because the operation is new.
 */
export function noteTrust(endpoint: Endpoint, known: Known, at: Scope): void {
  const { kind, key, operation } = endpoint
  if (kind === 'notification') return
  const servers = serversOf(endpoint)
  const [usual] = known.hosts
  for (const url of urlsOf(servers))
    if (!known.hosts.has(url))
      note(at, 'endpoint-added-with-host', undefined, servers, {
        name: key,
        before: shown(usual),
        after: shown(url),
      })
  if (operation.value['x-unsigned-response'] === true)
    note(at, 'endpoint-added-unsigned', undefined, operation, { name: key })
  const security = operation.value['security']
  if (Array.isArray(security) && listOf(security).length === 0)
    note(at, 'endpoint-added-unauthorized', undefined, operation, { name: key })
  for (const field of fieldNodesOf(endpoint)) notePlain(field, key, known, at)
}

function notePlain(
  { name, label, isEncrypted, location, node }: Field,
  key: string,
  known: Known,
  at: Scope,
): void {
  if (isEncrypted) return
  const other = known.encrypted.get(`${name}\n${label}`) ?? known.encrypted.get(name)
  if (other === undefined) return
  const names = { name: key, value: name, in: other }
  note({ ...at, location }, 'endpoint-added-with-plain-field', undefined, node, names)
}
