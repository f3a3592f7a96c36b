import type { Preferences } from '../../job/preferences.ts'

/** fal takes nothing shorter than a little more than a second as the time to a start. */
const LEAST_START_SECONDS = 2

/** A job's preferences in fal's headers (fal API reference §3); what is usual is not said. */
export function toPreferenceHeaders(
  preferences: Preferences | undefined,
): Readonly<Record<string, string>> {
  if (preferences === undefined) return {}
  const { startWithinSeconds, lowPriority, stored, resultSeconds, caller } = preferences
  return {
    ...(startWithinSeconds !== undefined && {
      'x-fal-request-timeout': String(Math.max(LEAST_START_SECONDS, startWithinSeconds)),
    }),
    ...(lowPriority && { 'x-fal-queue-priority': 'low' }),
    ...(!stored && { 'x-fal-store-io': '0' }),
    ...(resultSeconds !== undefined && {
      'x-fal-object-lifecycle-preference': JSON.stringify({
        expiration_duration_seconds: resultSeconds,
      }),
    }),
    'x-fal-tags': `caller=${caller}`,
  }
}
