/** The settings by which a gateway takes the pretend fal at this address for fal. */
export function toFalSettings(url: string) {
  return {
    FAL_QUEUE_URL: `${url}/queue`,
    FAL_RUN_URL: `${url}/run`,
    FAL_REST_URL: `${url}/rest`,
    FAL_API_URL: `${url}/api/v1`,
  }
}
