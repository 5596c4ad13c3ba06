import type { Diagnostic, Position, Severity } from '../docs/diagnostics.ts'

/**
 * Every rule for overlays, and for the operations of brands. Both are part of this repository, so that every finding is
 * an error.
 */
const overlayRules = {
  'overlay-unreadable': ['error', 'The folder of the overlays, or a file in it, cannot be read.'],
  'overlay-syntax': ['error', 'The overlay is not valid YAML.'],
  'overlay-form': ['error', 'The file is not an OpenAPI Overlay 1.0 document for one of the specs.'],
  'overlay-evidence': ['error', 'The action has no description that gives the evidence.'],
  'overlay-target': [
    'error',
    'The target is not a JSONPath, or selects a node that the action cannot change.',
  ],
  'overlay-unmatched': ['error', 'The document does not have the target.'],
  'overlay-unchanged': ['error', 'The action changes nothing: the page has been corrected.'],
  'overlay-variants': [
    'error',
    'A variant lists a field that the table lacks, or no variant lists a field of it.',
  ],
  'twin-missing': ['error', 'An operation of brands is made of a partner’s that no page documents any more.'],
  'overlay-incompatible': ['error', 'The update has a different kind of value than the document.'],
} as const satisfies Record<string, readonly [Severity, string]>

/** The id of a rule for overlays. */
export type OverlayRule = keyof typeof overlayRules

/** A finding in an overlay, at the line and column of the action. */
export type OverlayFinding = Omit<Diagnostic, 'rule'> & { rule: OverlayRule }

/** Makes a finding with the severity of its rule. */
export function overlayFinding(
  rule: OverlayRule,
  file: string,
  { line, column }: Position,
  message: string,
): OverlayFinding {
  return { file, line, column, rule, severity: overlayRules[rule][0], message }
}
