package ee.interlink.launcher;

/** The program that {@code ./run} becomes. */
public final class Launcher {
  /** Ours, and not the pod's, as {@code docker run} has it. */
  static final int OWN_FAILURE = 125;

  private Launcher() {}

  public static void main(String[] args) {
    Options options = Options.parse(args);
    Console console = new Console(System.err, options.live());
    Interruption interruption = Interruption.of(Thread.currentThread());
    int code = run(options, console);
    interruption.over();
    System.exit(code);
  }

  private static int run(Options options, Console console) {
    try (SharedServer server = SharedServer.join(options, console)) {
      if (options.manifest().isEmpty()) {
        return new KeepUp(server, console).run();
      }
      return new PodRun(server, console, System.out)
          .run(options.manifest().get(), options.backend());
    } catch (InterruptedException e) {
      // The JVM already ends, with the signal's own exit code.
      return OWN_FAILURE;
    } catch (LaunchException e) {
      console.say(e.getMessage());
      return OWN_FAILURE;
    }
  }
}
