import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { downloadUrl } from '../../../src/files/download-host.ts'
import { thrownBy } from '../../support/thrown.ts'

const path = '/v3/billdownload/file?token=a%2Bb+c=&tartype=GZIP'
const api = 'https://api.mch.weixin.qq.com'

const trusted: [url: string, baseUrl?: string][] = [
  [api + path],
  [`https://api2.mch.weixin.qq.com${path}`],
  [`https://apihk.mch.weixin.qq.com${path}`],
  [`https://apius.mch.weixin.qq.com${path}`],
  [`https://apieu.mch.weixin.qq.com${path}`],
  [`http://127.0.0.1:8443${path}`, 'http://127.0.0.1:8443'],
  [`https://pay.example.com${path}`, 'https://pay.example.com/prefix'],
]

for (const [url, baseUrl] of trusted) {
  test(`${url} is allowed and stays unchanged`, () => {
    const parsed = downloadUrl(url, baseUrl)
    assert.is(parsed.href, url)
    assert.is(parsed.pathname + parsed.search, path)
  })
}

test('other spellings of the same host are allowed, and the fragment is dropped', () => {
  assert.is(downloadUrl(`HTTPS://API.mch.WEIXIN.qq.com:443${path}#here`).href, api + path)
})

const refused: [url: unknown, baseUrl?: string][] = [
  [`https://api.mch.weixin.qq.com.evil.com${path}`],
  [`https://evil.com${path}`],
  [`https://evil.com#@api.mch.weixin.qq.com${path}`],
  [`https://evil.com/#https://api.mch.weixin.qq.com${path}`],
  [`https://evil.com?https://api.mch.weixin.qq.com${path}`],
  [`https://evil.com/api.mch.weixin.qq.com${path}`],
  [`https://evil.com\\@api.mch.weixin.qq.com${path}`],
  [`https://api.mch.weixin.qq.com\\@evil.com${path}`],
  [`https://api.mch.weixin.qq.com\\.evil.com${path}`],
  [`https://api.mch.weixin.qq.com@evil.com${path}`],
  [`https://user@api.mch.weixin.qq.com${path}`],
  [`https://user:secret@api.mch.weixin.qq.com${path}`],
  [`https://:secret@api.mch.weixin.qq.com${path}`],
  [`https://api.mch.weixin.qq.com.${path}`],
  [`https://api.mch.weixin.qq.com:8443${path}`],
  [`https://api.mch.weixin.qq.com:80${path}`],
  [`http://api.mch.weixin.qq.com${path}`],
  [`ftp://api.mch.weixin.qq.com${path}`],
  [`file://api.mch.weixin.qq.com${path}`],
  [`javascript:fetch("${api}")`],
  [`data:text/plain,${api}`],
  [`blob:${api}/x`],
  [`//api.mch.weixin.qq.com${path}`],
  [path],
  [` ${api}${path}`],
  [`${api}${path}\n`],
  [`https://api.mch.weixin.qq\t.com${path}`],
  ['https://api.mch.weixin.qq。com/x'],
  ['https://ａpi.mch.weixin.qq.com/x'],
  ['https://api.mch.weіxin.qq.com/x'],
  ['https://xn--api-mch-weixin-qq-com.evil.com/x'],
  ['https://api.mch.weixin.qq.com%2eevil.com/x'],
  ['https://xapi.mch.weixin.qq.com/x'],
  ['https://mch.weixin.qq.com/x'],
  ['https://pay.wechatpay.cn/invoicing/fapiao/fapiao-file?token=x'],
  ['https://[::1]/x'],
  [''],
  [undefined],
  [new URL(api)],
  [`http://127.0.0.1:8444${path}`, 'http://127.0.0.1:8443'],
  [`https://127.0.0.1:8443${path}`, 'http://127.0.0.1:8443'],
  [`http://127.0.0.1${path}`, 'http://127.0.0.1:8443'],
  [`http://user@127.0.0.1:8443${path}`, 'http://127.0.0.1:8443'],
  ['data:text/plain,x', 'data:text/plain,x'],
]

for (const [url, baseUrl] of refused) {
  test(`nothing is sent to ${JSON.stringify(url)}${baseUrl ? ` by a client with baseUrl ${baseUrl}` : ''}`, async () => {
    const error = await thrownBy(() => downloadUrl(url, baseUrl))
    assert.is(error.code, 'ERR_DOWNLOAD_HOST')
    assert.not.match(error.message, /secret|token/)
  })
}

test.run()
