import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Review } from '../review/review.ts'
import { type HtmlOptions, pageData } from './html-data.ts'

// Each module comes before those that use it.
const modules = [
  ...['element', 'words', 'filters', 'rows', 'card', 'head', 'suspicions'],
  ...['list', 'controls', 'domains', 'rest', 'main'],
]

const sheets = ['base', 'head', 'controls', 'changes', 'rows', 'narrow']

/** A review as one HTML file. It needs no network, and its policy runs no script but its own. */
export function htmlReport(review: Review, options: HtmlOptions = {}): string {
  const data = pageData(review, options)
  const script = modules.map((name) => withoutImports(asset(`${name}.js`))).join('\n')
  const style = sheets.map((name) => asset(`${name}.css`).trim()).join('\n')
  const policy = [
    "default-src 'none'",
    `script-src '${hash(`\n${script}\n`)}'`,
    `style-src '${hash(`\n${style}\n`)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="${data.language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>wechatpay-fetch diff</title>
<style>
${style}
</style>
</head>
<body>
<a class="skip" href="#list" id="skip"></a>
<header id="head"></header>
<section id="suspicions"></section>
<div class="layout">
<nav id="domains"></nav>
<main>
<form id="filters"></form>
<div id="list" tabindex="-1"></div>
<section id="rest"></section>
</main>
</div>
<footer id="foot"></footer>
<noscript>This report needs JavaScript. The script is part of this file. · 本报告需要启用 JavaScript，脚本就在此文件中。</noscript>
<script type="application/json" id="data">${embedded(data)}</script>
<script>
${script}
</script>
</body>
</html>
`
}

// Without `<`, JSON cannot end the script element that contains it.
function embedded(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c')
}

// The modules become one script, so imports and exports between them are dropped.
function withoutImports(module: string): string {
  return module
    .replace(/^import [^;]*? from '[^']*'\n/gm, '')
    .replace(/^export /gm, '')
    .trim()
}

// https://www.w3.org/TR/CSP3/#grammardef-hash-source
function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function asset(name: string): string {
  return readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8')
}
