/** One test inside a real VS Code; it fails by throwing. */
export interface HostTest {
  name: string;
  timeoutMs?: number;
  run(): Promise<void>;
}
