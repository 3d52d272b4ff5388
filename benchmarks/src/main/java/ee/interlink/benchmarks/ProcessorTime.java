package ee.interlink.benchmarks;

import java.time.Duration;

/** What a process has taken of the processors so far, its own and the kernel's for it. */
final class ProcessorTime {
  private ProcessorTime() {}

  static Duration of(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElseThrow();
  }
}
