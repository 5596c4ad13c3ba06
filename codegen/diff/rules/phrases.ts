import { text } from './rule.ts'

/** Reasons that several rules share. */
export const why = {
  refusedWithout: text('Requests without it are refused.', '缺少它的请求会被拒绝。'),
  acceptedWithout: text('Requests without it are still accepted.', '不带它的请求照常接受。'),
  acceptedWith: text('Requests with it are still accepted.', '带有它的请求照常接受。'),
  acceptedAsBefore: text('All values accepted before are still accepted.', '原先接受的值仍然接受。'),
  unknownIgnored: text('Apps ignore what they do not know.', '应用会忽略不认识的内容。'),
  amongFormer: text(
    'All values received now could be received before.',
    '现在收到的值都在原有取值范围之内。',
  ),
  oldNameIgnored: text('The old name is ignored.', '旧名称会被忽略。'),
  newNameRequired: text('Requests without the new name are refused.', '不带新名称的请求会被拒绝。'),
} as const

/** Advice that several rules share. */
export const advice = {
  nothing: text('No action needed.', '无需处理。'),
  useIt: text('No action needed; use it when you need it.', '无需处理，可按需使用。'),
  send: text(
    'Change what the app sends before WeChat Pay enforces it, then upgrade.',
    '在微信支付强制执行之前修改发送的内容，然后升级。',
  ),
  stop: text(
    'Stop sending it; after upgrading, fix what the compiler reports.',
    '停止发送；升级后按编译错误修改。',
  ),
  rename: text(
    'Send the new name; after upgrading, fix what the compiler reports.',
    '改用新名称；升级后按编译错误修改。',
  ),
  read: text(
    'Make the code that reads it accept both forms, deploy, then upgrade.',
    '先让读取的代码同时兼容新旧两种形式并上线，再升级。',
  ),
  absent: text('Handle a missing value, deploy, then upgrade.', '先处理取不到值的情况并上线，再升级。'),
  compile: text(
    'Upgrade when convenient and fix what the compiler reports.',
    '方便时升级，并按编译错误修改。',
  ),
  check: text('Check whether the app relies on it.', '检查应用是否依赖于此。'),
  migrate: text('Switch to the replacement, deploy, then upgrade.', '先切换到替代接口并上线，再升级。'),
} as const
