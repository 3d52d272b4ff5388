package ee.interlink.site;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Commands over one SSH session that stays open: each is a channel of it, so a command costs a
 * round trip or two and no new login.
 */
public final class SshShell implements SiteShell {
  private static final Duration CHANNEL_LIMIT = Duration.ofSeconds(10);
  private static final int BY_SIGNAL = 128;

  private final SharedSshClient client;
  private final ClientSession session;
  private final SshTarget target;

  private SshShell(SharedSshClient client, ClientSession session, SshTarget target) {
    this.client = client;
    this.session = session;
    this.target = target;
  }

  /**
   * @throws SiteUnavailableException if the host cannot be reached, or does not answer in time
   * @throws SiteNotAuthorisedException if it does not accept the key, or shows another than its own
   */
  public static SshShell connect(SshTarget target) throws SiteException {
    SharedSshClient client = SharedSshClient.acquire();
    boolean connected = false;
    try {
      SshShell shell = new SshShell(client, SshLogin.open(client, target), target);
      connected = true;
      return shell;
    } finally {
      if (!connected) {
        client.close();
      }
    }
  }

  @Override
  public CommandResult run(Command command) throws SiteException, InterruptedException {
    Answer answer = new Answer(command);
    CountDownLatch ended = new CountDownLatch(1);
    long deadline = System.nanoTime() + command.limit().toNanos();
    try (ChannelExec channel = channel(command)) {
      CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(channel, command.limit());
      channel.setOut(answer.output);
      channel.setErr(answer.errors);
      channel.addCloseFutureListener(closed -> ended.countDown());
      channel.open().verify(CHANNEL_LIMIT);
      feed(command.input(), channel);
      if (!ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw answer.timeout();
      }
      return answer.result(status(channel));
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      if (System.nanoTime() >= deadline) {
        throw answer.timeout();
      }
      throw new SiteUnavailableException(target + " was lost: " + e.getMessage(), e);
    }
  }

  private ChannelExec channel(Command command) throws IOException {
    try {
      return session.createExecChannel(ShellQuote.line(limited(command)));
    } catch (IllegalStateException e) {
      throw new IOException("its session is closed", e);
    }
  }

  /**
   * The remote end has a time limit of its own, a little longer than ours: sshd does not end a
   * command whose channel is gone.
   */
  private static List<String> limited(Command command) {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("timeout", "-k", "1", String.valueOf(command.limit().toSeconds() + 1)));
    argv.addAll(command.argv());
    return argv;
  }

  private static void feed(Input input, ChannelExec channel) throws IOException {
    try (OutputStream out = channel.getInvertedIn()) {
      input.writeTo(out);
    } catch (IOException e) {
      if (!channel.isClosing() && channel.getExitStatus() == null) {
        throw e;
      }
      // It ended without reading all; its exit status says why.
    }
  }

  private int status(ChannelExec channel) throws SiteUnavailableException {
    Integer status = channel.getExitStatus();
    if (status != null) {
      return status;
    }
    if (channel.getExitSignal() != null) {
      return BY_SIGNAL;
    }
    throw new SiteUnavailableException(target + " was lost before the command ended");
  }

  private static InterruptedException interrupted(IOException cause) {
    InterruptedException interrupted = new InterruptedException("interrupted at the site");
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public boolean isOpen() {
    return session.isAuthenticated() && session.isOpen();
  }

  @Override
  public void close() {
    session.close(true);
    client.close();
  }
}
