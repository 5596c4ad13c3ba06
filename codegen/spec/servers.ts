import type { Server } from '../openapi/document.ts'

/** https://pay.weixin.qq.com/doc/v3/merchant/4012081606 */
export const defaultHost: Server = { url: 'https://api.mch.weixin.qq.com', description: '主域名' }

/** Answers when the first host does not. */
export const backupHost: Server = { url: 'https://api2.mch.weixin.qq.com', description: '备域名' }
