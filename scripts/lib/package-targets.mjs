/** The platforms that LadybugDB is built for, under VS Code's names. */
export const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'];
export const TARGETS = [...PLATFORMS, 'universal'];
