// Written by `npm run models:update`; do not change it by hand.

/** What the tables were made of. */
export const SOURCE = {
  package: '@fal-ai/client',
  version: '1.10.1',
  sha256: 'a071f97905b8a1068f924c74108b881362f20c9054620b70359c200404e23b4e',
} as const
