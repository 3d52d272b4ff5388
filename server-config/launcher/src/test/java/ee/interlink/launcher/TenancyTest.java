package ee.interlink.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenancyTest {
  @TempDir Path home;

  @Test
  void who_is_alone_leaves_as_the_last() throws IOException {
    try (Tenancy only = Tenancy.open(home)) {
      only.stay();
      assertThat(only.leaveAsLast()).isTrue();
    }
  }

  @Test
  void who_leaves_another_behind_is_not_the_last() throws Exception {
    // File locks are a process's, so the other tenant has to be one.
    Process other = new ProcessBuilder(tenantProgram()).redirectErrorStream(true).start();
    try (Tenancy first = Tenancy.open(home)) {
      assertThat(other.inputReader().readLine()).isEqualTo("staying");
      first.stay();
      assertThat(first.leaveAsLast()).isFalse();
    } finally {
      other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_tenant_that_was_killed_does_not_count() throws Exception {
    Process killed = new ProcessBuilder(tenantProgram()).redirectErrorStream(true).start();
    assertThat(killed.inputReader().readLine()).isEqualTo("staying");
    killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    try (Tenancy next = Tenancy.open(home)) {
      next.stay();
      assertThat(next.leaveAsLast()).isTrue();
    }
  }

  private String[] tenantProgram() {
    return new String[] {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-cp",
      System.getProperty("java.class.path"),
      LongStay.class.getName(),
      home.toString()
    };
  }

  /** Stays until it is killed. */
  static final class LongStay {
    private LongStay() {}

    public static void main(String[] args) throws IOException {
      Tenancy tenancy = Tenancy.open(Path.of(args[0]));
      tenancy.stay();
      System.out.println("staying");
      System.in.read();
    }
  }
}
