/** The words about who may use the gateway, what it has, and what to do when it fails. */
export const enAccess = {
  key: {
    title: 'Access key',
    label: 'Access key of this gateway',
    why: 'The key that its owner set as WORKER_ACCESS_KEY, not a key of OpenAI or fal. It is kept in this browser only.',
    save: 'Use this key',
    change: 'Change the access key',
    forget: 'Forget it',
    missing: 'Enter the access key to begin.',
    wrong:
      'The gateway does not accept this key. Check it for missing letters; its owner finds it as WORKER_ACCESS_KEY in the settings of the Worker.',
    unconfigured: 'The gateway is running but not configured yet.',
    setSecret: 'If it is yours, set the secret, then try again:',
    mendVariable: (name: string) =>
      `If it is yours, mend ${name} where it is set: in wrangler.jsonc, or in the Worker’s settings at Cloudflare. Then try again.`,
    unreachable: 'The gateway could not be reached. Check the network and try again.',
    retry: 'Try again',
    show: 'Show the key',
    checking: 'Checking the key…',
  },
  about: {
    title: 'About this gateway',
    close: 'Close',
    on: 'on',
    off: 'off',
    unknown: 'The gateway does not tell what it has.',
    how: 'What programs may ask of it:',
    bindings: {
      ledger: {
        title: 'Ledger',
        on: 'A request that is repeated is served by the first one’s job and not paid for twice. Lists of jobs, usage, limits and budgets work.',
        off: 'Each request that arrives is a job of its own, also one that is sent again because its answer was lost. There are no lists of jobs, no usage and no budgets. Bind a Durable Object to have them.',
      },
      images_bucket: {
        title: 'Bucket for pictures',
        on: 'With IMAGE_URLS=r2 pictures are copied here, and their links outlive them at fal.',
        off: 'Links to pictures end when fal no longer keeps the pictures. Bind an R2 bucket and set IMAGE_URLS=r2 to keep copies. What is on this page stays in your browser either way.',
      },
      media: {
        title: 'Previews of videos',
        on: 'A thumbnail and a spritesheet can be had of each video.',
        off: 'Only a video that was made with a first frame has a thumbnail, which is that frame. Bind Media Transformations as MEDIA to have both of any.',
      },
      rate_limiter: {
        title: 'Rate limiter',
        on: 'A program that runs away is stopped after some hundred requests a minute, or what was set.',
        off: 'Nobody is stopped who asks too fast. Bind a rate limiter where many have a key.',
      },
      usage: {
        title: 'Usage data',
        on: 'Each finished job is written to Analytics Engine, with its model and cost.',
        off: 'Finished jobs are in the log only. Bind a data set of Analytics Engine to count them.',
      },
      assets: {
        title: 'This page',
        on: 'The files of this page are deployed beside the gateway.',
        off: 'The files of this page come from elsewhere: the gateway itself has none.',
      },
    },
  },
  /** What to do about a failure, by its code. */
  help: {
    content_policy_violation: 'The content filter refused this. Say it in other words.',
    insufficient_quota:
      'Nothing more may be spent: today’s budget of your access key, or the balance of the gateway’s fal account, is used up. Its owner can raise the one and top up the other at fal.ai/dashboard/billing.',
    upstream_auth_failed:
      'fal does not accept the gateway’s key. Its owner must check FAL_API_KEY.',
    upstream_failed:
      'fal failed. Where it says that nothing was charged, try again; else look at fal first.',
    rate_limit_exceeded: 'These were too many requests for the moment. Try again shortly.',
    worker_not_configured: 'The gateway is not configured. Reload the page to see what is missing.',
    job_cancelled: 'Stopped. What had not begun costs nothing.',
    job_not_found: 'Only the access key that ordered it can ask for it. Enter that one above.',
    model_not_found: 'This model is not there any more. Choose another.',
    job_expired: 'fal no longer keeps this result.',
    job_timeout: 'It takes longer than the gateway waits. Reload the page later.',
    unreachable:
      'The gateway could not be reached. A job that it has taken goes on, and is looked for when this page is loaded again.',
    page_closed:
      'The page was closed before the gateway had taken the order. Nothing is known of it.',
    invalid_api_key:
      'The gateway does not accept the access key any more. Enter another with the key button above.',
  },
}

export type AccessWords = typeof enAccess
