/** `pay-devices` → `PayDevices`, `guides/{guide_id}` → `GuidesGuideId`. */
export function pascal(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
