/** OpenAI's codes for the mistakes of callers. */
export const MISTAKE_CODES = {
  missing: 'missing_required_parameter',
  wrong_type: 'invalid_type',
  wrong_value: 'invalid_value',
  no_json: 'invalid_json',
} as const
