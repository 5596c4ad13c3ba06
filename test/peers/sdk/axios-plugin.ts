import { createHash } from 'node:crypto'
import { Aes, Multipart, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import type { By, Exchanged, Peer, PeerRequest, PeerSetup } from './peer.ts'

const { AesGcm } = Aes

/** wechatpay-axios-plugin, in this process. */
export async function axiosPlugin(setup: PeerSetup): Promise<Peer> {
  return new AxiosPlugin(setup)
}

class AxiosPlugin implements Peer {
  readonly name = 'wechatpay-axios-plugin'
  private readonly setup: PeerSetup
  private readonly privateKey
  private downloaded: Record<string, string> | undefined

  constructor(setup: PeerSetup) {
    this.setup = setup
    this.privateKey = Rsa.from(setup.privateKey, Rsa.KEY_TYPE_PRIVATE)
  }

  async sign(message: string, privateKey?: string): Promise<string> {
    const key = privateKey === undefined ? this.privateKey : Rsa.from(privateKey, Rsa.KEY_TYPE_PRIVATE)
    return Rsa.sign(message, key)
  }

  async verify(message: string, signature: string, publicKey: string): Promise<boolean> {
    return Rsa.verify(message, signature, Rsa.from(publicKey, Rsa.KEY_TYPE_PUBLIC))
  }

  async request({ method, path, body, by }: PeerRequest): Promise<Exchanged> {
    const { client, headers } = await this.client(by)
    const [pathname = '', query] = path.split('?')
    const { status, data } = await client.client.v3.request({
      method,
      url: pathname,
      headers,
      ...(query !== undefined && { params: new URLSearchParams(query) }),
      ...(body !== undefined && { data: JSON.parse(body) }),
    })
    return { status, body: data ? JSON.stringify(data) : '' }
  }

  async upload(filename: string, content: Uint8Array, by: By): Promise<Exchanged> {
    const { client, headers } = await this.client(by)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const meta = { filename, sha256 }
    const form = new Multipart()
    form.append('meta', JSON.stringify(meta))
    form.append('file', Buffer.from(content), filename)
    // As bytes: axios takes the form itself for one of the platform's, and loses the name of the file.
    const { status, data } = await client.client.v3.request({
      method: 'POST',
      url: '/v3/merchant/media/upload',
      data: form.getBuffer(),
      headers: { ...headers, ...form.getHeaders() },
      ...{ meta },
    })
    return { status, body: JSON.stringify(data) }
  }

  /**
   * The certificates are let in before the answer that they came in is verified. Its command line means to do the same,
   * but puts them where 0.9.6 does not look any more: it copies `certs`, and leaves the copy in the options.
   */
  async certificates(): Promise<Record<string, string>> {
    const { url: baseURL, mchid, serial, privateKey, apiV3Key } = this.setup
    const config = { baseURL, mchid, serial, privateKey, certs: { any: '' } as Record<string, string> }
    const { v3 } = new Wechatpay(config).client
    const all: Record<string, string> = {}
    const letIn = (text: string) => {
      for (const { serial_no, encrypt_certificate: sealed } of JSON.parse(text).data) {
        const { ciphertext, nonce, associated_data } = sealed
        all[serial_no] = AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated_data)
      }
      Object.assign(config.certs, all)
      return text
    }
    const transforms = [v3.defaults.transformResponse ?? []].flat()
    await v3.get('/v3/certificates', { transformResponse: [letIn, ...transforms] })
    return all
  }

  async encrypt(text: string, by: By): Promise<{ serial: string; ciphertext: string }> {
    const [serial, key] = await this.platform(by)
    return { serial, ciphertext: Rsa.encrypt(text, Rsa.from(key, Rsa.KEY_TYPE_PUBLIC)) }
  }

  async decrypt(ciphertext: string, privateKey?: string): Promise<string> {
    const key = privateKey === undefined ? this.privateKey : Rsa.from(privateKey, Rsa.KEY_TYPE_PRIVATE)
    return Rsa.decrypt(ciphertext, key)
  }

  seal: Peer['seal'] = async ({ text, nonce, associatedData }) =>
    AesGcm.encrypt(text, this.setup.apiV3Key, nonce, associatedData)

  open: Peer['open'] = async ({ ciphertext, nonce, associatedData }) =>
    AesGcm.decrypt(ciphertext, this.setup.apiV3Key, nonce, associatedData)

  /** Its readme's own way: it has the parts and no handler. */
  async notification(
    { headers, body }: { headers: Record<string, string>; body: string },
    by: By,
  ): Promise<string> {
    const [serial, key] = await this.platform(by)
    if (headers['Wechatpay-Serial'] !== serial) throw new Error('signed with another key')
    const text = `${headers['Wechatpay-Timestamp']}\n${headers['Wechatpay-Nonce']}\n${body}\n`
    if (!(await this.verify(text, headers['Wechatpay-Signature'] ?? '', key))) throw new Error('not verified')
    const { ciphertext, nonce, associated_data } = JSON.parse(body).resource
    return AesGcm.decrypt(ciphertext, this.setup.apiV3Key, nonce, associated_data)
  }

  close(): void {}

  /** It sends no Wechatpay-Serial by itself. */
  private async client(by: By): Promise<{ client: Wechatpay; headers: Record<string, string> }> {
    const { url: baseURL, mchid, serial, privateKey } = this.setup
    const [platformSerial, key] = await this.platform(by)
    const certs = { [platformSerial]: key }
    const client = new Wechatpay({ baseURL, mchid, serial, privateKey, certs })
    return { client, headers: { 'Wechatpay-Serial': platformSerial } }
  }

  private async platform(by: By): Promise<[serial: string, key: string]> {
    if (by === 'key') return [this.setup.publicKeyId, this.setup.publicKey]
    this.downloaded ??= await this.certificates()
    const [first] = Object.entries(this.downloaded)
    return first!
  }
}
