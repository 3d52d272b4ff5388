package ee.interlink.slurm;

import ee.interlink.site.Command;
import ee.interlink.site.CommandResult;
import ee.interlink.site.Input;
import ee.interlink.site.SiteException;
import ee.interlink.site.SiteShell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** A shell whose commands read the beginning of their input and then its end: its sender died. */
final class CutShell implements SiteShell {
  private final SiteShell shell;
  private final int kept;
  private int whole;

  /**
   * @param kept bytes that commands get to read
   */
  CutShell(SiteShell shell, int kept) {
    this.shell = shell;
    this.kept = kept;
  }

  /** Bytes of the longest input that there was. */
  int whole() {
    return whole;
  }

  @Override
  public CommandResult run(Command command) throws SiteException, InterruptedException {
    byte[] input = bytes(command.input());
    whole = Math.max(whole, input.length);
    byte[] cut = Arrays.copyOf(input, Math.min(kept, input.length));
    return shell.run(
        new Command(command.argv(), Input.of(cut), command.limit(), command.outputLimit()));
  }

  private static byte[] bytes(Input input) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      input.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public boolean isOpen() {
    return shell.isOpen();
  }

  @Override
  public void close() {
    shell.close();
  }
}
