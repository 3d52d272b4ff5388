package ee.interlink.site;

/** Collects what a command says, the same way for every kind of shell. */
final class Answer {
  private static final int ERRORS_KEPT = 16 * 1024;

  final BoundedBytes output;
  final BoundedBytes errors = new BoundedBytes(ERRORS_KEPT);
  private final Command command;

  Answer(Command command) {
    this.command = command;
    this.output = new BoundedBytes(command.outputLimit());
  }

  CommandResult result(int status) throws OutputTooLongException {
    if (output.overflowed()) {
      throw new OutputTooLongException(
          command.program() + " said more than " + command.outputLimit() + " bytes");
    }
    return new CommandResult(status, output.bytes(), errors.text());
  }

  CommandTimeoutException timeout() {
    return new CommandTimeoutException(
        command.program() + " did not end within " + command.limit().toMillis() + " ms");
  }
}
