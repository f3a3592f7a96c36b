/** @param command how whoever asks has started it */
export function usageOf(command: string): string {
  return `${command} [--host 127.0.0.1] [--port 8787] [--data ./data] [--env-file .dev.vars]

Runs the gateway on this machine, in workerd, with its ledger in the data folder. HOST, PORT, DATA_DIR and
the settings of the gateway (WORKER_ACCESS_KEY and FAL_API_KEY must be set) come from the environment or
from .dev.vars in this folder; NAME_FILE names a file that holds one. docs/self-host.md tells the rest.`
}
