import type { Schema } from '../openapi/document.ts'
import { doc } from './literal.ts'

/** What the doc comment of a field says: its label with notes, its default and a sample value. */
export interface DocComment {
  title?: string
  default?: string
  example?: string
}

const encrypted = {
  wechatpay: '明文，由客户端加密',
  merchant: '明文，由客户端解密',
  apiv3: '密文：APIv3密钥加密',
}
const units = { fen: '单位：分', yuan: '单位：元', seconds: '单位：秒' }
const formats: Record<string, string> = { 'date-time': 'RFC 3339', date: 'yyyy-MM-dd' }

/**
 * The doc comment of a field.
 * @param example a sample value; other values than short texts, numbers and booleans are left out
 * @param received whether WeChat Pay sends the value: closed states may get new values
 */
export function docComment(schema: Schema, example: unknown, received: boolean): DocComment {
  const inner = schema.items ?? schema
  const label = schema.description ?? ''
  const notes = [
    inner['x-unit'] && !/单位/.test(label) && units[inner['x-unit']],
    inner.format && `格式：${formats[inner.format] ?? inner.format}`,
    inner['x-encrypted'] && encrypted[inner['x-encrypted']],
    received &&
      inner.type === 'string' &&
      inner.enum &&
      inner.enum.length > 1 &&
      '可能新增取值，请处理 default',
  ].filter(Boolean)
  const said = notes.join('；')
  const title = doc(label && said ? `${label}（${said}）` : label || said)
  const initial = scalar(inner.default)
  const listed = inner.enum ?? inner['x-extensible-enum']
  const sample = inner['x-encrypted'] || schema.items || listed ? undefined : scalar(example)
  return {
    ...(title !== '' && { title }),
    ...(initial && { default: initial }),
    ...(sample && { example: sample }),
  }
}

// A sample longer than this tells a reader nothing more.
const longest = 64

function scalar(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
  const text = doc(value)
  return text === '' || text.length > longest ? undefined : text
}
