import { text } from './rule.ts'

/** Advice that many rules give in the same words. */
export const advice = {
  nothing: text('Nothing.', '无需处理。'),
  useIt: text('Nothing; use it when you need it.', '无需处理，按需使用。'),
  send: text(
    'Change what is sent before WeChat Pay enforces it, then upgrade.',
    '在微信支付强制执行之前调整所发送的内容，然后升级。',
  ),
  stop: text('Stop sending it; upgrade and follow the compiler.', '停止发送；升级后按编译错误修改。'),
  read: text(
    'Make the reading code accept both shapes, deploy it, then upgrade.',
    '先让读取代码兼容新旧两种形式并上线，然后升级。',
  ),
  absent: text('Handle its absence, deploy, then upgrade.', '先处理缺失的情况并上线，然后升级。'),
  compile: text('Upgrade when convenient and follow the compiler.', '方便时升级，按编译错误修改。'),
  check: text('Look whether the app relies on it.', '检查应用是否依赖于此。'),
  migrate: text('Move to what replaces it, deploy, then upgrade.', '迁移到替代接口并上线，然后升级。'),
} as const
