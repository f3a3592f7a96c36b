/** The package comes without types: the program espeak-ng as an Emscripten module. */
declare module 'espeak-ng' {
  interface FileSystem {
    writeFile(path: string, text: string): void
    /** @throws when there is no such file */
    readFile(path: string): Uint8Array
  }
  interface Espeak {
    readonly FS: FileSystem
  }
  interface Options {
    readonly arguments: readonly string[]
    readonly preRun: readonly ((module: Espeak) => void)[]
    print(line: string): void
    printErr(line: string): void
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object
  }
  /** Runs the program to its end. */
  export default function createEspeak(options: Options): Promise<Espeak>
}
