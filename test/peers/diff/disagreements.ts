import type { Peer } from './peers.ts'

/** Why a peer disagrees with us on whether changes of some rules break a deployed app. */
export interface Disagreement {
  peer: Peer
  rules: RegExp
  reason: string
}

const encryption = `-(became-(not-)?encrypted|encryption-changed)$`

/** Every disagreement on the cases of the rules. The test fails if one is missing here, or no longer exists. */
export const disagreements: readonly Disagreement[] = [
  {
    peer: 'oasdiff',
    rules: new RegExp(
      `${encryption}|^(request-signed-part|response-signed-digest)-changed$|^response-became-unsigned$`,
    ),
    reason: 'Encryption and signatures are extensions of this project; oasdiff ignores them.',
  },
  {
    peer: 'api-smart-diff',
    rules: new RegExp(
      `${encryption}|^(request-signed-part|response-signed-digest)-changed$|^response-became-unsigned$|sunset`,
    ),
    reason: 'It does not classify extensions.',
  },
  {
    peer: 'oasdiff',
    rules: /^endpoint-added-/,
    reason:
      'A new operation is harmless there; here its host, signature and encryption are judged as those of any other.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^endpoint-added-/,
    reason:
      'A new operation is harmless there; here its host, signature and encryption are judged as those of any other.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^response-property-enum-value-added$/,
    reason: 'As oasdiff: breaking there, a warning here.',
  },
  {
    peer: 'oasdiff',
    rules: /^response-property-enum-value-added$/,
    reason:
      'A new value of a closed state is a warning here: types close states against misspelling, and every switch needs a default.',
  },
  {
    peer: 'oasdiff',
    rules: /^notification-/,
    reason:
      'oasdiff treats the body of a webhook as a request that the app sends, so its verdicts are for the opposite direction. A property that a notification loses is a warning there, one that it gains is an error.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^(notification|webhook)-/,
    reason: 'It does not classify webhooks.',
  },
  {
    peer: 'oasdiff',
    rules: /^api-removed-with-deprecation$/,
    reason: 'oasdiff asks whether the removal was announced; a deployed app stops working anyway.',
  },
  {
    peer: 'oasdiff',
    rules: /^sunset-added$/,
    reason:
      'oasdiff ignores x-sunset on an operation that was already deprecated; here it is the day from which calls fail.',
  },
  {
    peer: 'oasdiff',
    rules: /^api-server-(added|removed|changed)$/,
    reason: 'oasdiff does not judge servers; a deployed app calls the old host.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^api-(server-(added|removed|changed)|security-changed)$/,
    reason:
      'It classifies servers as annotations, and does not count authentication that is no longer required as breaking.',
  },
  {
    peer: 'oasdiff',
    rules: /^api-security-changed$/,
    reason: 'Anonymous access is harmless there; here one rule covers every change of authentication.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-body-removed$/,
    reason: 'A body that is no longer read is ignored, as a property is: a warning here, an error there.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^(request-body|request-parameter)-removed$|^request-parameter-renamed$/,
    reason: 'Excess parts of a request are ignored: a warning here, breaking there.',
  },
  {
    peer: 'oasdiff',
    rules: /^response-success-status-(removed|changed)$/,
    reason: 'The client treats every 2xx as success, and the bodies are compared separately.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^response-(success-status-(removed|changed)|non-success-status-removed|header-removed)$/,
    reason:
      'A status or header that is no longer documented is breaking there; here it is a warning, or info for errors.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^(new-required-request-parameter|request-body-added-required)$/,
    reason:
      'If there were no parameters, or no body, an added list counts as an addition there, whatever it requires.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-property-forbidden$/,
    reason: 'It ignores additionalProperties: false; ajv refuses the property.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^request-property-forbidden$/,
    reason: 'It ignores additionalProperties: false; ajv refuses the property.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-parameter-in-changed$/,
    reason:
      'Reported as one parameter removed and an optional one added; the app sends it where it is no longer read.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-parameter-(list-of-types-(widened|narrowed)|became-embedded-json)$/,
    reason:
      'It compares types of a parameter as strings, since parameters are sent as strings; here ajv decides.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-parameter-(const-(added|changed)|content-(media-type|encoding)-changed)$/,
    reason: 'It ignores these keywords for parameters.',
  },
  {
    peer: 'oasdiff',
    rules: /-extensible-enum-value-removed$/,
    reason:
      'An extensible enum is open: a value that is no longer listed may still be accepted. A warning here.',
  },
  {
    peer: 'oasdiff',
    rules: /-format-hint-changed$/,
    reason: 'Any format counts there; here only those that validators check.',
  },
  {
    peer: 'api-smart-diff',
    rules: /-format-hint-changed$/,
    reason: 'Any format counts there; here only those that validators check.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-(property|parameter)-constraint-changed$/,
    reason: 'A changed pattern is a warning there; ajv refuses what the old one allowed.',
  },
  {
    peer: 'oasdiff',
    rules: /-content-schema-(added|removed)$/,
    reason:
      'A string that is newly documented to contain JSON has a different content type there; it may always have contained JSON.',
  },
  {
    peer: 'oasdiff',
    rules:
      /^response-property-(type-generalized|const-removed|format-(removed|changed)|constraint-loosened)$/,
    reason:
      'A guarantee about values that TypeScript cannot express was dropped: an app may stop working. A warning here, an error there.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^response-property-(const-removed|format-removed|constraint-loosened)$/,
    reason: 'A guarantee about values that TypeScript cannot express was dropped: a warning here.',
  },
  {
    peer: 'api-smart-diff',
    rules:
      /^(request|response)-(property|parameter)-(type-changed|type-specialized|type-generalized|list-of-types-(widened|narrowed)|became-(not-)?(nullable|enum))$/,
    reason:
      'It does not classify types and enums by direction, and judges an added or removed keyword only by that: a type that changes, or becomes nullable, in a response is not breaking there.',
  },
  {
    peer: 'api-smart-diff',
    rules:
      /-(content-(media-type|encoding)-changed|const-changed|became-not-embedded-json|required-property-undocumented)$/,
    reason: 'It does not classify these, or not by direction.',
  },
  {
    peer: 'api-smart-diff',
    rules: /-default-value-(added|removed|changed)$/,
    reason:
      'A removed default is breaking there; values that the app sends keep their meaning. A warning here.',
  },
  {
    peer: 'api-smart-diff',
    rules: /-schema-changed$|^response-property-additional-properties-(forbidden|allowed)$/,
    reason:
      'A keyword that no rule judges is a warning here; apps ignore properties of a response that they do not know.',
  },
]

/** Disagreements on generated pairs, caused by an edit that is no change here. */
export const onGenerated: readonly { peer: Peer; edit: string; reason: string }[] = [
  {
    peer: 'api-smart-diff',
    edit: 'further',
    reason: '`additionalProperties: true` means the same as its absence; removing it is breaking there.',
  },
]
