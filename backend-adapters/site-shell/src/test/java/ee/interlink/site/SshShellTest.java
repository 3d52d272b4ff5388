package ee.interlink.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshShellTest extends SiteShellContract {
  @TempDir Path keys;
  private EmbeddedSshServer server;

  @Override
  SiteShell open() throws Exception {
    server = new EmbeddedSshServer(keys);
    return SshShell.connect(server.target());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void another_host_key_than_the_known_one_is_not_authorised() throws Exception {
    server.trust(EmbeddedSshServer.newKey());
    assertThatThrownBy(() -> SshShell.connect(server.target()))
        .isInstanceOf(SiteNotAuthorisedException.class)
        .hasMessageContaining("the host's key is not the one in");
  }

  @Test
  void an_unknown_host_is_not_authorised() throws Exception {
    Files.writeString(server.knownHosts, "");
    assertThatThrownBy(() -> SshShell.connect(server.target()))
        .isInstanceOf(SiteNotAuthorisedException.class);
  }

  @Test
  void a_key_that_the_host_does_not_know_is_not_authorised() throws Exception {
    EmbeddedSshServer.writeKey(EmbeddedSshServer.newKey(), server.key);
    assertThatThrownBy(() -> SshShell.connect(server.target()))
        .isInstanceOf(SiteNotAuthorisedException.class)
        .hasMessageContaining("does not accept the key");
  }

  @Test
  void a_file_without_a_key_is_not_authorised() throws Exception {
    Files.writeString(server.key, "no key at all");
    assertThatThrownBy(() -> SshShell.connect(server.target()))
        .isInstanceOf(SiteNotAuthorisedException.class);
  }

  @Test
  void a_host_that_is_down_is_unavailable() throws Exception {
    SshTarget target = server.target();
    server.close();
    assertThatThrownBy(() -> SshShell.connect(target)).isInstanceOf(SiteUnavailableException.class);
  }

  @Test
  void a_lost_session_is_noticed_without_asking() throws Exception {
    server.close();
    await().atMost(Duration.ofSeconds(10)).until(() -> !shell.isOpen());
    assertThatThrownBy(() -> shell.run(bash("true"))).isInstanceOf(SiteUnavailableException.class);
  }

  @Test
  void the_providers_of_this_virtual_machine_stay_as_they_are() {
    assertThat(Security.getProvider("BC") == null).isTrue();
  }

  @Test
  void the_shared_client_ends_with_the_last_shell() throws Exception {
    SshShell second = SshShell.connect(server.target());
    shell.close();
    assertThat(second.run(bash("echo still")).text()).isEqualTo("still\n");
    second.close();
    second.close();
    try (SshShell third = SshShell.connect(server.target())) {
      assertThat(third.isOpen()).isTrue();
    }
  }
}
