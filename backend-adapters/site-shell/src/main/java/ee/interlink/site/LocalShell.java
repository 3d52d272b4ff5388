package ee.interlink.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Commands on this host, as the account that this process runs as. They see a minimal environment:
 * what this process knows by its own is no business of theirs.
 */
public final class LocalShell implements SiteShell {
  private final Map<String, String> environment;
  private final ExecutorService pumps =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "interlink-command");
            thread.setDaemon(true);
            return thread;
          });

  public LocalShell() {
    this(CleanEnvironment.ofThisProcess());
  }

  /**
   * @param environment all that commands will find in theirs
   */
  public LocalShell(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public CommandResult run(Command command) throws SiteException, InterruptedException {
    Answer answer = new Answer(command);
    Process process = start(command);
    try {
      Future<?> writing = pumps.submit(() -> feed(command.input(), process.getOutputStream()));
      Future<?> errors = pumps.submit(() -> copy(process.getErrorStream(), answer.errors));
      Future<?> output = pumps.submit(() -> copy(process.getInputStream(), answer.output));
      long deadline = System.nanoTime() + command.limit().toNanos();
      await(output, deadline, answer);
      await(errors, deadline, answer);
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw answer.timeout();
      }
      await(writing, deadline, answer);
      return answer.result(process.exitValue());
    } finally {
      end(process);
    }
  }

  private Process start(Command command) throws SiteUnavailableException {
    ProcessBuilder builder = new ProcessBuilder(command.argv());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new SiteUnavailableException(command.program() + " cannot be started here", e);
    }
  }

  private static Void feed(Input input, OutputStream out) {
    try (out) {
      input.writeTo(out);
    } catch (IOException e) {
      return null; // it stopped reading; its exit status says why
    }
    return null;
  }

  private static Void copy(InputStream from, BoundedBytes to) {
    try (from) {
      from.transferTo(to);
    } catch (IOException e) {
      return null; // closed when the process was ended
    }
    return null;
  }

  private static void await(Future<?> pump, long deadline, Answer answer)
      throws SiteException, InterruptedException {
    try {
      pump.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw answer.timeout();
    } catch (ExecutionException e) {
      throw new SiteUnavailableException("the command's input could not be made", e.getCause());
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public boolean isOpen() {
    return !pumps.isShutdown();
  }

  @Override
  public void close() {
    pumps.shutdownNow();
  }
}
