package ee.interlink.site.jobs;

import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import ee.interlink.site.SiteException;
import ee.interlink.site.SiteNotAuthorisedException;
import ee.interlink.site.SiteShell;
import java.util.ArrayList;
import java.util.List;

/** Runs our texts at the site: each {@link #ask} is one remote command. */
final class Site implements AutoCloseable {
  static final int SHORT_ANSWER = 64 * 1024;

  private final SiteShell shell;
  private final SiteSettings settings;
  private final SiteScheduler scheduler;
  private final String path;

  Site(SiteShell shell, SiteSettings settings, SiteScheduler scheduler) {
    this.shell = shell;
    this.settings = settings;
    this.scheduler = scheduler;
    this.path = settings.commands().map(folders -> "PATH=" + folders + ":$PATH\n").orElse("");
  }

  CommandResult ask(Script script, List<String> arguments) throws BatchException {
    return ask(script, arguments, Input.NONE, SHORT_ANSWER);
  }

  /** The first argument of every text is the backend's directory; it is added here. */
  CommandResult ask(Script script, List<String> arguments, Input input, int outputLimit)
      throws BatchException {
    List<String> argv = new ArrayList<>();
    argv.addAll(List.of("bash", "-c", path + script.text(scheduler), "interlink"));
    argv.add(settings.directory());
    argv.addAll(arguments);
    try {
      return shell.run(new Command(argv, input, settings.commandTimeout(), outputLimit));
    } catch (SiteException e) {
      throw explained(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendUnavailableException("interrupted while asking " + scheduler.name(), e);
    }
  }

  static BatchException explained(SiteException e) {
    return e instanceof SiteNotAuthorisedException
        ? new NotAuthorisedException(e.getMessage(), e)
        : new BackendUnavailableException(e.getMessage(), e);
  }

  /** For an exit status that only says that it did not work: the words of the tools tell more. */
  static BackendUnavailableException failed(CommandResult result, SiteScheduler scheduler) {
    return failed(result.status(), result.errors(), scheduler);
  }

  static BackendUnavailableException failed(int status, String errors, SiteScheduler scheduler) {
    String words = Words.last(errors, scheduler::ownError);
    return new BackendUnavailableException(
        switch (status) {
          case Exits.BUSY -> "an earlier submission of this pod is still under way";
          case Exits.NO_FOLDER -> "the job's folder cannot be used: " + words;
          case Exits.NO_ANSWER -> scheduler.name() + " does not answer: " + words;
          default -> "the site answered with status " + status + ": " + words;
        });
  }

  boolean isOpen() {
    return shell.isOpen();
  }

  @Override
  public void close() {
    shell.close();
  }
}
