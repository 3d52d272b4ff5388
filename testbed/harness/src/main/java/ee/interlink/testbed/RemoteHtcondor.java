package ee.interlink.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The same HTCondor, but from a host that has nothing in common with its pool but the network: the
 * commands run outside the testbed, with a token, and the jobs see none of their files.
 */
final class RemoteHtcondor extends Htcondor {
  private static final String EXECUTE = "/var/lib/condor/execute";
  private static final String SPOOL = "/var/spool/condor";

  RemoteHtcondor(Testbed testbed) {
    super(testbed);
  }

  @Override
  public Map<String, String> way(String account) {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      String client = testbed.setting("TESTBED_CONDOR_CLIENT");
      return Map.of(
          "schedd", testbed.setting("TESTBED_CONDOR_SCHEDD"),
          "collector", testbed.setting("TESTBED_CONDOR_COLLECTOR"),
          "token-directory", client + "/tokens",
          "commands", client + "/bin",
          "directory", Files.createTempDirectory(target, "remote-").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the scratch directory of the running job. */
  @Override
  public Optional<Path> job(Path backend, String uid) {
    try (Stream<Path> scratch = Files.list(testbed.outside(EXECUTE))) {
      return scratch.map(each -> each.resolve(uid)).filter(Files::isDirectory).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<Path> places(Path backend, String uid) {
    List<Path> places = new ArrayList<>(List.of(testbed.outside(EXECUTE), testbed.outside(SPOOL)));
    places.add(backend.resolve(Testbed.USER).resolve(uid));
    return places;
  }
}
