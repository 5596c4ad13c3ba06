import type { Peer } from './peers.ts'

/** Why a peer says otherwise than we do whether rules break a deployed app. */
export interface Disagreement {
  peer: Peer
  rules: RegExp
  reason: string
}

const own = `-(became-(not-)?encrypted|encryption-changed)$`

/** Every disagreement on the pairs of the rules; the test fails for one that is not here, and for one that is no more. */
export const disagreements: readonly Disagreement[] = [
  {
    peer: 'oasdiff',
    rules: new RegExp(
      `${own}|^(request-signed-part|response-signed-digest)-changed$|^response-became-unsigned$`,
    ),
    reason: 'Encryption and signatures are extensions of this project; oasdiff ignores them.',
  },
  {
    peer: 'api-smart-diff',
    rules: new RegExp(
      `${own}|^(request-signed-part|response-signed-digest)-changed$|^response-became-unsigned$|sunset`,
    ),
    reason: 'Extensions are unclassified there.',
  },
  {
    peer: 'oasdiff',
    rules: /^notification-/,
    reason:
      'oasdiff takes what a webhook brings for a request that the app sends: all is told, with the direction turned round. A property that a notification loses is a warning there, one that it gains is an error.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^(notification|webhook)-/,
    reason: 'Webhooks are unclassified there.',
  },
  {
    peer: 'oasdiff',
    rules: /^api-removed-with-deprecation$/,
    reason: 'oasdiff asks whether the removal was announced; a deployed app stops all the same.',
  },
  {
    peer: 'oasdiff',
    rules: /^sunset-added$/,
    reason:
      'x-sunset on an operation that was deprecated already is no change there; here it is the day on which calls fail.',
  },
  {
    peer: 'oasdiff',
    rules: /^api-server-(removed|changed)$/,
    reason: 'oasdiff does not judge servers; a deployed app calls the old host.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^api-(server-(removed|changed)|security-changed)$/,
    reason: 'Servers are annotation there, and an authorisation that is no longer asked for is no break.',
  },
  {
    peer: 'oasdiff',
    rules: /^api-security-changed$/,
    reason: 'Anonymous access is harmless there; one rule here tells every change of authorisation.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-body-removed$/,
    reason: 'A body that is no longer read is ignored, like a property: a warning here, an error there.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^(request-body|request-parameter)-removed$|^request-parameter-renamed$/,
    reason: 'What is sent in excess is ignored: a warning here, breaking there.',
  },
  {
    peer: 'oasdiff',
    rules: /^response-success-status-(removed|changed)$/,
    reason: 'The client takes every 2xx for success, and the contents are compared by themselves.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^response-(success-status-(removed|changed)|non-success-status-removed|header-removed)$/,
    reason:
      'Any status or header that is no longer told is breaking there; here a warning, and info for errors.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^(new-required-request-parameter|request-body-added-required)$/,
    reason:
      'Where there were no parameters, or no body, an added list is taken for an addition, whatever it requires.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-property-forbidden$/,
    reason: 'additionalProperties: false is not looked at; ajv refuses the property.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^request-property-forbidden$/,
    reason: 'additionalProperties: false is not looked at; ajv refuses the property.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-parameter-in-changed$/,
    reason: 'Told as one removed and one optional added; the app sends it where nobody looks.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-parameter-(list-of-types-(widened|narrowed)|became-embedded-json)$/,
    reason:
      'Lists of types of a parameter are compared as text, since all of a parameter is text; here by what ajv says.',
  },
  {
    peer: 'oasdiff',
    rules: /^request-parameter-(const-(added|changed)|content-(media-type|encoding)-changed)$/,
    reason: 'Not looked at for parameters.',
  },
  {
    peer: 'oasdiff',
    rules: /-extensible-enum-value-removed$/,
    reason:
      'An extensible enum is open: a value that is no longer listed may still be taken. A warning here.',
  },
  {
    peer: 'oasdiff',
    rules: /-format-hint-changed$/,
    reason: 'Any format counts there; here those that validators check.',
  },
  {
    peer: 'api-smart-diff',
    rules: /-format-hint-changed$/,
    reason: 'Any format counts there; here those that validators check.',
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
      'A text that is told to hold JSON is another type of content there; the text may have held it all along.',
  },
  {
    peer: 'oasdiff',
    rules:
      /^response-property-(type-generalized|const-removed|format-(removed|changed)|constraint-loosened)$/,
    reason:
      'A promise about values that TypeScript cannot express: an app may stop working. A warning here, an error there.',
  },
  {
    peer: 'api-smart-diff',
    rules: /^response-property-(const-removed|format-removed|constraint-loosened)$/,
    reason: 'A promise about values that TypeScript cannot express: a warning here.',
  },
  {
    peer: 'api-smart-diff',
    rules:
      /^(request|response)-(property|parameter)-(type-changed|type-specialized|type-generalized|list-of-types-(widened|narrowed)|became-(not-)?(nullable|enum))$/,
    reason:
      'Types and enums are not classified by direction, and a keyword that comes or goes is judged by that alone: a type that changes, or becomes nullable, in an answer is no break there.',
  },
  {
    peer: 'api-smart-diff',
    rules:
      /-(content-(media-type|encoding)-changed|const-changed|became-not-embedded-json|required-property-undocumented)$/,
    reason: 'Not classified, or not by direction.',
  },
  {
    peer: 'api-smart-diff',
    rules: /-default-value-(added|removed|changed)$/,
    reason:
      'A default that goes is breaking there; the value that the app sends means the same. A warning here.',
  },
  {
    peer: 'api-smart-diff',
    rules: /-schema-changed$|^response-property-additional-properties-(forbidden|allowed)$/,
    reason:
      'A keyword that no rule judges is a warning here; readers of an answer ignore what they do not know.',
  },
]

/** Disagreements on generated pairs that come from an edit which is no change here. */
export const onGenerated: readonly { peer: Peer; edit: string; reason: string }[] = [
  {
    peer: 'api-smart-diff',
    edit: 'further',
    reason: '`additionalProperties: true` says what its absence says; that it goes is breaking there.',
  },
]
