import type { Diagnostic, Position, Severity } from '../docs/diagnostics.ts'

/** Every rule that an overlay is held to. Overlays are written here, so whatever is wrong with one is an error. */
export const overlayRules = {
  'overlay-unreadable': ['error', 'The folder of overlays, or a file in it, cannot be read.'],
  'overlay-syntax': ['error', 'The overlay is not YAML.'],
  'overlay-form': ['error', 'The file is not an OpenAPI Overlay 1.0 document of one of our specs.'],
  'overlay-evidence': ['error', 'The action does not say in words on what evidence it rests.'],
  'overlay-target': ['error', 'The target is no JSONPath, or selects what this action cannot change.'],
  'overlay-unmatched': ['error', 'The target is not in the document.'],
  'overlay-unchanged': ['error', 'The action changes nothing: the page says the same by now.'],
  'overlay-incompatible': ['error', 'The update holds another kind of value than the document.'],
} as const satisfies Record<string, readonly [Severity, string]>

/** The id of such a rule. */
export type OverlayRule = keyof typeof overlayRules

/** A finding in an overlay; `line` and `column` are those of the action. */
export type OverlayFinding = Omit<Diagnostic, 'rule'> & { rule: OverlayRule }

/** Makes a finding. */
export function overlayFinding(
  rule: OverlayRule,
  file: string,
  { line, column }: Position,
  message: string,
): OverlayFinding {
  return { file, line, column, rule, severity: overlayRules[rule][0], message }
}
