package ee.interlink.local;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import ee.interlink.runner.ContainerRuntime;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Jobs are processes of this machine, under the server's own account whatever the one named. */
public final class LocalDriver implements BatchDriver {
  @Override
  public String name() {
    return "local";
  }

  @Override
  public void check(BackendSettings backend) throws InvalidSettingException {
    LocalSettings.of(backend);
  }

  @Override
  public void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {
    checked(backend).check(request);
  }

  @Override
  public DriverConnection connect(BackendSettings backend, AccountName account)
      throws BatchException {
    LocalSettings settings = checked(backend);
    Clock clock = Clock.systemUTC();
    try {
      return new LocalConnection(
          LocalFolder.open(settings.directory(), clock.instant()),
          settings.containerRuntime(),
          settings.runner(),
          clock);
    } catch (IOException e) {
      throw new BackendUnavailableException(
          backend.key("directory") + ": cannot use " + settings.directory(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendUnavailableException("interrupted", e);
    }
  }

  /**
   * One sentence for people if this backend runs containers as plain processes, which they may not
   * expect; empty if it runs them as containers.
   *
   * @throws IllegalArgumentException if the settings have not passed {@link
   *     #check(BackendSettings)}
   */
  public static Optional<String> notice(BackendSettings backend) {
    return checked(backend).containerRuntime() instanceof ContainerRuntime.Processes
        ? Optional.of(
            "Backend "
                + backend.name()
                + " runs containers as plain processes of this machine: images are not used, for"
                + " there is no working Apptainer or it is switched off.")
        : Optional.empty();
  }

  private static LocalSettings checked(BackendSettings backend) {
    try {
      return LocalSettings.of(backend);
    } catch (InvalidSettingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
